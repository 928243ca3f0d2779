/** Why a file need not be sent: too large, or of a format that is not read. The server has the last word on all others. */
import { READABLE } from '../../model/formats.js';

/** How many bytes from the beginning of a file tell the old Word format. */
export const HEAD = 8;
const OLE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
const MEBIBYTE = 1024 * 1024;

/** In Chinese; null: to be sent. `head`: the first bytes. `maxBytes` null: not known. A name without an end says nothing of the format. */
export function refusalOf(
  { name, size }: { readonly name: string; readonly size: number },
  head: Uint8Array,
  maxBytes: number | null,
): string | null {
  const extension = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase();
  if (extension !== undefined && !(READABLE as readonly string[]).includes(extension))
    return `不支持“.${extension}”这种格式。可读：.docx、.pdf、.ofd、.html、.txt。`;
  if (size === 0) return '文件是空的：没有任何内容。';
  if (maxBytes !== null && size > maxBytes)
    return `文件有 ${inMebibytes(size)} MiB，超过 ${inMebibytes(maxBytes)} MiB 的上限。可直接放进语料目录，或在启动时用 --max-upload 调高上限。`;
  if (OLE.every((byte, i) => head[i] === byte))
    return '文件是旧版 Word（.doc）或 WPS（.wps）的二进制格式，不能直接读取。请用 Word 或 WPS 打开，另存为 .docx 再添加。';
  return null;
}

function inMebibytes(bytes: number): string {
  return (Math.ceil((bytes / MEBIBYTE) * 10) / 10).toString();
}
