/** Numbers as SQLite writes them in the tables of FTS5: seven bits a byte, the high ones first; the high bit says that more follow. */

/** All of a row of such numbers. Eight bytes are more than any count here. By index: to iterate over a Buffer takes seven times as long. */
export function readVarints(bytes: Buffer): number[] {
  const values: number[] = [];
  let value = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    value = value * 128 + (byte & 127);
    if (byte >= 128) continue;
    values.push(value);
    value = 0;
  }
  return values;
}
