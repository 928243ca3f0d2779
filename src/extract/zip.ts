/** Opens a zip archive in memory: entries by name, each inflated only when asked for and only within limits. */
import { crc32, inflateRawSync } from 'node:zlib';
import { ExtractError } from './extract-error.js';

export interface Zip {
  /** Names with forward slashes, as the archive lists them. */
  readonly names: readonly string[];
  /** Bytes of an entry, matched without regard to case; null when there is none. Throws ExtractError. */
  read(name: string): Uint8Array | null;
}

interface Entry {
  readonly method: number;
  readonly flags: number;
  readonly packed: number;
  readonly size: number;
  readonly crc: number;
  readonly at: number;
}

const MEBIBYTE = 1024 * 1024;
const MOST_ENTRIES = 20_000;
const LARGEST_ENTRY = 64 * MEBIBYTE;
const MOST_INFLATED = 160 * MEBIBYTE;
/** XML of a long table shrinks to a fiftieth; deflate cannot do better than a thousandth, and only a bomb comes near. */
const STEEPEST_RATIO = 300;
const SMALL = MEBIBYTE;

const END = 0x06054b50;
const DIRECTORY = 0x02014b50;
const LOCAL = 0x04034b50;
const LONGEST_COMMENT = 65_535;

/** APPNOTE 4.3: the directory at the end says what is in the archive. Throws ExtractError archive-broken, archive-too-large. */
export function openZip(bytes: Uint8Array): Zip {
  const entries = readDirectory(bytes);
  let inflated = 0;
  return {
    names: [...entries.values()].map(({ name }) => name),
    read(name) {
      const entry = entries.get(keyOf(name));
      if (entry === undefined) return null;
      inflated += entry.size;
      if (inflated > MOST_INFLATED) throw tooLarge();
      return inflate(bytes, entry);
    },
  };
}

function readDirectory(bytes: Uint8Array): Map<string, Entry & { readonly name: string }> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  if (count > MOST_ENTRIES) throw tooLarge();
  const entries = new Map<string, Entry & { readonly name: string }>();
  let at = view.getUint32(end + 16, true);
  for (let i = 0; i < count; i++) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== DIRECTORY) throw broken();
    const nameLength = view.getUint16(at + 28, true);
    const nameEnd = at + 46 + nameLength;
    if (nameEnd > bytes.length) throw broken();
    const name = new TextDecoder().decode(bytes.subarray(at + 46, nameEnd)).replaceAll('\\', '/');
    // The first of two entries with one name is the one that offices open.
    if (!entries.has(keyOf(name)))
      entries.set(keyOf(name), {
        name,
        flags: view.getUint16(at + 8, true),
        method: view.getUint16(at + 10, true),
        crc: view.getUint32(at + 16, true),
        packed: view.getUint32(at + 20, true),
        size: view.getUint32(at + 24, true),
        at: view.getUint32(at + 42, true),
      });
    at = nameEnd + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  return entries;
}

function findEnd(view: DataView): number {
  const lowest = Math.max(0, view.byteLength - 22 - LONGEST_COMMENT);
  for (let at = view.byteLength - 22; at >= lowest; at--) if (view.getUint32(at, true) === END) return at;
  throw broken();
}

function inflate(bytes: Uint8Array, entry: Entry): Uint8Array {
  const { method, flags, packed, size, at } = entry;
  if ((flags & 1) !== 0) throw encryptedArchive();
  if (size > LARGEST_ENTRY || (size > SMALL && size > packed * STEEPEST_RATIO)) throw tooLarge();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (at + 30 > bytes.length || view.getUint32(at, true) !== LOCAL) throw broken();
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
  const data = bytes.subarray(start, start + packed);
  if (data.length < packed || (method !== 0 && method !== 8)) throw broken();
  const out = method === 0 ? data : inflateTo(data, size);
  // Bytes that were lost on the way could be words of the text.
  if (out.length !== size || crc32(out) !== entry.crc) throw broken();
  return out;
}

/** No more than is stated comes out: an entry that holds more is broken, whatever it would grow to. */
function inflateTo(data: Uint8Array, size: number): Uint8Array {
  try {
    return inflateRawSync(data, { maxOutputLength: Math.max(size, 1) });
  } catch {
    throw broken();
  }
}

function keyOf(name: string): string {
  return name.replace(/^\.?\/+/, '').toLowerCase();
}

function broken(): ExtractError {
  return new ExtractError('archive-broken', '文件已损坏或下载不完整：压缩结构读不出来，请重新获取原文件。');
}

function tooLarge(): ExtractError {
  return new ExtractError(
    'archive-too-large',
    '文件解压后大得不正常（可能是压缩炸弹），为安全起见没有读取。请用 Word 或 WPS 打开后另存再试。',
  );
}

function encryptedArchive(): ExtractError {
  return new ExtractError('file-encrypted', '文件设有密码，无法读取。请去掉密码后另存再试。');
}
