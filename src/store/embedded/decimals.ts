/** Whole numbers as SQLite's group_concat() writes them, without a string for each. */

const COMMA = 0x2c;
const ZERO = 0x30;

/** Of "12,7,12"; none of nothing. Numbers are below 2³². By index: to iterate over a Buffer takes seven times as long. */
export function readDecimals(bytes: Buffer): Uint32Array {
  let count = bytes.length === 0 ? 0 : 1;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === COMMA) count++;
  const values = new Uint32Array(count);
  let value = 0;
  let last = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte === COMMA) {
      values[last++] = value;
      value = 0;
    } else value = value * 10 + (byte - ZERO);
  }
  if (count > 0) values[last] = value;
  return values;
}
