/** Looks for everything that can be wrong with an index; what it finds it reports. */
import type { Database } from 'better-sqlite3';
import type { Finding } from '../store.js';
import { LEXICAL_FIELDS } from '../store.js';
import type { Generation } from './generation.js';
import { stampInStep } from './graph.js';
import type { GraphExpectation } from './graph.js';

/** How far the norm of a float32 vector may be from 1. */
const NORM_TOLERANCE = 1e-3;

type Check = (database: Database, generation: Generation) => Iterable<Finding>;

/** Each check stands alone: where one fails on damage the others still run. */
export function verifyIndex(
  database: Database,
  generation: Generation,
  folder: string,
  graph: GraphExpectation,
): Finding[] {
  const checks: Check[] = [
    checkDatabase,
    checkCounts,
    checkClauses,
    checkPassages,
    checkVectors,
    checkLexical,
  ];
  const findings = checks.flatMap((check) => {
    try {
      return [...check(database, generation)];
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return [{ code: 'database-damaged', message: `数据库无法读取：${reason}`, subject: database.name }];
    }
  });
  if (graph.count > 0 && stampInStep(folder, graph) === null) {
    const message = '向量图缺失、过期或已损坏；检索改用逐条精确计算，下次 ingest 时自动重建。';
    findings.push({ code: 'graph-out-of-step', message, subject: folder });
  }
  return findings;
}

/** SQLite's own check, which also asks each FTS5 table. */
function* checkDatabase(database: Database): Iterable<Finding> {
  for (const { integrity_check: message } of database.pragma('integrity_check') as {
    integrity_check: string;
  }[]) {
    if (message !== 'ok') {
      yield { code: 'database-damaged', message: `数据库完整性检查：${message}`, subject: database.name };
    }
  }
}

function* checkCounts(database: Database, { stored }: Generation): Iterable<Finding> {
  const clauses = database
    .prepare<[number, number, number], number>(
      'SELECT count(*) FROM clauses WHERE document = ? AND key BETWEEN ? AND ?',
    )
    .pluck();
  const total = database.prepare<[], number>('SELECT count(*) FROM clauses').pluck().get()!;
  const files = database.prepare<[string], number>('SELECT 1 FROM files WHERE path = ?').pluck();
  for (const { key, id, file, clauses: said, storedClause } of stored) {
    const found = clauses.get(key, storedClause, storedClause + said - 1);
    if (found !== said) {
      yield { code: 'clauses-missing', message: `应有条款 ${said} 条，实有 ${found} 条。`, subject: id };
    }
    if (files.get(file) === undefined) {
      yield { code: 'file-missing', message: `所属源文件 ${file} 没有登记。`, subject: id };
    }
  }
  const said = stored.reduce((sum, document) => sum + document.clauses, 0);
  if (total !== said) {
    yield {
      code: 'clauses-stray',
      message: `条款共 ${total} 条，文件登记共 ${said} 条。`,
      subject: database.name,
    };
  }
}

function* checkClauses(database: Database, { stored }: Generation): Iterable<Finding> {
  const texts = database
    .prepare<[number], string>('SELECT text FROM document_texts WHERE document = ?')
    .pluck();
  const clauses = database.prepare<[number], { id: string; start: number; end: number; text: string }>(
    'SELECT id, start, "end", text FROM clauses WHERE document = ?',
  );
  for (const { key, id } of stored) {
    const text = texts.get(key);
    if (text === undefined) {
      yield { code: 'text-missing', message: '文件正文缺失。', subject: id };
      continue;
    }
    for (const clause of clauses.iterate(key)) {
      if (text.slice(clause.start, clause.end) !== clause.text) {
        yield { code: 'clause-text', message: '条款文字与正文相应位置不一致。', subject: clause.id };
      }
    }
  }
}

function* checkPassages(database: Database, { stored }: Generation): Iterable<Finding> {
  const outside = database.prepare<[], { passage: number; id: string | null }>(
    `SELECT passages.key AS passage, clauses.id FROM passages LEFT JOIN clauses ON clauses.key = passages.clause
      WHERE clauses.key IS NULL OR passages.start < clauses.start OR passages."end" > clauses."end"
        OR passages.start > passages."end"`,
  );
  for (const { passage, id } of outside.iterate()) {
    const message = `检索段落 ${passage} 不在其条款之内。`;
    yield { code: 'passage-outside', message, subject: id ?? String(passage) };
  }
  const count = database.prepare<[], number>('SELECT count(*) FROM passages').pluck().get()!;
  const said = stored.reduce((sum, document) => sum + document.passages, 0);
  if (count !== said) {
    const message = `检索段落共 ${count} 个，文件登记共 ${said} 个。`;
    yield { code: 'passages-missing', message, subject: database.name };
  }
}

function* checkVectors(database: Database, { stored, status }: Generation): Iterable<Finding> {
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

/** Every clause has its terms, and each FTS5 table knows exactly these clauses. */
function* checkLexical(database: Database): Iterable<Finding> {
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
