/** Looks for everything that can be wrong with an index; what it finds it reports. */
import type { Database } from 'better-sqlite3';
import type { Finding, OnProgress } from '../store.js';
import type { Generation } from './generation.js';
import { checksumOfClauses, isWhole } from './checksums.js';
import type { Sealed } from './checksums.js';
import { stampInStep } from './graph.js';
import type { GraphExpectation } from './graph.js';
import { preparePassages } from './read-encoded.js';
import type { ClauseRow, TextRow } from './rows.js';
import { checkFiles, checkOriginals, checkSourceTexts } from './verify-kept.js';
import { checkLexicalRows, checkLexicalSizes, checkLexicalTerms } from './verify-lexical.js';
import { checkSchema } from './verify-schema.js';
import { checkTokenVectors, checkVectors } from './verify-vectors.js';

export type Check = (database: Database, generation: Generation) => Iterable<Finding>;

/** Each check stands alone: where one fails on damage the others still run. */
export function verifyIndex(
  database: Database,
  generation: Generation,
  folder: string,
  graph: GraphExpectation | null,
  onProgress?: OnProgress,
): Finding[] {
  const findings = CHECKS.flatMap((check, i) => {
    onProgress?.(i, CHECKS.length);
    try {
      return [...check(database, generation)];
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      return [{ code: 'database-damaged', message: `数据库无法读取：${reason}`, subject: database.name }];
    }
  });
  onProgress?.(CHECKS.length, CHECKS.length);
  if (graph !== null && stampInStep(folder, graph) === null) {
    const message = '向量图缺失、过期或已损坏；检索改用逐条精确计算，下次 ingest 时自动重建。';
    findings.push({ code: 'graph-out-of-step', message, subject: folder });
  }
  if (generation.rounds && !generation.hasColumns()) {
    const message =
      '派生的向量文件缺失、过期或已损坏；检索改读数据库，只是打开较慢，下次 ingest 时自动重建。';
    findings.push({ code: 'columns-out-of-step', message, subject: folder });
  }
  if (generation.keepsTokens && !generation.hasTokens({ whole: true })) {
    const message =
      '派生的词向量文件缺失、过期或已损坏；检索改读数据库，只是较慢。请运行 tiaowen check --repair 重建。';
    findings.push({ code: 'tokens-out-of-step', message, subject: folder });
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
  const texts = database.prepare<[number], TextRow & Sealed>(
    'SELECT * FROM document_texts WHERE document = ?',
  );
  const clauses = database.prepare<[number, number], ClauseRow & Sealed>(
    'SELECT * FROM clauses WHERE key BETWEEN ? AND ? ORDER BY key',
  );
  for (const { key, id, storedClause, clauses: count, checksums } of stored) {
    const text = texts.get(key);
    if (text === undefined) {
      yield { code: 'text-missing', message: '文件正文缺失。', subject: id };
      continue;
    }
    const rows = clauses.all(storedClause, storedClause + count - 1);
    for (const clause of rows) {
      if (text.text.slice(clause.start, clause.end) !== clause.text) {
        yield { code: 'clause-text', message: '条款文字与正文相应位置不一致。', subject: clause.id };
      }
    }
    const sound = isWhole('document_texts', text) && rows.every((row) => isWhole('clauses', row));
    if (!sound || checksumOfClauses(text, rows) !== checksums.clauses)
      yield { code: 'clauses-damaged', message: '正文或条款与写入时不同（校验和不符）。', subject: id };
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
  const read = preparePassages(database);
  for (const document of stored) {
    if (isReadable(() => read(document))) continue;
    const message = '检索段落与写入时不同（校验和不符）。';
    yield { code: 'passages-damaged', message, subject: document.id };
  }
}

/** False when it throws RangeError: what it reads is not as it was written. */
function isReadable(read: () => unknown): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

const CHECKS: readonly Check[] = [
  checkDatabase,
  checkSchema,
  checkCounts,
  checkClauses,
  checkPassages,
  checkFiles,
  checkOriginals,
  checkSourceTexts,
  checkVectors,
  checkTokenVectors,
  checkLexicalRows,
  checkLexicalTerms,
  checkLexicalSizes,
];
