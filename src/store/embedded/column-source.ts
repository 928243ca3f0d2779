/** The rows of columns, one document after the other: from columns.bin where it agrees with the database, else from the tables. */
import type { Database } from 'better-sqlite3';
import type { PassageColumns } from '../vectors.js';
import { openColumns } from './columns-file.js';
import type { ColumnsPlace, KeptColumns } from './columns-file.js';
import { preparePassageValues, prepareVectors } from './read-encoded.js';
import type { StoredDocument } from './rows.js';

export class ColumnSource {
  readonly #kept: KeptColumns | null;
  readonly #passages;
  readonly #vectors;

  /** `folder`: of columns.bin; null where the database alone is asked. */
  constructor(database: Database, folder: string | null, dimension: number) {
    this.#passages = preparePassageValues(database);
    this.#vectors = prepareVectors(database);
    this.#kept = folder === null ? null : openColumns(folder, dimension);
  }

  /** Throws RangeError where the tables are needed and are not as they were written. */
  fill(document: StoredDocument, place: ColumnsPlace, columns: PassageColumns): void {
    if (this.#kept?.fill(document, place, columns)) return;
    this.#fillPassages(document, place, columns);
    this.#fillVectors(document, place, columns);
  }

  close(): void {
    this.#kept?.close();
  }

  #fillPassages(document: StoredDocument, place: ColumnsPlace, columns: PassageColumns): void {
    this.#passages(document).forEach(([, stored, kind, start, end], i) => {
      const clause = stored - document.storedClause;
      if (clause < 0 || clause >= document.clauses)
        throw new RangeError(`a passage of ${document.id} is of another document`);
      const row = place.firstPassage + i;
      columns.clause[row] = place.firstClause + clause;
      columns.window[row] = kind === 'window' ? 1 : 0;
      columns.start[row] = start;
      columns.end[row] = end;
    });
  }

  /** Copied as bytes: a BLOB need not begin at a multiple of four. */
  #fillVectors(document: StoredDocument, { firstPassage }: ColumnsPlace, columns: PassageColumns): void {
    const rowBytes = columns.dimension * Float32Array.BYTES_PER_ELEMENT;
    const blob = this.#vectors(document, rowBytes);
    if (columns.rounded !== null) columns.rounded.put(firstPassage, blob);
    else new Uint8Array(columns.vectors.buffer).set(blob, firstPassage * rowBytes);
  }
}
