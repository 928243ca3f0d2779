import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PackedMap } from '../../src/model/packed-map.js';
import { toSourcePieces, type SourceMap } from '../../src/model/source-map.js';

const gap = fc.integer({ min: 0, max: 3 });
const length = fc.integer({ min: 1, max: 5 });
/** Segments with and without gaps between them, some of a length of their own in the source. */
const maps = fc
  .array(fc.tuple(gap, gap, length, fc.option(length, { nil: undefined })), { maxLength: 12 })
  .map((parts): SourceMap => {
    let clean = 0;
    let source = 0;
    return parts.map(([before, skipped, length, sourceLength]) => {
      clean += before;
      source += skipped;
      const segment = { clean, source, length, ...(sourceLength !== undefined && { sourceLength }) };
      clean += length;
      source += sourceLength ?? length;
      return segment;
    });
  });

describe('PackedMap', () => {
  it('has of a map what a span needs, and no more', () => {
    fc.assert(
      fc.property(maps, fc.nat(60), fc.integer({ min: 1, max: 30 }), (map, start, size) => {
        const span = { start, end: start + size };
        const around = new PackedMap(map).around(span);
        expect(around).toEqual(
          map.filter(({ clean, length }) => clean < span.end && clean + length > span.start),
        );
        expect(toSourcePieces(around, span)).toEqual(toSourcePieces(map, span));
      }),
    );
  });
});
