/** The part of verify() that looks at index terms and their postings. */
import type { Database } from 'better-sqlite3';
import type { Finding } from '../store.js';
import { readVarints } from './varints.js';
import { LEXICAL_FIELDS } from '../store.js';
import { isWhole } from './checksums.js';
import type { Sealed, Unsealed } from './checksums.js';

/** Every clause has its row of terms as it was written, and each FTS5 table knows exactly these clauses. */
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
  const rows = database
    .prepare<[], Unsealed<'clause_terms'> & Sealed>('SELECT * FROM clause_terms')
    .iterate();
  let altered = 0;
  for (const row of rows) if (!isWhole('clause_terms', row)) altered++;
  if (altered > 0) {
    const message = `${altered} 条条款的检索词与写入时不同（校验和不符）。`;
    yield { code: 'lexical-damaged', message, subject: database.name };
  }
}

/**
 * Each term stands in each FTS5 table for the clauses, and as often, as in the terms that it was made of. FTS5's own check of this is a
 * write; a table of its vocabulary can be had (in memory) by a reader too. What the terms add to a balance per term the postings take away,
 * summed up by SQLite: a row for each of millions of places would take most of the time of a check.
 */
export function* checkLexicalTerms(database: Database): Iterable<Finding> {
  for (const field of LEXICAL_FIELDS) {
    const balances = new Map<string, { sum: number }>();
    const add = (term: string, weight: number) => {
      const balance = balances.get(term);
      if (balance === undefined) balances.set(term, { sum: weight });
      else balance.sum += weight;
    };
    const rows = database
      .prepare<[], [string, number]>(`SELECT ${field}, ${weightOf('key')} FROM clause_terms`)
      .raw();
    for (const [terms, weight] of rows.iterate())
      for (const term of terms.split(' ')) if (term !== '') add(term, weight);
    database.exec(`CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, lexical_${field}, instance)`);
    const postings = database
      .prepare<[], [string, number]>(`SELECT term, sum(${weightOf('doc')}) FROM vocabulary GROUP BY term`)
      .raw();
    for (const [term, weight] of postings.iterate()) add(term, -weight);
    database.exec('DROP TABLE temp.vocabulary');
    let wrong = 0;
    for (const { sum } of balances.values()) if (sum !== 0) wrong++;
    if (wrong > 0) {
      const message = `全文索引 ${field} 中有 ${wrong} 个词与条款所记的不同。`;
      yield { code: 'lexical-terms', message, subject: database.name };
    }
  }
}

/** SQL for a number of 28 bits that has little to do with those of other clauses (Knuth's multiplier). Thirty million of them add up exactly. */
function weightOf(key: string): string {
  return `((${key} * 2654435761 & 4294967295) >> 4) + 1`;
}

/**
 * The numbers that BM25 divides by: the terms of each clause and those of all. Neither SQLite's check nor FTS5's, as far as a reader may
 * run it, looks at them. They stand in two shadow tables as varints (the format of FTS5 is part of SQLite's file format and as stable).
 */
export function* checkLexicalSizes(database: Database): Iterable<Finding> {
  for (const field of LEXICAL_FIELDS) {
    const terms = `clause_terms.${field}`;
    const rows = database
      .prepare<[], [number, Buffer | null]>(
        `SELECT CASE ${terms} WHEN '' THEN 0 ELSE length(${terms}) - length(replace(${terms}, ' ', '')) + 1 END, sz
          FROM clause_terms LEFT JOIN lexical_${field}_docsize AS sizes ON sizes.id = clause_terms.key`,
      )
      .raw();
    let wrong = 0;
    let total = 0;
    let count = 0;
    for (const [expected, size] of rows.iterate()) {
      if (size === null || String(readVarints(size)) !== String([expected])) wrong++;
      total += expected;
      count++;
    }
    const totals = database
      .prepare<[], Buffer>(`SELECT block FROM lexical_${field}_data WHERE id = 1`)
      .pluck()
      .get();
    if (count > 0 && String(readVarints(totals ?? Buffer.alloc(0))) !== String([count, total])) wrong++;
    if (wrong > 0) {
      const message = `全文索引 ${field} 所记的条款长度有 ${wrong} 处不符。`;
      yield { code: 'lexical-sizes', message, subject: database.name };
    }
  }
}
