/** Any text → a file name that Windows, macOS and Linux take, and that the corpus folder takes for a source. */
import { describesCorpus } from '../corpus-folder.js';

/** 255 bytes of UTF-8 is the limit of common file systems; what may be added: a date, a number, an extension, .meta.json. */
const MOST_BYTES = 180;
/** Characters that a system forbids, and those that cannot be seen or turn the text around. */
const FORBIDDEN = /[<>:"/\\|?*\p{C}\p{Zl}\p{Zp}]+/gu;
/** Names of devices, with any extension: Windows, "Naming Files, Paths, and Namespaces". */
const DEVICES = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?=\.|$)/i;
/** What a name ends with that says what the file is, or what program of the server made it. */
const EXTENSION = /\.(?:s?html?|xhtml|txt|text|pdf|docx?|wps|ofd|rtf|zip|jsp|jspx|aspx?|php|do|action)$/i;

/** `extension`: without dot, by what the bytes are. Takes the first of the texts from which something is left. */
export function fileName(texts: readonly (string | null)[], extension: string): string {
  const base =
    texts.map((text) => (text === null ? '' : baseName(text))).find((name) => name !== '') ?? '网页';
  const name = `${base}.${extension}`;
  return describesCorpus(name) ? `_${name}` : name;
}

/** Without extension; empty when nothing is left. */
function baseName(text: string): string {
  const plain = text.normalize('NFC').replace(/\s+/gu, ' ').trim().replace(EXTENSION, '');
  // A dot or ~$ at the start hides a file; a dot or space at the end is lost on Windows.
  const trim = (name: string): string => name.replace(/^[\s.~$-]+|[\s.-]+$/gu, '');
  const base = trim(cut(trim(plain.replace(FORBIDDEN, '-'))));
  return DEVICES.test(base) ? `_${base}` : base;
}

/** Never inside a character as a person sees it. */
function cut(text: string): string {
  let bytes = 0;
  let end = 0;
  for (const { segment } of new Intl.Segmenter('zh').segment(text)) {
    bytes += Buffer.byteLength(segment);
    if (bytes > MOST_BYTES) return text.slice(0, end);
    end += segment.length;
  }
  return text;
}

/** A name that is free: NAME.html, else NAME-2.html … `mark`: stands behind the base (a date), or is empty. */
export function* candidates(name: string, mark: string): Generator<string> {
  const dot = name.lastIndexOf('.');
  const base = name.slice(0, dot) + (mark === '' ? '' : `-${mark}`);
  const extension = name.slice(dot);
  yield base + extension;
  for (let n = 2; ; n++) yield `${base}-${n}${extension}`;
}

/** Two names that some system takes for the same: macOS and Windows do not tell case. */
export function sameNameKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}
