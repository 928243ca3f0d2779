/** Bytes → text. The byte order mark is no part of the text: offset 0 is the first character after it. */
import type { Diagnostic } from '../model/diagnostic.js';
import { binaryKind, hasControls } from './binary.js';
import { plausibility } from './common-characters.js';
import { declaredCharset, knownCharset } from './declared-charset.js';
import { ExtractError } from './extract-error.js';

export interface Decoded {
  readonly text: string;
  /** utf-8, gb18030, big5, utf-16le or utf-16be. */
  readonly encoding: string;
  readonly diagnostics: readonly Diagnostic[];
}

interface Candidate {
  readonly text: string;
  readonly encoding: string;
  readonly share: number;
  /** Places where bytes do not fit. */
  readonly damaged: number;
}

/** Below this share of everyday characters a reading is none. Chinese text has 0.8 and more, names alone some 0.4. */
const LEAST_SHARE = 0.25;
/** One unreadable character in so many is a damaged text (a page cut inside a character); more is no text. */
const DAMAGE = 500;

/**
 * Byte order mark, strict UTF-8, then whichever of gb18030, Big5 and UTF-16 gives Chinese. A declaration in the page decides only
 * between readings that are equally plausible: pages are re-saved and keep their old one. `label`: the charset that the server named, or
 * null; it goes before the page's own (HTML, 13.2.3.2) and decides no more than that.
 * Throws ExtractError file-empty, file-not-text, encoding-unknown.
 */
export function decode(bytes: Uint8Array, label: string | null = null): Decoded {
  const kind = binaryKind(bytes);
  if (kind !== null) throw new ExtractError('file-not-text', `文件内容不是文本，看来是${kind}。`);
  const marked = byMark(bytes);
  const declared =
    marked === null ? ((label === null ? null : knownCharset(label)) ?? declaredCharset(bytes)) : null;
  const found = marked ?? byContent(bytes, declared);
  if (found === null) {
    if (bytes.includes(0)) throw new ExtractError('file-not-text', '文件含有空字符，看来不是文本文件。');
    throw new ExtractError(
      'encoding-unknown',
      '认不出文件的编码：不是 UTF-8、GB18030、Big5 或 UTF-16 的中文文本，请另存为 UTF-8 后再试。',
    );
  }
  if (found.text.trim() === '') throw new ExtractError('file-empty', '文件是空的：没有可读的文字。');
  if (hasControls(found.text))
    throw new ExtractError('file-not-text', '文件含有空字符或控制字符，看来不是文本文件。');
  return { text: found.text, encoding: found.encoding, diagnostics: doubts(found, declared) };
}

function byMark(bytes: Uint8Array): Candidate | null {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return read(bytes, 'utf-8');
  if (a === 0xff && b === 0xfe) return read(bytes, 'utf-16le');
  if (a === 0xfe && b === 0xff) return read(bytes, 'utf-16be');
  return null;
}

function byContent(bytes: Uint8Array, declared: string | null): Candidate | null {
  const utf8 = read(bytes, 'utf-8', true);
  // A few bytes of GBK may happen to be UTF-8: then no Chinese comes out of a page that says it is GBK.
  if (utf8 !== null && !(declared === 'gb18030' && utf8.share === 0 && /[^\u0000-\u007f]/.test(utf8.text)))
    return utf8;
  const others = ['gb18030', 'big5', ...(bytes.length % 2 === 0 ? ['utf-16le', 'utf-16be'] : [])].flatMap(
    (encoding) => read(bytes, encoding, true) ?? [],
  );
  const best = mostPlausible(others, declared);
  if (best !== null) return best;
  if (utf8 !== null) return utf8;
  return mostPlausible(
    ['utf-8', 'gb18030', 'big5'].flatMap((encoding) => read(bytes, encoding) ?? []),
    declared,
  );
}

/** The order of the candidates decides ties: the same bytes always give the same text. */
function mostPlausible(candidates: readonly Candidate[], declared: string | null): Candidate | null {
  let best: Candidate | null = null;
  const weight = (one: Candidate): number => one.share + (one.encoding === declared ? 0.05 : 0);
  for (const one of candidates) {
    if (one.share < LEAST_SHARE || one.text.includes('\u0000')) continue;
    if (best === null || weight(one) > weight(best)) best = one;
  }
  return best;
}

/** One reading; null when it does not fit: with `strict` at a single byte, else where too much is damaged. */
function read(bytes: Uint8Array, encoding: string, strict = false): Candidate | null {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    return { text, encoding, share: plausibility(text).share, damaged: 0 };
  } catch {
    if (strict) return null;
  }
  const text = new TextDecoder(encoding).decode(bytes);
  const damaged = text.match(/\ufffd/g)?.length ?? 0;
  return damaged * DAMAGE > text.length ? null : { text, encoding, share: plausibility(text).share, damaged };
}

function doubts({ text, encoding, damaged }: Candidate, declared: string | null): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (declared !== null && declared !== encoding && /[^\u0000-\u007f]/.test(text))
    found.push({
      code: 'encoding-declared-wrong',
      severity: 'info',
      message: `页面或网站声明的编码是 ${declared}，实际是 ${encoding}，已按实际编码读取。`,
      span: null,
    });
  if (damaged > 0) {
    const at = text.indexOf('\ufffd');
    found.push({
      code: 'encoding-damaged',
      severity: 'warning',
      message: `有 ${damaged} 处字节不合 ${encoding} 编码，以“\ufffd”代替。`,
      span: { start: at, end: at + 1 },
    });
  }
  return found;
}
