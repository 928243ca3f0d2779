/** Bytes → text. The byte order mark is no part of the text: offset 0 is the first character after it. */
import { ExtractError } from './extract-error.js';

export interface Decoded {
  readonly text: string;
  readonly encoding: string;
}

/** One way to read bytes; null when they are not in this encoding. Tried in order, so another encoding is one more entry. */
type Decoder = (bytes: Uint8Array) => Decoded | null;

const DECODERS: readonly Decoder[] = [strict('utf-8')];

/** Decodes strictly: a byte that does not fit is an error, never a replacement character. */
export function decode(bytes: Uint8Array): Decoded {
  for (const decoder of DECODERS) {
    const decoded = decoder(bytes);
    if (decoded === null) continue;
    if (decoded.text.trim() === '') throw new ExtractError('file-empty', '文件是空的：没有可读的文字。');
    if (decoded.text.includes('\u0000')) {
      throw new ExtractError('file-not-text', '文件含有空字符，看来不是文本文件。');
    }
    return decoded;
  }
  throw new ExtractError('file-not-utf8', '文件不是 UTF-8 编码的文本，请另存为 UTF-8 后再试。');
}

function strict(encoding: string): Decoder {
  return (bytes) => {
    try {
      return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes), encoding };
    } catch {
      return null;
    }
  };
}
