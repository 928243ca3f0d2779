import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDecimals } from '../../src/store/embedded/decimals.js';

test('numbers joined by commas are read back', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2 ** 32 - 1 })), (values) => {
      expect([...readDecimals(Buffer.from(values.join(',')))]).toEqual(values);
    }),
  );
});
