/** What a cross-encoder reads of a clause: all of it, in pieces that fit. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { piecesOf } from '../../src/search/pieces.js';

const room = (most: number) => ({ most, measure: (text: string) => Array.from(text).length });

describe('piecesOf', () => {
  it('puts a clause that fits under its headings, whole', () => {
    expect(piecesOf(['一、任务', '（一）教师'], ['推进轮岗。', '每年10%。'], room(40))).toEqual([
      '一、任务 （一）教师\n推进轮岗。每年10%。',
    ]);
    expect(piecesOf([], ['推进轮岗。'], room(40))).toEqual(['推进轮岗。']);
  });

  it('cuts between sentences, each piece under the headings', () => {
    expect(piecesOf(['任务'], ['推进轮岗。', '每年10%。', '提高待遇。'], room(14))).toEqual([
      '任务\n推进轮岗。每年10%。',
      '任务\n提高待遇。',
    ]);
  });

  it('halves a sentence that does not fit alone', () => {
    expect(piecesOf([], ['推进教师轮岗交流。'], room(5))).toEqual(['推进教师', '轮岗交流。']);
  });

  it('keeps the deepest headings that leave half of the room', () => {
    expect(piecesOf(['很长很长的一级标题', '教师'], ['推进轮岗。'], room(12))).toEqual(['教师\n推进轮岗。']);
    expect(piecesOf(['很长很长的一级标题'], ['推进轮岗。'], room(12))).toEqual(['推进轮岗。']);
  });

  it('leaves nothing out and never goes over the room', () => {
    const heading = fc.integer({ min: 1, max: 30 }).map((length) => 'H'.repeat(length));
    const stretch = fc.string({ unit: fc.constantFrom('教', '师', '𠀀', '。'), minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(
        fc.array(heading),
        fc.array(stretch, { minLength: 1 }),
        fc.integer({ min: 8, max: 60 }),
        (headings, stretches, most) => {
          const pieces = piecesOf(headings, stretches, room(most));
          for (const piece of pieces) expect(Array.from(piece).length).toBeLessThanOrEqual(most);
          const bare = pieces.map((piece) => piece.replace(/^[H ]+\n/, ''));
          expect(bare.join('')).toBe(stretches.join(''));
        },
      ),
    );
  });
});
