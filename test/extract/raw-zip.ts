/** Zip archives whose directory says what one wants it to say (APPNOTE 4.3). */
import { crc32, deflateRawSync } from 'node:zlib';

export interface RawEntry {
  readonly name: string;
  readonly content: Uint8Array;
  /** What the directory says; else what is true. */
  readonly size?: number;
  readonly packed?: number;
  readonly crc?: number;
  readonly method?: number;
  readonly flags?: number;
  /** The bytes of an earlier entry, counted from 0, are given again. */
  readonly sameAs?: number | undefined;
}

/** `count`: how many entries the end of the directory speaks of. */
export function rawZip(entries: readonly RawEntry[], count = entries.length): Uint8Array {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  const places: { at: number; packed: number }[] = [];
  let length = 0;
  for (const {
    name,
    content,
    size = content.length,
    packed,
    method = 8,
    flags = 0,
    crc,
    sameAs,
  } of entries) {
    if (sameAs === undefined) {
      const data = Buffer.from(method === 8 ? deflateRawSync(content) : content);
      const local = Buffer.alloc(30);
      local.writeUInt32LE(0x04034b50, 0);
      bodies.push(local, data);
      places.push({ at: length, packed: data.length });
      length += 30 + data.length;
    } else places.push(places[sameAs]!);
    const place = places.at(-1)!;
    const own = Buffer.alloc(46);
    own.writeUInt32LE(0x02014b50, 0);
    own.writeUInt16LE(flags, 8);
    own.writeUInt16LE(method, 10);
    own.writeUInt32LE(crc ?? crc32(content), 16);
    own.writeUInt32LE(packed ?? place.packed, 20);
    own.writeUInt32LE(size, 24);
    own.writeUInt16LE(Buffer.byteLength(name), 28);
    own.writeUInt32LE(place.at, 42);
    directory.push(own, Buffer.from(name));
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(length, 16);
  return Buffer.concat([...bodies, ...directory, end]);
}
