/** The part of verify() that looks at vectors, of sentences and of tokens. */
import type { Database } from 'better-sqlite3';
import type { Finding } from '../store.js';
import { checksumOfBytes } from './checksums.js';
import type { Generation } from './generation.js';

/** How far the norm of a float32 vector may be from 1. */
const NORM_TOLERANCE = 1e-3;

export function* checkVectors(database: Database, { stored, status }: Generation): Iterable<Finding> {
  const vectors = database
    .prepare<[number], Buffer>('SELECT vectors FROM document_vectors WHERE document = ?')
    .pluck();
  const rowBytes = (status.model?.dimension ?? 0) * Float32Array.BYTES_PER_ELEMENT;
  for (const { key, id, passages, checksums } of stored) {
    const blob = vectors.get(key);
    if (blob?.length !== passages * rowBytes) {
      yield {
        code: 'vectors-missing',
        message: `向量缺失或长度不符（检索段落 ${passages} 个）。`,
        subject: id,
      };
      continue;
    }
    if (checksumOfBytes(blob) !== checksums.vectors)
      yield { code: 'vectors-damaged', message: '向量与写入时不同（校验和不符）。', subject: id };
    const wrong = countOddNorms(blob, rowBytes);
    if (wrong > 0) yield { code: 'vector-norm', message: `${wrong} 个向量的长度不为 1。`, subject: id };
  }
}

function countOddNorms(blob: Buffer, rowBytes: number): number {
  const values = new Float32Array(new Uint8Array(blob).buffer);
  const dimension = rowBytes / Float32Array.BYTES_PER_ELEMENT;
  let wrong = 0;
  for (let from = 0; from < values.length; from += dimension) {
    let sum = 0;
    for (let i = from; i < from + dimension; i++) sum += values[i]! * values[i]!;
    // Written so that NaN counts as wrong.
    if (!(Math.abs(Math.sqrt(sum) - 1) <= NORM_TOLERANCE)) wrong++;
  }
  return wrong;
}

/** Token vectors are those of the passages that were put with some, whole, and of no others. */
export function* checkTokenVectors(database: Database, { stored, status }: Generation): Iterable<Finding> {
  const select = database.prepare<[number, number], { tokens: number | null; vectors: Buffer | null }>(
    `SELECT tokens, vectors FROM passages LEFT JOIN token_vectors ON token_vectors.passage = passages.key
      WHERE passages.key BETWEEN ? AND ?`,
  );
  for (const { id, storedPassage, passages } of stored) {
    let odd = 0;
    let damaged = 0;
    for (const { tokens, vectors } of select.iterate(storedPassage, storedPassage + passages - 1)) {
      const found = vectors === null ? null : checksumOfBytes(vectors);
      if ((vectors?.length ?? 0) % (status.model?.tokenDimension ?? 1) !== 0) odd++;
      else if (found !== tokens) damaged++;
    }
    if (odd > 0) {
      yield { code: 'token-vectors-length', message: `${odd} 组词向量长度不符。`, subject: id };
    }
    if (damaged > 0) {
      const message = `${damaged} 组词向量缺失或与写入时不同（校验和不符）。`;
      yield { code: 'token-vectors-damaged', message, subject: id };
    }
  }
  const stray = database
    .prepare<[], number>('SELECT count(*) FROM token_vectors WHERE passage NOT IN (SELECT key FROM passages)')
    .pluck()
    .get()!;
  if (stray > 0) {
    const message = `${stray} 组词向量不属于任何检索段落。`;
    yield { code: 'token-vectors-stray', message, subject: database.name };
  }
}
