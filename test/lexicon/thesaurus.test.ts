import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createThesaurus, readThesaurus } from '../../src/lexicon/thesaurus.js';

const thesaurus = createThesaurus([
  { term: '延时班', official: ['课后服务'] },
  { term: '职教', official: ['职业教育'] },
  { term: '低保', official: ['最低生活保障'] },
  { term: '低保户', official: ['最低生活保障家庭', '最低生活保障对象'] },
  { term: 'KTV', official: ['娱乐场所'] },
]);

describe('thesaurus', () => {
  it('replaces a term by its nearest official one and says so', () => {
    expect(thesaurus.rewrite('延时班怎么收费')).toEqual({
      text: '课后服务怎么收费',
      used: [{ term: '延时班', official: ['课后服务'] }],
    });
  });

  it('takes the longest term', () => {
    expect(thesaurus.rewrite('低保户看病')?.text).toBe('最低生活保障家庭看病');
  });

  it('replaces whole words only', () => {
    expect(thesaurus.rewrite('兼任职教师可以吗')).toBeNull();
  });

  it('does not mind capitals and widths', () => {
    expect(thesaurus.rewrite('ｋｔｖ太吵')?.text).toBe('娱乐场所太吵');
  });

  it('leaves a query without its terms alone', () => {
    expect(thesaurus.rewrite('教师轮岗交流')).toBeNull();
  });

  it('keeps all that it does not replace', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 10 }), fc.string({ maxLength: 10 }), (before, after) => {
        const rewritten = thesaurus.rewrite(`${before}。延时班。${after}`)!.text;
        expect(rewritten).toContain('。课后服务。');
      }),
    );
  });

  it('is switched off line by line with #, or as a file', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tiaowen-lexicon-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, 'thesaurus.tsv');
    expect(readThesaurus(path)).toBeNull();
    writeFileSync(path, 'term\tofficial\tfield\tnote\n延时班\t课后服务\t教育\t\n#职教\t职业教育\t教育\t\n');
    const read = readThesaurus(path)!;
    expect(read.rewrite('延时班')?.text).toBe('课后服务');
    expect(read.rewrite('职教')).toBeNull();
  });
});
