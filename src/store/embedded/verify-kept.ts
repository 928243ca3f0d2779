/** The part of verify() that looks at what is kept of files: what is listed of them, originals, decoded sources, page places. */
import type { Database } from 'better-sqlite3';
import type { Finding } from '../store.js';
import { isWhole } from './checksums.js';
import type { Sealed } from './checksums.js';
import { isOriginal } from './originals.js';
import type { FileRow, PlaceRow, SourceRow } from './rows.js';

/** What is listed of a file is as it was written, and it has all its documents. */
export function* checkFiles(database: Database): Iterable<Finding> {
  const files = database.prepare<[], FileRow & Sealed>('SELECT * FROM files ORDER BY path');
  const count = database.prepare<[string], number>('SELECT count(*) FROM documents WHERE file = ?').pluck();
  for (const row of files.all()) {
    const { path, documents } = row;
    if (!isWhole('files', row)) {
      const message = '源文件的登记与写入时不同（校验和不符）。';
      yield { code: 'file-damaged', message, subject: path };
    } else if (count.get(path) !== documents) {
      const message = `源文件应有文件 ${documents} 份，实有 ${count.get(path)} 份。`;
      yield { code: 'documents-missing', message, subject: path };
    }
  }
}

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
    } else if (!isOriginal(sha256, original)) {
      yield { code: 'original-damaged', message: '保存的原件与其 SHA-256 不符。', subject: path };
    }
  }
}

/** A file with an original has its decoded source and the places in it, as they were written. */
export function* checkSourceTexts(database: Database): Iterable<Finding> {
  const files = database
    .prepare<[], string>('SELECT path FROM files JOIN originals USING (sha256) ORDER BY path')
    .pluck();
  const source = database.prepare<[string], SourceRow & Sealed>('SELECT * FROM sources WHERE path = ?');
  const places = database.prepare<[number], PlaceRow & Sealed>('SELECT * FROM places WHERE source = ?');
  for (const path of files.all()) {
    const row = source.get(path);
    if (row === undefined) {
      yield { code: 'source-text-missing', message: '解码后的源文本缺失。', subject: path };
      continue;
    }
    if (!isWhole('sources', row)) {
      const message = '解码后的源文本与写入时不同（校验和不符）。';
      yield { code: 'source-text-damaged', message, subject: path };
    }
    let outside = 0;
    let damaged = 0;
    for (const place of places.iterate(row.key)) {
      if (place.end > row.text.length) outside++;
      if (!isWhole('places', place)) damaged++;
    }
    if (outside > 0) {
      yield { code: 'place-outside', message: `${outside} 处页面位置超出源文本。`, subject: path };
    }
    if (damaged > 0) {
      const message = `${damaged} 处页面位置与写入时不同（校验和不符）。`;
      yield { code: 'place-damaged', message, subject: path };
    }
  }
}
