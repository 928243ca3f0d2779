/**
 * Writes an index: one SQLite transaction from the first change to publish(), with a savepoint per file in it. SQLite itself so
 * keeps readers on the generation before, and takes everything back when the process dies in between.
 */
import type { Database } from 'better-sqlite3';
import type { ModelIdentity } from '../../embed/embedder.js';
import { TiaowenError } from '../../model/errors.js';
import { checkInput } from '../check-input.js';
import { describeModel, sameModel } from '../same-model.js';
import { LEXICAL_FIELDS } from '../store.js';
import type { IndexedDocument, KeptFile, LexicalField, LongWork } from '../store.js';
import { connectWriter, databasePath, lockWriter } from './connect.js';
import { guard, translate } from './guard.js';
import { keyRanges } from './key-ranges.js';
import { othersFirst } from './others-first.js';
import { RowWriter } from './write-rows.js';
import type { RenewedTerms } from './write-rows.js';

/** Clauses whose terms are posted at a time. */
const POSTED = 1000;

export class Writer {
  readonly #path: string;
  readonly #lock: Database;
  readonly #database: Database;
  readonly #rows: RowWriter;
  readonly #statements;
  /** Why the batch was lost: SQLite takes a whole transaction back when the disk is full. */
  #lost: unknown = null;
  #changed = false;

  constructor(folder: string) {
    this.#path = databasePath(folder);
    this.#lock = lockWriter(folder);
    let database: Database | undefined;
    try {
      const opened = (database = connectWriter(folder));
      this.#rows = guard(this.#path, () => new RowWriter(opened));
      this.#statements = guard(this.#path, () => prepare(opened));
      this.#database = opened;
    } catch (error) {
      database?.close();
      this.#lock.close();
      throw error;
    }
  }

  get changed(): boolean {
    return this.#changed;
  }

  putFile(kept: KeptFile, documents: readonly IndexedDocument[], model: ModelIdentity): void {
    checkInput(kept, documents, model);
    const { path } = kept.file;
    this.#change(() => {
      this.#checkIds(path, documents);
      this.#rows.remove(path);
      this.#takeModel(model);
      this.#rows.put(kept, documents);
      return true;
    });
  }

  removeFile(path: string): boolean {
    return this.#change(() => this.#rows.remove(path));
  }

  rebuildLexical(): void {
    this.#change(() => {
      for (const field of LEXICAL_FIELDS)
        this.#database.exec(`INSERT INTO lexical_${field} (lexical_${field}) VALUES ('rebuild')`);
      return true;
    });
  }

  /** Nothing may have been changed before; while it is under way it is all that the batch is made of. */
  async renewTerms(
    version: number,
    renewed: readonly (() => RenewedTerms)[],
    { signal, onProgress }: LongWork,
  ): Promise<void> {
    this.#refuseLost();
    try {
      this.#database.exec('BEGIN IMMEDIATE');
      for (const [i, one] of renewed.entries()) {
        this.#rows.replaceTerms(one());
        onProgress?.(i + 1, renewed.length);
        await othersFirst(signal);
      }
      this.#statements.setTerms.run(version);
      for (const field of LEXICAL_FIELDS) await this.#postAgain(field, signal);
      this.#changed = true;
    } catch (error) {
      if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
      throw translate(error, this.#path);
    }
  }

  /** What FTS5 does to rebuild a table from its content, clause_terms, in steps. */
  async #postAgain(field: LexicalField, signal: AbortSignal | undefined): Promise<void> {
    this.#database.exec(`INSERT INTO lexical_${field} (lexical_${field}) VALUES ('delete-all')`);
    const post = this.#database.prepare<[number, number]>(
      `INSERT INTO lexical_${field} (rowid, ${field}) SELECT key, ${field} FROM clause_terms WHERE key BETWEEN ? AND ?`,
    );
    for (const range of keyRanges(this.#database, 'clause_terms', 'key', POSTED)) {
      post.run(...range);
      await othersFirst(signal);
    }
  }

  /** Commits the batch as the next generation; when that fails all of the batch is given up. */
  commit(): void {
    this.#refuseLost();
    guard(this.#path, () => {
      try {
        this.#statements.nextGeneration.run();
        this.#database.exec('COMMIT');
      } catch (error) {
        this.#lost = error;
        if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
        throw error;
      }
    });
    this.#changed = false;
  }

  /** Carries the write-ahead log over into the database as far as readers allow. */
  checkpoint(): void {
    guard(this.#path, () => this.#database.pragma('wal_checkpoint(PASSIVE)'));
  }

  close(): void {
    if (this.#database.open && this.#database.inTransaction) this.#database.exec('ROLLBACK');
    this.#database.close();
    this.#lock.close();
  }

  /** Runs one change whole or not at all, within the batch. */
  #change(action: () => boolean): boolean {
    this.#refuseLost();
    return guard(this.#path, () => {
      if (!this.#database.inTransaction) this.#database.exec('BEGIN IMMEDIATE');
      try {
        const changed = this.#database.transaction(action)();
        this.#changed ||= changed;
        return changed;
      } catch (error) {
        if (!this.#database.inTransaction && this.#changed) this.#lost = error;
        throw error;
      } finally {
        if (!this.#changed && this.#database.inTransaction) this.#database.exec('ROLLBACK');
      }
    });
  }

  /** What was put before is gone with the batch, so publishing the rest would publish half. */
  #refuseLost(): void {
    if (this.#lost !== null)
      guard(this.#path, () => {
        throw this.#lost;
      });
  }

  #takeModel(model: ModelIdentity): void {
    const text = this.#statements.model.get();
    const held = text == null ? null : (JSON.parse(text) as ModelIdentity);
    if (held !== null && !sameModel(held, model) && this.#statements.anyDocument.get() !== undefined) {
      throw new TiaowenError(
        'index-model',
        `索引 ${this.#path} 由模型 ${describeModel(held)} 建立，不能加入 ${describeModel(model)} 的向量。` +
          '请换回原模型，或删除该索引目录后运行 tiaowen ingest 重建。',
      );
    }
    this.#statements.setModel.run(JSON.stringify(model));
  }

  #checkIds(path: string, documents: readonly IndexedDocument[]): void {
    for (const { document } of documents) {
      const taken =
        this.#statements.documentElsewhere.get(document.id, path) ??
        document.clauses.map(({ id }) => this.#statements.clauseElsewhere.get(id, path)).find(Boolean);
      if (taken !== undefined) throw new RangeError(`id taken by another file: ${taken}`);
    }
  }
}

function prepare(database: Database) {
  return {
    nextGeneration: database.prepare('UPDATE state SET generation = generation + 1'),
    model: database.prepare<[], string | null>('SELECT model FROM state').pluck(),
    setModel: database.prepare<[string]>('UPDATE state SET model = ?'),
    setTerms: database.prepare<[number]>('UPDATE state SET terms = ?'),
    anyDocument: database.prepare('SELECT 1 FROM documents LIMIT 1'),
    documentElsewhere: database
      .prepare<[string, string], string>('SELECT id FROM documents WHERE id = ? AND file <> ?')
      .pluck(),
    clauseElsewhere: database
      .prepare<[string, string], string>(
        `SELECT clauses.id FROM clauses JOIN documents ON documents.key = clauses.document
          WHERE clauses.id = ? AND documents.file <> ?`,
      )
      .pluck(),
  };
}
