/** The body of an answer, with its content coding undone, within a limit. */
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { PassThrough, type Transform } from 'node:stream';

/** What `accept-encoding` may ask for. */
export const ENCODINGS = 'gzip, deflate, br';

const DECODERS: Readonly<Record<string, () => Transform>> = {
  '': () => new PassThrough(),
  identity: () => new PassThrough(),
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** Undoes one content coding; null: one that is not known. No server needs two, and each would multiply a bomb. */
export function decoderOf(contentEncoding: string | null): Transform | null {
  const name = (contentEncoding ?? '').trim().toLowerCase();
  return Object.hasOwn(DECODERS, name) ? DECODERS[name]!() : null;
}

export interface Body {
  readonly bytes: Buffer;
  /** Whether there was more than the limit; then `bytes` is its beginning. */
  readonly cut: boolean;
}

/** Reads at most `limit` bytes after decoding and leaves the rest. Throws what the connection or the decoder throws, also at an early end. */
export async function readBody(body: Readable, decoder: Transform, limit: number): Promise<Body> {
  const chunks: Buffer[] = [];
  let size = 0;
  let cut = false;
  const collect = async (source: AsyncIterable<Buffer>): Promise<void> => {
    for await (const chunk of source) {
      chunks.push(chunk.subarray(0, limit - size));
      size += chunk.length;
      cut = size > limit;
      if (cut) return;
    }
  };
  try {
    await pipeline(body, decoder, collect);
  } catch (error) {
    // To leave the rest ends the stream before its time.
    if (!cut) throw error;
  }
  return { bytes: Buffer.concat(chunks), cut };
}
