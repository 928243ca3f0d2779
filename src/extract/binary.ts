/** Bytes that are no text at all, whatever their name says. */

/** First bytes of what is saved under a wrong name most often. */
const MAGIC: readonly (readonly [string, string])[] = [
  ['25504446', 'PDF 文件'],
  ['504b0304', 'ZIP 压缩文件（如 docx、ofd）'],
  ['d0cf11e0a1b11ae1', '旧版 Word 或 WPS 文件'],
  ['89504e47', '图片'],
  ['ffd8ff', '图片'],
  ['47494638', '图片'],
  ['52617221', 'RAR 压缩文件'],
  ['377abcaf', '7z 压缩文件'],
  ['1f8b', 'gzip 压缩文件'],
];

/** What the bytes look like, in Chinese, or null when nothing speaks against text. */
export function binaryKind(bytes: Uint8Array): string | null {
  const first = Buffer.from(bytes.subarray(0, 8)).toString('hex');
  return MAGIC.find(([magic]) => first.startsWith(magic))?.[1] ?? null;
}

/** One control character in a hundred: text has none but white space, at most a stray one from an old editor. */
export function hasControls(text: string): boolean {
  const controls = text.slice(0, 100_000).match(/[\u0000-\u0008\u000e-\u0019\u001c-\u001f]/g)?.length ?? 0;
  return text.includes('\u0000') || controls > Math.max(2, Math.min(text.length, 100_000) / 100);
}
