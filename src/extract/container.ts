/** What a file is by its first bytes, whatever its name says, and the reader of what is in a zip archive. */
import { findDocument, readDocx } from './docx/docx.js';
import { ExtractError } from './extract-error.js';
import type { Extracted } from './extracted.js';
import { isOfd, readOfd } from './ofd/ofd.js';
import { openZip, type Zip } from './zip.js';

export type Container = 'zip' | 'ole' | 'pdf' | 'rtf' | 'mhtml' | 'flat-xml';

/** null: text, or nothing known. */
export function containerOf(bytes: Uint8Array): Container | null {
  const head = Buffer.from(bytes.subarray(0, 1024)).toString('latin1');
  if (/^PK\x03\x04|^PK\x05\x06/.test(head)) return 'zip';
  if (head.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1')) return 'ole';
  if (/^(?:\xef\xbb\xbf)?\s*%PDF-\d/.test(head)) return 'pdf';
  if (/^(?:\xef\xbb\xbf)?\s*\{\\rtf/.test(head)) return 'rtf';
  if (/^(?:\xef\xbb\xbf)?\s*(?:From: <Saved|MIME-Version:|Content-Type: multipart\/related)/i.test(head))
    return 'mhtml';
  return /<(?:w:wordDocument|pkg:package)\b/.test(head) ? 'flat-xml' : null;
}

/** .docx and .ofd are zip archives, as are many others. Throws ExtractError. */
export function readZip(bytes: Uint8Array): Extracted {
  const zip = openZip(bytes);
  if (isOfd(zip)) return readOfd(zip);
  const main = findDocument(zip);
  if (main !== null) return readDocx(zip, main);
  throw new ExtractError('format-unsupported', `文件实为${kindOf(zip)}，不是 Word 或 OFD 文件。`);
}

function kindOf({ names }: Zip): string {
  const has = (pattern: RegExp): boolean => names.some((name) => pattern.test(name));
  if (has(/^xl\//i)) return ' Excel 工作簿，请把其中的文字另存为 .docx 或 .txt 再试';
  if (has(/^ppt\//i)) return ' PowerPoint 演示文稿，请把其中的文字另存为 .docx 或 .txt 再试';
  if (has(/^content\.xml$/i)) return ' OpenDocument 文件，请用 WPS 或 Word 另存为 .docx 再试';
  return ' ZIP 压缩包，请解压后把其中的文件逐个放入';
}

/** [MS-OFFCRYPTO] 2.3: an Office file with a password is an OLE file that holds this stream. */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');

/** The old binary formats: .doc, .wps, .xls. Their automatic numbers are not in their text, so a half reading would be a wrong one. */
export function refuseOle(bytes: Uint8Array): ExtractError {
  const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (whole.includes(ENCRYPTED))
    return new ExtractError('file-encrypted', '文件设有密码，无法读取。请去掉密码后另存再试。');
  return new ExtractError(
    'format-unsupported',
    '文件是旧版 Word（.doc）或 WPS（.wps）的二进制格式，暂不能直接读取。请用 Word 或 WPS 打开，另存为 .docx 再试。',
  );
}

/** Formats that are told by name and not read: with the way out. */
export function refuse(container: 'rtf' | 'mhtml' | 'flat-xml'): ExtractError {
  const name = { rtf: 'RTF 文件', mhtml: '单个文件网页（MHT）', 'flat-xml': 'Word XML 文件' }[container];
  return new ExtractError(
    'format-unsupported',
    `文件实为${name}，暂不能直接读取。请用 Word 或 WPS 打开，另存为 .docx 再试。`,
  );
}
