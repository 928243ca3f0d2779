/** XML as a stream of elements: names without prefixes, no DTD entities, the first alternative of AlternateContent only. */
import { SaxesParser } from 'saxes';
import { ExtractError } from './extract-error.js';

export interface XmlHandler {
  /** False: the element is left out with all that is in it, and close() is not called. */
  open(name: string, attributes: Attributes): boolean;
  close?(name: string): void;
  text?(text: string): void;
}

/** Values by local name: w:val and val are one, as are the transitional and the strict name space. */
export type Attributes = Readonly<Record<string, string | undefined>>;

/** No document nests so deep; a hostile one would. */
const DEEPEST = 2_000;

const CHUNK = 65_536;

/** Throws ExtractError document-broken. */
export function readXml(bytes: Uint8Array, handler: XmlHandler): void {
  const parser = new SaxesParser<{ xmlns: false; position: false }>({ xmlns: false, position: false });
  let depth = 0;
  /** Depth of the element that is left out, 0 when none is. */
  let skipped = 0;
  /** For each open AlternateContent: whether its choice was taken. */
  const chosen: boolean[] = [];
  parser.on('error', () => {
    throw broken();
  });
  // Office packages must not hold a DTD and OFD has none: who writes one means its entities.
  parser.on('doctype', () => {
    throw broken();
  });
  parser.on('opentag', ({ name: qualified, attributes }) => {
    if (++depth > DEEPEST) throw broken();
    if (skipped > 0) return;
    const name = local(qualified);
    // ECMA-376 Part 3, 9.3: one alternative counts. Word writes a text box as both of them.
    if (name === 'AlternateContent') chosen.push(false);
    else if (name === 'Choice' || name === 'Fallback') {
      if (chosen.at(-1) === true) skipped = depth;
      else if (chosen.length > 0) chosen[chosen.length - 1] = true;
    } else if (!handler.open(name, withoutPrefixes(attributes))) skipped = depth;
  });
  parser.on('closetag', ({ name: qualified }) => {
    const wasSkipped = skipped > 0;
    if (skipped === depth) skipped = 0;
    depth--;
    if (wasSkipped) return;
    const name = local(qualified);
    if (name === 'AlternateContent') chosen.pop();
    else if (name !== 'Choice' && name !== 'Fallback') handler.close?.(name);
  });
  const onText = (text: string): void => {
    if (skipped === 0) handler.text?.(text);
  };
  parser.on('text', onText);
  parser.on('cdata', onText);
  const text = decodeXml(bytes);
  for (let at = 0; at < text.length; at += CHUNK) parser.write(text.slice(at, at + CHUNK));
  parser.close();
}

/** XML 1.0, 4.3.3: UTF-16 bears a mark; some producers of OFD write GBK and say so. */
function decodeXml(bytes: Uint8Array): string {
  const [a, b] = bytes;
  const declared = /^[^>]{0,100}encoding=["']([\w-]{2,20})["']/.exec(
    new TextDecoder('latin1').decode(bytes.subarray(0, 200)),
  )?.[1];
  const encoding = a === 0xff && b === 0xfe ? 'utf-16le' : a === 0xfe && b === 0xff ? 'utf-16be' : 'utf-8';
  const isGb = /^gb(?:2312|k|18030)$/i.test(declared ?? '');
  return new TextDecoder(isGb ? 'gb18030' : encoding).decode(bytes);
}

function local(qualified: string): string {
  return qualified.slice(qualified.indexOf(':') + 1);
}

function withoutPrefixes(attributes: Readonly<Record<string, string>>): Attributes {
  const plain = Object.create(null) as Record<string, string>;
  for (const [name, value] of Object.entries(attributes)) plain[local(name)] = value;
  return plain;
}

function broken(): ExtractError {
  return new ExtractError(
    'document-broken',
    '文件内部的 XML 已损坏，无法读取。请用能打开它的软件修复后另存再试。',
  );
}
