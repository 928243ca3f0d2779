/** The part of verify() that looks at what is kept of files: originals, decoded sources, page places. */
import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Finding } from '../store.js';

/** Every file that was read has its original, and each original is what its hash says. */
export function* checkOriginals(database: Database): Iterable<Finding> {
  const files = database.prepare<[], { path: string; sha256: string }>(
    `SELECT path, sha256 FROM files WHERE state = 'read' ORDER BY path`,
  );
  const bytes = database.prepare<[string], Buffer>('SELECT bytes FROM originals WHERE sha256 = ?').pluck();
  for (const { path, sha256 } of files.all()) {
    const original = bytes.get(sha256);
    if (original === undefined) {
      yield { code: 'original-missing', message: '没有保存原件；下次 ingest 时补上。', subject: path };
    } else if (createHash('sha256').update(original).digest('hex') !== sha256) {
      yield { code: 'original-damaged', message: '保存的原件与其 SHA-256 不符。', subject: path };
    }
  }
}

/** A file with an original has its decoded source, and all its places are in it. */
export function* checkSourceTexts(database: Database): Iterable<Finding> {
  const files = database
    .prepare<[], string>('SELECT path FROM files JOIN originals USING (sha256) ORDER BY path')
    .pluck();
  const source = database.prepare<[string], { key: number; text: string }>(
    'SELECT key, text FROM sources WHERE path = ?',
  );
  const end = database
    .prepare<[number], number | null>('SELECT max("end") FROM places WHERE source = ?')
    .pluck();
  for (const path of files.all()) {
    const row = source.get(path);
    if (row === undefined) {
      yield { code: 'source-text-missing', message: '解码后的源文本缺失。', subject: path };
    } else if ((end.get(row.key) ?? 0) > row.text.length) {
      yield { code: 'place-outside', message: '页面位置超出源文本。', subject: path };
    }
  }
}
