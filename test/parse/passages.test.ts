/** Sentences and windows of a clause. */
import { describe, expect, it } from 'vitest';
import type { Clause } from '../../src/model/clause.js';
import { passagesOf } from '../../src/parse/passages.js';

function clause(text: string, start = 0): Clause {
  return {
    id: 'd#par-1',
    documentId: 'd',
    ordinal: 0,
    kind: 'paragraph',
    label: '第1段',
    locator: '第1段',
    number: 1,
    title: null,
    headingPath: [],
    headingIds: [],
    span: { start, end: start + text.length },
    text,
    parts: [],
  };
}

const sentences = (text: string, max = 200): string[] =>
  passagesOf(clause(text), max)
    .filter((one) => one.kind === 'sentence')
    .map((one) => one.text);

describe('passagesOf', () => {
  it('closing quotes and brackets stay with their sentence', () => {
    expect(sentences('要做到“应入尽入。”严禁掐尖招生！落实责任（含民办学校）。完')).toEqual([
      '要做到“应入尽入。”',
      '严禁掐尖招生！',
      '落实责任（含民办学校）。',
      '完',
    ]);
  });

  it('a sentence end inside brackets does not end the sentence', () => {
    expect(sentences('加强督导（每年一次。结果公开。），并通报。其他按规定办理。')).toEqual([
      '加强督导（每年一次。结果公开。），并通报。',
      '其他按规定办理。',
    ]);
  });

  it('figures keep their points', () => {
    expect(sentences('覆盖率达到99.5%以上，执行2.0版标准。')).toEqual([
      '覆盖率达到99.5%以上，执行2.0版标准。',
    ]);
  });

  it('lines end sentences; a bare marker goes with what follows', () => {
    expect(sentences('第一条\n为规范管理，制定本办法。\n（一）甲类；\n（二）乙类。')).toEqual([
      '第一条\n为规范管理，制定本办法。',
      '（一）甲类；',
      '（二）乙类。',
    ]);
  });

  it('a window is a sentence with the one before it, when both fit', () => {
    const windows = passagesOf(
      clause('甲方负责实施。乙方负责监督。丙方负责宣传工作和其他事项。', 10),
      16,
    ).filter((one) => one.kind === 'window');
    expect(windows).toEqual([
      {
        clauseId: 'd#par-1',
        kind: 'window',
        span: { start: 10, end: 24 },
        text: '甲方负责实施。乙方负责监督。',
      },
    ]);
  });

  it('an over-long sentence is split at the best mark, then hard, and never inside a surrogate pair', () => {
    expect(sentences('一二三四五六；七八九十', 8)).toEqual(['一二三四五六；', '七八九十']);
    expect(sentences('一二三四五六七八九十', 4)).toEqual(['一二三四', '五六七八', '九十']);
    expect(sentences('一𠮷𠮷𠮷', 4)).toEqual(['一𠮷', '𠮷𠮷']);
  });

  it('refuses a limit that nothing can meet', () => {
    expect(() => passagesOf(clause('甲'), 1)).toThrow(RangeError);
  });
});
