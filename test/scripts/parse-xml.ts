/** Reads XML with the parser of the program: throws unless it is well-formed. */
import { SaxesParser } from 'saxes';

/** Names of the elements, in order. */
export function parseXml(text: string): string[] {
  const names: string[] = [];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name }) => names.push(name));
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(text).close();
  return names;
}
