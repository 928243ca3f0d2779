/** Files of the index that are no longer in the corpus. */
import type { DocumentEntry, Store } from '../store/store.js';

/**
 * Each leaves in the same publication in which a file comes that holds the same (it was
 * moved), or at the end: at no time is a document missing that is in the corpus.
 */
export class Departed {
  readonly paths: ReadonlySet<string>;
  readonly #store: Store;
  readonly #left: Map<string, string>;
  readonly #owners: ReadonlyMap<string, string>;

  constructor(store: Store, present: ReadonlySet<string>) {
    this.#store = store;
    this.#left = new Map(
      store
        .files()
        .filter(({ path }) => !present.has(path))
        .map(({ path, sha256 }) => [path, sha256]),
    );
    this.paths = new Set(this.#left.keys());
    const mine = (entry: DocumentEntry) => this.paths.has(entry.file);
    this.#owners = new Map(
      store
        .documents()
        .filter(mine)
        .map(({ id, file }) => [id, file]),
    );
  }

  /** A file with the same bytes that is gone but still held. */
  sameBytes(sha256: string): string | null {
    for (const [path, hash] of this.#left) if (hash === sha256 && hash !== '') return path;
    return null;
  }

  makeRoomFor(sha256: string, documents: readonly string[]): void {
    const same = this.sameBytes(sha256);
    if (same !== null) this.#remove(same);
    for (const id of documents) {
      const owner = this.#owners.get(id);
      if (owner !== undefined) this.#remove(owner);
    }
  }

  removeRest(): void {
    for (const path of [...this.#left.keys()]) this.#remove(path);
  }

  #remove(path: string): void {
    if (this.#left.delete(path)) this.#store.removeFile(path);
  }
}
