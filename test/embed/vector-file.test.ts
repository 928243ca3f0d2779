import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readVectorFile, writeVectorFile } from '../../src/embed/vector-file.js';
import { temporaryFolder } from './temporary-folder.js';

const DIMENSION = 24;

const unit = (values: readonly number[]): Float32Array => {
  const norm = Math.hypot(...values) || 1;
  return Float32Array.from(values, (value) => value / norm);
};

it('gives the vectors back to a part in a hundred, and none for another text', async () => {
  const path = join(await temporaryFolder(), 'some.vectors');
  const vectors = fc.array(
    fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: DIMENSION, maxLength: DIMENSION }),
    { minLength: 1, maxLength: 5 },
  );
  fc.assert(
    fc.property(vectors, (rows) => {
      const written = rows.map(unit);
      const texts = rows.map((_, i) => `第${i}句`);
      writeVectorFile(path, 'model', texts, written);
      const file = readVectorFile(path)!;
      expect([file.model, file.dimension]).toEqual(['model', DIMENSION]);
      texts.forEach((text, i) => {
        const { components, unit } = file.vector(text)!;
        written[i]!.forEach((value, j) => expect(components[j]! * unit).toBeCloseTo(value, 2));
      });
      // In whatever order they are asked for.
      for (const text of [...texts, texts[0]!, ...texts.toReversed()])
        expect(file.vector(text)).toEqual(readVectorFile(path)!.vector(text));
      expect(file.vector('别的')).toBeNull();
    }),
    { numRuns: 30 },
  );
});

it('is taken for missing when any byte of it was changed or cut', async () => {
  const path = join(await temporaryFolder(), 'some.vectors');
  writeVectorFile(path, 'model', ['一', '二'], [unit([1, 2, 3]), unit([3, -2, 1])]);
  const whole = readFileSync(path);
  const digest = whole.indexOf('"crc32"');
  for (let at = 0; at < whole.length; at++) {
    const changed = Buffer.from(whole);
    changed[at]! ^= 1;
    writeFileSync(path, changed);
    // A changed name of the model is another model, never a wrong vector.
    const file = readVectorFile(path);
    if (at >= digest) expect(file, `byte ${at}`).toBeNull();
    else if (file !== null) expect(file.model).not.toBe('model');
  }
  writeFileSync(path, whole.subarray(0, -1));
  expect(readVectorFile(path)).toBeNull();
  expect(readVectorFile(join(path, '..', 'nowhere'))).toBeNull();
});
