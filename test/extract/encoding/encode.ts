/** Text → bytes of encodings that Node only decodes: the table is read backwards out of TextDecoder. */

const tables = new Map<string, Map<string, readonly number[]>>();

function tableOf(encoding: 'gbk' | 'big5'): Map<string, readonly number[]> {
  let table = tables.get(encoding);
  if (table === undefined) {
    table = new Map();
    const decoder = new TextDecoder(encoding, { fatal: true });
    for (let lead = 0x81; lead <= 0xfe; lead++)
      for (let trail = 0x40; trail <= 0xfe; trail++) {
        try {
          const char = decoder.decode(new Uint8Array([lead, trail]));
          if (char.length === 1 && !table.has(char)) table.set(char, [lead, trail]);
        } catch {
          // No character at this place.
        }
      }
    tables.set(encoding, table);
  }
  return table;
}

/** Throws for a character that the encoding has not: then the test is wrong. */
export function encodeAs(text: string, encoding: 'gbk' | 'big5' | 'utf-16le' | 'utf-16be'): Uint8Array {
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (encoding === 'utf-16le') bytes.push(code & 0xff, code >> 8);
    else if (encoding === 'utf-16be') bytes.push(code >> 8, code & 0xff);
    else if (code < 0x80) bytes.push(code);
    else {
      const found = tableOf(encoding).get(text[i]!);
      if (found === undefined) throw new RangeError(`${text[i]} is not in ${encoding}`);
      bytes.push(...found);
    }
  }
  return new Uint8Array(bytes);
}

export function withMark(bytes: Uint8Array, ...mark: readonly number[]): Uint8Array {
  return new Uint8Array([...mark, ...bytes]);
}
