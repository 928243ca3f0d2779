/** What an index takes on disk, table by table, and what of it are vectors. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Bytes. */
export interface SizeFigures {
  readonly disk: number;
  /** By what the tables hold, largest first. */
  readonly parts: readonly { readonly holds: string; readonly bytes: number }[];
  /** Sentence vectors as floats. */
  readonly vectors: number;
}

const PARTS: readonly (readonly [pattern: RegExp, holds: string])[] = [
  [/^token_vectors/, 'token vectors of sentences (int8), for late interaction'],
  [/^document_vectors/, 'vectors of passages (float32)'],
  [/^(originals|sources|places)/, 'originals, byte for byte, and their decoded text'],
  [/^clause_terms/, 'index terms'],
  [/^lexical_/, 'postings'],
  [/./, 'clauses, texts, metadata, keys'],
];

/** Reads how many pages each table has. */
export async function measureSize(index: string, passages: number, dimension: number): Promise<SizeFigures> {
  const file = join(index, 'tiaowen.sqlite');
  const database = new Database(file, { readonly: true });
  try {
    const tables = database
      .prepare<[], { name: string; bytes: number }>(
        'SELECT name, sum(pgsize) AS bytes FROM dbstat GROUP BY name',
      )
      .all();
    const byPart = new Map<string, number>();
    for (const { name, bytes } of tables) {
      const [, holds] = PARTS.find(([pattern]) => pattern.test(name))!;
      byPart.set(holds, (byPart.get(holds) ?? 0) + bytes);
    }
    const parts = [...byPart].map(([holds, bytes]) => ({ holds, bytes })).sort((a, b) => b.bytes - a.bytes);
    return { disk: (await stat(file)).size, parts, vectors: passages * dimension * 4 };
  } finally {
    database.close();
  }
}
