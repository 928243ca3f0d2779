/** The store in memory: exact, simple, the reference that other stores are tested against. Nothing outlives the process. */
import type { ModelIdentity } from '../embed/embedder.js';
import type { PreparedQuery } from '../kernel/interaction.js';
import type { Clause } from '../model/clause.js';
import type { PolicyDocument, SourceFile } from '../model/document.js';
import { TiaowenError } from '../model/errors.js';
import type { PagePlace, SourceMap } from '../model/source-map.js';
import type { Span } from '../model/span.js';
import { checkInput, termsFor } from './check-input.js';
import { MemoryGeneration } from './memory-generation.js';
import { describeModel, sameModel } from './same-model.js';
import type {
  ClauseScores,
  DocumentEntry,
  EncodedPassage,
  Finding,
  IndexedDocument,
  IndexStatus,
  KeptFile,
  LexicalField,
  PassageEntry,
  PassageScore,
  PassageTokens,
  Store,
  TermsOf,
} from './store.js';

/** One file as it was put. */
export interface StoredFile extends KeptFile {
  readonly documents: readonly IndexedDocument[];
}

export function createMemoryStore(): Store {
  return new MemoryStore();
}

class MemoryStore implements Store {
  /** What the next generation will hold. */
  readonly #files = new Map<string, StoredFile>();
  #model: ModelIdentity | null = null;
  #changed = false;
  /** Of what is put, and of what is published. */
  #termsVersion = { next: 1, now: 1 };
  #now = new MemoryGeneration(0, null, []);

  putFile(kept: KeptFile, documents: readonly IndexedDocument[], model: ModelIdentity): void {
    checkInput(kept, documents, model);
    const { path } = kept.file;
    this.#checkModel(path, model);
    this.#checkIds(path, documents);
    const { file, source, places } = kept;
    // A Buffer may be a view of a larger one, all of which would be cloned.
    const original = kept.original === null ? null : Uint8Array.from(kept.original);
    this.#files.set(path, { ...structuredClone({ file, source, places, documents }), original });
    this.#model = structuredClone(model);
    this.#changed = true;
  }

  removeFile(path: string): boolean {
    if (!this.#files.delete(path)) return false;
    this.#changed = true;
    return true;
  }

  publish(): Promise<void> {
    if (this.#changed) {
      const files = [...this.#files.values()];
      this.#now = new MemoryGeneration(this.#now.status.generation + 1, this.#model, files);
      this.#changed = false;
      this.#termsVersion.now = this.#termsVersion.next;
    }
    return Promise.resolve();
  }

  /** Postings are made anew at each publication. */
  rebuildLexical(): void {
    this.#changed = true;
  }

  async renewTerms(version: number, termsOf: TermsOf): Promise<void> {
    if (this.#changed) throw new TypeError('renewTerms: publish what was put first');
    const renewed = [...this.#files].map(([path, stored]): [string, StoredFile] => [
      path,
      {
        ...stored,
        documents: stored.documents.map((one) => ({ ...one, terms: termsFor(one.document, termsOf) })),
      },
    ]);
    for (const [path, stored] of renewed) this.#files.set(path, stored);
    this.#termsVersion.next = version;
    this.#changed = true;
  }

  close(): void {
    this.#files.clear();
  }

  status(): IndexStatus {
    return this.#now.status;
  }

  files(): readonly SourceFile[] {
    return this.#now.files;
  }

  originals(): ReadonlySet<string> {
    return this.#now.originals();
  }

  original(sha256: string): Uint8Array | null {
    return this.#now.original(sha256);
  }

  source(path: string): string | null {
    return this.#now.source(path);
  }

  places(path: string, span: Span): readonly PagePlace[] {
    return this.#now.places(path, span);
  }

  documents(): readonly DocumentEntry[] {
    return this.#now.listing;
  }

  document(id: string): PolicyDocument | null {
    return this.#now.document(id);
  }

  sourceMap(id: string): SourceMap | null {
    return this.#now.sourceMap(id);
  }

  clause(id: string): Clause | null {
    return this.#now.clause(id);
  }

  clauseText(key: number): string {
    return this.#now.clauseText(key);
  }

  clauseLabel(key: number): Pick<Clause, 'kind' | 'number' | 'label'> {
    return this.#now.clauseByKey(key);
  }

  clauseHeadings(key: number): Clause['headingPath'] {
    return this.#now.clauseByKey(key).headingPath;
  }

  clauseByKey(key: number): Clause {
    return this.#now.clauseByKey(key);
  }

  passage(key: number): PassageEntry {
    return this.#now.passage(key);
  }

  passagesOf(clauseKey: number): { readonly first: number; readonly count: number } {
    return this.#now.passagesOf(clauseKey);
  }

  scan(query: Float32Array): ClauseScores {
    return this.scanAll([query])[0]!;
  }

  scanAll(queries: readonly Float32Array[]): ClauseScores[] {
    return this.beginScan(queries)();
  }

  beginScan(queries: readonly Float32Array[]): () => ClauseScores[] {
    return this.#now.beginScan(queries);
  }

  lexical(field: LexicalField, terms: readonly string[]): ReadonlyMap<number, number> {
    return this.#now.lexical(field, terms);
  }

  lexicalShares(field: LexicalField, terms: readonly string[], ceiling: number, column: Float32Array): void {
    this.#now.lexicalShares(field, terms, ceiling, column);
  }

  clausesWith(field: LexicalField, term: string): Int32Array {
    return this.#now.clausesWith(field, term);
  }

  clauseFrequencies(field: LexicalField, terms: readonly string[]): readonly number[] {
    return this.#now.clauseFrequencies(field, terms);
  }

  nearest(query: Float32Array, k: number): readonly PassageScore[] {
    return this.#now.nearest(query, k);
  }

  encoded(documentKey: number): readonly EncodedPassage[] {
    return this.#now.encoded(documentKey);
  }

  interact(queries: readonly PreparedQuery[], clauseKeys: Int32Array, asked: Uint8Array): Int32Array {
    return this.#now.interact(queries, clauseKeys, asked);
  }

  clauseTokens(clauseKey: number): readonly PassageTokens[] {
    return this.#now.clauseTokens(clauseKey);
  }

  tokenVectors(passageKey: number): Int8Array | null {
    return this.#now.tokenVectors(passageKey);
  }

  termsVersion(): number {
    return this.#termsVersion.now;
  }

  /** publish() moves this store on; nobody else can. */
  refresh(): boolean {
    return false;
  }

  verify(): readonly Finding[] {
    return [];
  }

  #checkModel(path: string, model: ModelIdentity): void {
    const others = [...this.#files.values()].filter((stored) => stored.file.path !== path);
    if (this.#model === null || sameModel(this.#model, model)) return;
    if (!others.some((stored) => stored.documents.length > 0)) return;
    throw new TiaowenError(
      'index-model',
      `索引由模型 ${describeModel(this.#model)} 建立，不能加入 ${describeModel(model)} 的向量。请换回原模型，或重建索引。`,
    );
  }

  #checkIds(path: string, documents: readonly IndexedDocument[]): void {
    const taken = new Set<string>();
    for (const stored of this.#files.values()) {
      if (stored.file.path === path) continue;
      for (const { document } of stored.documents) {
        taken.add(document.id);
        for (const clause of document.clauses) taken.add(clause.id);
      }
    }
    for (const { document } of documents) {
      for (const id of [document.id, ...document.clauses.map((clause) => clause.id)]) {
        if (taken.has(id)) throw new RangeError(`id taken by another file: ${id}`);
      }
    }
  }
}
