/** Any file → blocks of text with their way back to the decoded source. Picks the reader by the name of the file. */
import { decode, type Decoded } from './decode.js';
import { ExtractError } from './extract-error.js';
import type { Extracted } from './extracted.js';
import { dropBoilerplate } from './boilerplate/boilerplate.js';
import { readHtml } from './html/html.js';
import { readText } from './txt.js';

type Reader = (bytes: Uint8Array) => Extracted;

/** One entry per format: the readers of docx and pdf come here. */
const READERS: Readonly<Record<string, Reader>> = {
  txt: extractText,
  text: extractText,
  html: extractHtml,
  htm: extractHtml,
  shtml: extractHtml,
  xhtml: extractHtml,
};

/** Throws ExtractError for a file that cannot be read. */
export function extract(bytes: Uint8Array, path: string): Extracted {
  const extension = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  const reader = Object.hasOwn(READERS, extension) ? READERS[extension] : undefined;
  if (reader === undefined) {
    const formats = Object.keys(READERS).map((name) => `.${name}`);
    throw new ExtractError(
      'format-unsupported',
      `不支持“${extension === '' ? path : `.${extension}`}”这种格式，目前可读：${formats.join('、')}。`,
    );
  }
  if (bytes.length === 0) throw new ExtractError('file-empty', '文件是空的：没有任何内容。');
  return reader(bytes);
}

function extractText(bytes: Uint8Array): Extracted {
  const decoded = decode(bytes);
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

function extractHtml(bytes: Uint8Array): Extracted {
  return asPage(decode(bytes));
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

/** A page that was saved as .txt: told by what only a page opens with. */
function isHtml(text: string): boolean {
  return /^\s*(?:<!--[^>]{0,400}-->\s*|<\?xml[^>]{0,200}>\s*){0,3}<(?:!doctype\s+html|html[\s>]|head[\s>])/i.test(
    text.slice(0, 2000),
  );
}
