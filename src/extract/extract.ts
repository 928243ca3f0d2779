/** Any file → blocks of text with their way back to the decoded source. Picks the reader by the name of the file. */
import { decode, type Decoded } from './decode.js';
import { containerOf, readZip, refuse, refuseOle } from './container.js';
import { READABLE, type Readable } from '../model/formats.js';
import { ExtractError } from './extract-error.js';
import type { Extracted } from './extracted.js';
import { NO_HINTS, type Hints } from './hints.js';
import { dropBoilerplate } from './boilerplate/boilerplate.js';
import { readHtml } from './html/html.js';
import { extractPdf } from './pdf/pdf.js';
import { readText } from './txt.js';

type Reader = (bytes: Uint8Array, hints: Hints) => Extracted;
type AsyncReader = (bytes: Uint8Array) => Promise<Extracted>;

/** One entry per file name extension: how a file of that name is read when its bytes are text. */
const READERS: Readonly<Record<Exclude<Readable, 'pdf'>, Reader>> = {
  txt: extractText,
  text: extractText,
  html: extractHtml,
  htm: extractHtml,
  shtml: extractHtml,
  xhtml: extractHtml,
  docx: extractText,
  doc: extractText,
  wps: extractText,
  ofd: extractText,
};

/** Formats whose libraries answer later. */
const ASYNC_READERS: Readonly<Record<'pdf', AsyncReader>> = { pdf: extractPdf };

/** Throws ExtractError for a file that cannot be read. */
export async function extract(bytes: Uint8Array, path: string, hints: Hints = NO_HINTS): Promise<Extracted> {
  const extension = extensionOf(path);
  // Any name may stand over a PDF, and .pdf over any other format.
  const isKnown = isIn(READERS, extension) || isIn(ASYNC_READERS, extension);
  if (isKnown && containerOf(bytes) === 'pdf') return extractPdf(bytes);
  if (!isIn(ASYNC_READERS, extension)) return extractSync(bytes, path, hints);
  requireContent(bytes);
  return containerOf(bytes) === null ? ASYNC_READERS[extension](bytes) : extractSync(bytes, 'a.txt', hints);
}

/** extract() for the formats that are read without waiting. Throws ExtractError, `format-unsupported` for the others too. */
export function extractSync(bytes: Uint8Array, path: string, hints: Hints = NO_HINTS): Extracted {
  const extension = extensionOf(path);
  const reader = isIn(READERS, extension) ? READERS[extension] : undefined;
  if (reader === undefined) {
    const formats = READABLE.map((name) => `.${name}`);
    throw new ExtractError(
      'format-unsupported',
      `不支持“${extension === '' ? path : `.${extension}`}”这种格式，目前可读：${formats.join('、')}。`,
    );
  }
  requireContent(bytes);
  const container = containerOf(bytes);
  if (container === 'zip') return readZip(bytes);
  if (container === 'ole') throw refuseOle(bytes);
  if (container === 'rtf' || container === 'mhtml' || container === 'flat-xml') throw refuse(container);
  return reader(bytes, hints);
}

function isIn<T extends object>(readers: T, extension: string): extension is Extract<keyof T, string> {
  return Object.hasOwn(readers, extension);
}

function extensionOf(path: string): string {
  return /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
}

function requireContent(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new ExtractError('file-empty', '文件是空的：没有任何内容。');
}

function extractText(bytes: Uint8Array, { charset }: Hints): Extracted {
  const decoded = decode(bytes, charset);
  if (isHtml(decoded.text)) return asPage(decoded);
  const { text, encoding, diagnostics } = decoded;
  const { blocks, noise, fields } = dropBoilerplate(readText(text));
  return {
    mediaType: 'text/plain',
    encoding,
    url: null,
    source: text,
    blocks,
    fields,
    noise,
    diagnostics,
  };
}

function extractHtml(bytes: Uint8Array, { charset }: Hints): Extracted {
  return asPage(decode(bytes, charset));
}

function asPage({ text, encoding, diagnostics }: Decoded): Extracted {
  const page = readHtml(text);
  return {
    ...page,
    mediaType: 'text/html',
    encoding,
    source: text,
    diagnostics: [...diagnostics, ...page.diagnostics],
  };
}

/** A page that was saved as .txt, or the body of one: told by what only a page opens with, or by its closed paragraphs. */
function isHtml(text: string): boolean {
  if ((text.slice(0, 20_000).match(/<\/p>/gi)?.length ?? 0) >= 3 && /<p[\s>]/i.test(text.slice(0, 2000)))
    return true;
  return /^\s*(?:<!--[^>]{0,400}-->\s*|<\?xml[^>]{0,200}>\s*){0,3}<(?:!doctype\s+html|html[\s>]|head[\s>])/i.test(
    text.slice(0, 2000),
  );
}
