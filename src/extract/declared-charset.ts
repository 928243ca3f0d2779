/** The charset that a page declares in itself (<meta charset>, <meta http-equiv>, <?xml encoding?>) or its server for it. Often wrong. */

/** Browsers look at the first 1024 bytes; government pages put long comments above. */
const HEAD = 4096;

/** WHATWG Encoding, 4.2: GB2312 and GBK are read as gb18030, which holds both. */
const LABELS: readonly (readonly [RegExp, string])[] = [
  [/^(?:gb[-_]?2312(?:-80)?|gb[-_]?18030|gbk|x-gbk|cp936|ms936|windows-936|chinese|hz-gb-2312)$/, 'gb18030'],
  [/^(?:big5(?:-hkscs)?|x-x-big5|cn-big5|csbig5)$/, 'big5'],
  [/^(?:utf-?8|unicode-1-1-utf-8)$/, 'utf-8'],
];

/** Our name of the declared encoding, or null: none declared, or none that is known here. */
export function declaredCharset(bytes: Uint8Array): string | null {
  const head = latin1(bytes.subarray(0, HEAD));
  const label =
    /<meta\s[^>]{0,300}?charset\s*=\s*["']?\s*([\w-]{3,20})/i.exec(head)?.[1] ??
    /^\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w-]{3,20})/i.exec(head)?.[1];
  return label === undefined ? null : knownCharset(label);
}

/** Our name of the encoding that a label means, or null for one that is not known here. */
export function knownCharset(label: string): string | null {
  return LABELS.find(([pattern]) => pattern.test(label.trim().toLowerCase()))?.[1] ?? null;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
