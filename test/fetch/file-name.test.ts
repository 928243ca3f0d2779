/** Names of files: as stated by servers, and made safe for every system. */
import fc from 'fast-check';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listSources } from '../../src/corpus-folder.js';
import { candidates, fileName } from '../../src/fetch/file-name.js';
import { statedName } from '../../src/fetch/stated-name.js';
import { encodeAs } from '../extract/encoding/encode.js';

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
const utf8 = (text: string): string => latin1(Buffer.from(text));

describe('statedName', () => {
  it.each([
    [null, null],
    ['inline', null],
    ['attachment; filename=""', null],
    ['attachment; filename="plan.pdf"', 'plan.pdf'],
    ['attachment; filename=plan.pdf', 'plan.pdf'],
    ["attachment; filename*=UTF-8''%E6%96%B9%E6%A1%88.pdf", '方案.pdf'],
    ['attachment; filename="a.pdf"; filename*=utf-8\'\'%E6%96%B9%E6%A1%88.pdf', '方案.pdf'],
    ['attachment; filename="%E6%96%B9%E6%A1%88.pdf"', '方案.pdf'],
    [`attachment; filename="${utf8('方案.pdf')}"`, '方案.pdf'],
    [`attachment; filename=${utf8('方 案.pdf')}`, '方 案.pdf'],
    [`attachment; filename="${latin1(encodeAs('方案.pdf', 'gbk'))}"`, '方案.pdf'],
    [`attachment;filename=${latin1(encodeAs('方案.pdf', 'gbk'))}`, '方案.pdf'],
    ['filename=plan.pdf', 'plan.pdf'],
    ['attachment; filename="100%.pdf"', '100%.pdf'],
    ['attachment; filename="../../etc/passwd"', '../../etc/passwd'],
  ])('%s', (header, name) => {
    expect(statedName(header)).toBe(name);
  });
});

describe('fileName', () => {
  it.each([
    [['关于印发《方案》的通知'], 'html', '关于印发《方案》的通知.html'],
    [['方案.pdf'], 'pdf', '方案.pdf'],
    [['方案.doc'], 'docx', '方案.docx'],
    [['t20250301_12.shtml'], 'html', 't20250301_12.html'],
    [['../../etc/passwd'], 'txt', 'etc-passwd.txt'],
    [['C:\\x\\y.pdf'], 'pdf', 'C-x-y.pdf'],
    [['a<b>c:d"e|f?g*h\u0000i\u202ej'], 'txt', 'a-b-c-d-e-f-g-h-i-j.txt'],
    [[' . 方案 . '], 'txt', '方案.txt'],
    [['~$方案'], 'txt', '方案.txt'],
    [['CON'], 'txt', '_CON.txt'],
    [['com1.2025'], 'txt', '_com1.2025.txt'],
    [['README'], 'txt', '_README.txt'],
    [['方\u3000\n案'], 'txt', '方 案.txt'],
    [['', null, '...', '方案'], 'txt', '方案.txt'],
    [[], 'txt', '网页.txt'],
    [['条'.repeat(100)], 'html', `${'条'.repeat(60)}.html`],
  ])('%s', (texts, extension, name) => {
    expect(fileName(texts, extension)).toBe(name);
  });

  it('is taken by every system, and by the corpus folder', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tiaowen-name-'));
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({
        unit: fc.constantFrom('.', ' ', '~', '$', '-', '/', '条', 'é', '👨‍👩‍👧', '\u0301'),
        maxLength: 120,
      }),
      fc.constantFrom('readme', 'LICENSE', 'manifest.json', 'thumbs.db', 'aux', 'nul.txt', 'a.meta.json'),
    );
    await fc.assert(
      fc.asyncProperty(text, fc.constantFrom('html', 'pdf', 'txt'), async (given, extension) => {
        const name = fileName([given], extension);
        expect(name).not.toMatch(/[<>:"/\\|?*]|\p{C}|^[\s.]|[\s.]\.\w+$|[\s.]$/u);
        expect(name).not.toMatch(/^(?:con|prn|aux|nul|com\d|lpt\d)\./i);
        expect(name.endsWith(`.${extension}`)).toBe(true);
        expect(name).toBe(name.normalize('NFC'));
        const [, second] = candidates(name, '2025-03-01');
        expect(Buffer.byteLength(`${second!}.meta.json`)).toBeLessThanOrEqual(255);
        expect(fileName([name], extension)).toBe(name);
        await writeFile(join(folder, name), 'x', { flag: 'wx' });
        expect(await listSources(folder)).toEqual([name]);
        await rm(join(folder, name));
      }),
      { numRuns: 300 },
    );
    await rm(folder, { recursive: true });
  });
});

describe('candidates', () => {
  const first = (name: string, mark: string): string[] => {
    const names = candidates(name, mark);
    return Array.from({ length: 3 }, () => names.next().value as string);
  };

  it('are numbered, behind the date', () => {
    expect(first('方案.html', '')).toEqual(['方案.html', '方案-2.html', '方案-3.html']);
    expect(first('a.b.pdf', '2025-03-01')).toEqual([
      'a.b-2025-03-01.pdf',
      'a.b-2025-03-01-2.pdf',
      'a.b-2025-03-01-3.pdf',
    ]);
  });
});
