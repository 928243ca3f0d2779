/** The part of verify() that looks at what was derived from documents: vectors and index terms. */
import type { Database } from 'better-sqlite3';
import type { Finding, LexicalField } from '../store.js';
import { LEXICAL_FIELDS } from '../store.js';
import type { Generation } from './generation.js';

/** How far the norm of a float32 vector may be from 1. */
const NORM_TOLERANCE = 1e-3;

export function* checkVectors(database: Database, { stored, status }: Generation): Iterable<Finding> {
  const vectors = database
    .prepare<[number], Buffer>('SELECT vectors FROM document_vectors WHERE document = ?')
    .pluck();
  const rowBytes = (status.model?.dimension ?? 0) * Float32Array.BYTES_PER_ELEMENT;
  for (const { key, id, passages } of stored) {
    const blob = vectors.get(key);
    if (blob?.length !== passages * rowBytes) {
      yield {
        code: 'vectors-missing',
        message: `向量缺失或长度不符（检索段落 ${passages} 个）。`,
        subject: id,
      };
      continue;
    }
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

/** Every clause has its row of terms, and each FTS5 table knows exactly these clauses. */
export function* checkLexicalRows(database: Database): Iterable<Finding> {
  const tables = ['clause_terms', ...LEXICAL_FIELDS.map((field) => `lexical_${field}_docsize`)];
  for (const table of tables) {
    const key = table === 'clause_terms' ? 'key' : 'id';
    const differing = database
      .prepare<[], number>(
        `SELECT count(*) FROM (SELECT key FROM clauses EXCEPT SELECT ${key} FROM ${table}
          UNION ALL SELECT * FROM (SELECT ${key} FROM ${table} EXCEPT SELECT key FROM clauses))`,
      )
      .pluck()
      .get()!;
    if (differing > 0) {
      const message = `全文索引 ${table} 与条款不同步：相差 ${differing} 条。`;
      yield { code: 'lexical-out-of-step', message, subject: database.name };
    }
  }
}

/**
 * Each term stands in each FTS5 table as often, and in as many clauses, as in the terms that it was made of. FTS5's own check of
 * this is a write; a table of its vocabulary can be had (in memory) by a reader too.
 */
export function* checkLexicalTerms(database: Database): Iterable<Finding> {
  for (const field of LEXICAL_FIELDS) {
    const expected = countTerms(database, field);
    database.exec(`CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, lexical_${field}, row)`);
    const rows = database
      .prepare<[], [string, number, number]>('SELECT term, doc, cnt FROM vocabulary')
      .raw();
    let wrong = 0;
    for (const [term, clauses, times] of rows.iterate()) {
      if (expected.get(term) !== `${clauses} ${times}`) wrong++;
      expected.delete(term);
    }
    database.exec('DROP TABLE temp.vocabulary');
    wrong += expected.size;
    if (wrong > 0) {
      const message = `全文索引 ${field} 中有 ${wrong} 个词与条款所记的不同。`;
      yield { code: 'lexical-terms', message, subject: database.name };
    }
  }
}

/** Term → "<clauses> <times>". */
function countTerms(database: Database, field: LexicalField): Map<string, string> {
  const counts = new Map<string, [number, number]>();
  const rows = database.prepare<[], string>(`SELECT ${field} FROM clause_terms`).pluck();
  for (const row of rows.iterate()) {
    const terms = row === '' ? [] : row.split(' ');
    for (const term of terms) add(counts, term, 0, 1);
    for (const term of new Set(terms)) add(counts, term, 1, 0);
  }
  return new Map([...counts].map(([term, [clauses, times]]) => [term, `${clauses} ${times}`]));
}

function add(counts: Map<string, [number, number]>, term: string, clauses: number, times: number): void {
  const count = counts.get(term);
  if (count === undefined) counts.set(term, [clauses, times]);
  else {
    count[0] += clauses;
    count[1] += times;
  }
}

/** Token vectors are whole, of passages that there are. A model may give none, so none are missed. */
export function* checkTokenVectors(database: Database, { status }: Generation): Iterable<Finding> {
  const stray = database
    .prepare<[], number>('SELECT count(*) FROM token_vectors WHERE passage NOT IN (SELECT key FROM passages)')
    .pluck()
    .get()!;
  if (stray > 0) {
    const message = `${stray} 组词向量不属于任何检索段落。`;
    yield { code: 'token-vectors-stray', message, subject: database.name };
  }
  const odd = database
    .prepare<[number], number>('SELECT count(*) FROM token_vectors WHERE length(vectors) % ? <> 0')
    .pluck()
    .get(status.model?.tokenDimension ?? 1)!;
  if (odd > 0) {
    yield { code: 'token-vectors-length', message: `${odd} 组词向量长度不符。`, subject: database.name };
  }
}
