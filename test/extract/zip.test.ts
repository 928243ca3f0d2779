/** Zip archives: what is read, and every way to ask for more than is good. */
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { ExtractError } from '../../src/extract/extract-error.js';
import { openZip } from '../../src/extract/zip.js';
import { rawZip } from './raw-zip.js';

const MEBIBYTE = 1024 * 1024;
const HELLO = Buffer.from('条文'.repeat(200));

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof ExtractError) return error.code;
    throw error;
  }
  return 'read';
};
const codeOfReading = (bytes: Uint8Array): string => codeOf(() => openZip(bytes).read('a'));

/** Deflates as steeply as an honest file may. */
function dense(size: number): Uint8Array {
  const content = Buffer.alloc(size);
  let state = 1;
  for (let i = 0; i < size / 256; i++) content[i] = state = (state * 16_807) % 2_147_483_647;
  return content;
}

describe('entries', () => {
  it('are found without regard to case, slashes and the order of the archive', () => {
    const zip = openZip(zipSync({ 'Doc_0\\Document.xml': HELLO, './B': [HELLO, { level: 0 }] }));
    expect(zip.names).toEqual(['Doc_0/Document.xml', './B']);
    for (const name of ['doc_0/document.xml', '/Doc_0/Document.xml', 'b'])
      expect(Buffer.from(zip.read(name)!)).toEqual(HELLO);
    expect(zip.read('c')).toBeNull();
  });

  it('of one name: the first counts', () => {
    const entries = [HELLO, Buffer.from('other')].map((content) => ({ name: 'a', content }));
    expect(Buffer.from(openZip(rawZip(entries)).read('a')!)).toEqual(HELLO);
  });

  it.each([
    ['read', {}],
    ['file-encrypted', { flags: 1 }],
    ['archive-broken', { method: 12 }],
    ['archive-broken', { packed: HELLO.length * 9 }],
    // The size that is stated is a lie.
    ['archive-broken', { size: 3 }],
    ['archive-broken', { size: HELLO.length + 1 }],
    ['archive-broken', { size: 0 }],
    ['archive-broken', { crc: 1 }],
  ])('%s when the directory says %j', (code, says) => {
    expect(codeOfReading(rawZip([{ name: 'a', content: HELLO, ...says }]))).toBe(code);
  });

  it('that are more or fewer than the directory says', () => {
    const entries = [{ name: 'a', content: HELLO }];
    expect(codeOfReading(rawZip(entries, 2))).toBe('archive-broken');
    expect(codeOfReading(rawZip(entries, 20_001))).toBe('archive-too-large');
    const many = Array.from({ length: 20_000 }, (_, i) => ({
      name: String(i),
      content: HELLO,
      sameAs: i === 0 ? undefined : 0,
    }));
    expect(openZip(rawZip(many)).names).toHaveLength(20_000);
  });

  it('cut short at any byte', () => {
    const whole = rawZip([{ name: 'a', content: HELLO }]);
    for (let length = 0; length < whole.length; length++)
      expect(codeOf(() => openZip(whole.subarray(0, length)))).toBe('archive-broken');
  });
});

describe('bombs', () => {
  it('an entry that grows more than three hundredfold', () => {
    const bomb = rawZip([{ name: 'a', content: Buffer.alloc(8 * MEBIBYTE) }]);
    expect(bomb.length).toBeLessThan((8 * MEBIBYTE) / 300);
    expect(codeOfReading(bomb)).toBe('archive-too-large');
    expect(codeOfReading(rawZip([{ name: 'a', content: dense(8 * MEBIBYTE) }]))).toBe('read');
  });

  it('is refused by its stated size before it is inflated, and cannot grow beyond a small one', () => {
    const content = Buffer.alloc(8 * MEBIBYTE);
    expect(codeOfReading(rawZip([{ name: 'a', content, size: 4_294_967_295 }]))).toBe('archive-too-large');
    expect(codeOfReading(rawZip([{ name: 'a', content, size: 1000 }]))).toBe('archive-broken');
  });

  it('an entry of more than 64 MiB', () => {
    const packed = 64 * MEBIBYTE;
    const says = { name: 'a', content: HELLO, packed };
    expect(codeOfReading(rawZip([{ ...says, size: 64 * MEBIBYTE + 1 }]))).toBe('archive-too-large');
    expect(codeOfReading(rawZip([{ ...says, size: 64 * MEBIBYTE }]))).toBe('archive-broken');
  });

  it('entries that share their bytes, more than 160 MiB together', () => {
    const content = dense(60 * MEBIBYTE);
    const names = ['a', 'b', 'c'];
    const zip = openZip(rawZip(names.map((name, i) => ({ name, content, sameAs: i === 0 ? undefined : 0 }))));
    expect(names.map((name) => codeOf(() => zip.read(name)))).toEqual(['read', 'read', 'archive-too-large']);
    // The same entry again and again is no way around.
    expect(codeOf(() => zip.read('a'))).toBe('archive-too-large');
  });
});
