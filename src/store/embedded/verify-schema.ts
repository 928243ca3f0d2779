/** The part of verify() that looks at the tables themselves: they are those that the migrations make. */
import Database from 'better-sqlite3';
import type { Finding } from '../store.js';
import { migrate } from './schema.js';

/** Tables and indexes that only SQLite made (those of FTS5 among them) are left to its own check: another release may make others. */
const OURS = `SELECT name, sql FROM sqlite_schema WHERE name NOT LIKE 'lexical\\__%\\_%' ESCAPE '\\' AND sql IS NOT NULL`;

export function* checkSchema(database: Database.Database): Iterable<Finding> {
  const fresh = new Database(':memory:');
  try {
    migrate(fresh);
    const found = schemaOf(database);
    const wrong = [...schemaOf(fresh)].filter(([name, sql]) => found.get(name) !== sql);
    if (wrong.length === 0) return;
    const message = `表结构与写入时不同：${wrong.map(([name]) => name).join('、')}。`;
    yield { code: 'schema-damaged', message, subject: database.name };
  } finally {
    fresh.close();
  }
}

function schemaOf(database: Database.Database): Map<string, string> {
  const rows = database.prepare<[], { name: string; sql: string }>(OURS).all();
  return new Map(rows.map(({ name, sql }) => [name, sql]));
}
