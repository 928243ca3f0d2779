/** footnotes.xml and endnotes.xml: the texts of the notes. */
import { readXml } from '../xml.js';

/** The separator lines above the notes are notes as well, of a type of their own. */
export function readNotes(bytes: Uint8Array | null): string[] {
  const notes: string[] = [];
  if (bytes === null) return notes;
  let note = '';
  let inText = false;
  readXml(bytes, {
    open(name, { type }) {
      if (name === 'footnote' || name === 'endnote') {
        note = '';
        return type === undefined || type === 'normal';
      }
      inText = name === 't';
      return !/^(?:del|moveFrom|instrText|pPr|rPr)$/.test(name);
    },
    close(name) {
      inText = false;
      if (name === 'footnote' || name === 'endnote') notes.push(note);
      else if (name === 'p') note += ' ';
    },
    text(text) {
      if (inText) note += text;
    },
  });
  return notes;
}
