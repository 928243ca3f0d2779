/** The store on disk: a SQLite file that is the truth, and what is derived from it: columns.bin, tokens-N.bin and an HNSW graph of a large index. */
import type { HierarchicalNSW } from 'hnswlib-node';
import type { Clause } from '../../model/clause.js';
import type { ModelIdentity } from '../../embed/embedder.js';
import type { PreparedQuery } from '../../kernel/interaction.js';
import type { PolicyDocument, SourceFile } from '../../model/document.js';
import type { PagePlace, SourceMap } from '../../model/source-map.js';
import type { Span } from '../../model/span.js';
import type {
  ClauseScores,
  DocumentEntry,
  EncodedPassage,
  Finding,
  IndexedDocument,
  IndexStatus,
  KeptFile,
  LexicalField,
  LongWork,
  OnProgress,
  PassageEntry,
  PassageScore,
  PassageTokens,
  PublishOptions,
  Store,
  TermsOf,
} from '../store.js';
import { termsFor } from '../check-input.js';
import { dropColumns } from './columns-file.js';
import { dropTokens } from './token-contents.js';
import { buildInSteps, dropGraph, saveGraph, stampInStep } from './graph.js';
import type { GraphExpectation } from './graph.js';
import { guard, translate } from './guard.js';
import { Reader } from './reader.js';
import type { ReaderOptions } from './reader.js';
import { Writer } from './writer.js';
import type { RenewedTerms } from './write-rows.js';

export interface EmbeddedOptions {
  /** `write`: makes the folder when missing, and is the only writer until closed. */
  readonly mode: 'read' | 'write';
  /** Up to so many passages nearest() uses the exact scan, and no graph is made; above it the graph. Default four million. */
  readonly exactLimit?: number;
  /** Above so many passages a question is compared with vectors rounded to int8. Default 20,000: an exact scan of 10 ms, 40 MB of floats. */
  readonly roundAbove?: number;
  /** Above so many passages token vectors stand beside the database too, where a question reads them faster. Default 2,000. */
  readonly tokensAbove?: number;
  /** Above so many passages that are kept as int8 other threads take part in a scan, one for each further core, and in late interaction. Default 50,000. */
  readonly shareAbove?: number;
}

/** A question scores all passages in any case, so a graph spares nothing before that; and to make one takes as long as to embed. */
const EXACT_LIMIT = 4_000_000;
const ROUND_ABOVE = 20_000;
/** A question reads the token vectors of some 2,000 clauses, so that it takes as long in a small index as in a large one. */
const TOKENS_ABOVE = 2_000;
/** To wake a thread takes a tenth of a millisecond, and the thread 10 MB. */
const SHARE_ABOVE = 50_000;

/**
 * Opens the index in a folder. Throws TiaowenError index-missing (read mode), index-format, index-damaged, index-unwritable or
 * index-locked (write mode).
 */
export function openEmbeddedStore(folder: string, options: EmbeddedOptions): Store {
  const { exactLimit = EXACT_LIMIT, roundAbove = ROUND_ABOVE } = options;
  const { tokensAbove = TOKENS_ABOVE, shareAbove = SHARE_ABOVE } = options;
  const limits = { exactLimit, roundAbove, tokensAbove, shareAbove };
  if (options.mode === 'read') return new EmbeddedStore(folder, limits, null);
  const writer = new Writer(folder);
  try {
    return new EmbeddedStore(folder, limits, writer);
  } catch (error) {
    writer.close();
    throw error;
  }
}

class EmbeddedStore implements Store {
  readonly #folder: string;
  readonly #reader: Reader;
  readonly #writer: Writer | null;
  #closed = false;
  #deriving: Promise<void> = Promise.resolve();

  constructor(folder: string, limits: Omit<ReaderOptions, 'rebuild'>, writer: Writer | null) {
    this.#folder = folder;
    this.#writer = writer;
    this.#reader = new Reader(folder, {
      ...limits,
      rebuild: writer === null ? null : (expected) => this.#rebuildGraph(expected),
    });
  }

  putFile(kept: KeptFile, documents: readonly IndexedDocument[], model: ModelIdentity): void {
    this.#writable().putFile(kept, documents, model);
  }

  removeFile(path: string): boolean {
    return this.#writable().removeFile(path);
  }

  rebuildLexical(): void {
    this.#writable().rebuildLexical();
  }

  async renewTerms(version: number, termsOf: TermsOf, options: LongWork = {}): Promise<void> {
    const writer = this.#writable();
    if (writer.changed) throw new TypeError('renewTerms: publish what was put first');
    const reader = this.#reader;
    const renewed = reader
      .documents()
      .map(({ id }) => (): RenewedTerms => ({ id, terms: termsFor(reader.document(id)!, termsOf) }));
    await writer.renewTerms(version, renewed, options);
  }

  async publish({ derive = true, thorough = false, signal }: PublishOptions = {}): Promise<void> {
    const writer = this.#writable();
    if (writer.changed) {
      writer.commit();
      this.#reader.refresh();
      writer.checkpoint();
    }
    if (!derive) return;
    // One after the other: two at once would write the same files.
    this.#deriving = this.#deriving.then(() => this.#derive(thorough, signal));
    const derived = this.#deriving;
    this.#deriving = derived.catch(() => undefined);
    await derived;
  }

  async #derive(thorough: boolean, signal: AbortSignal | undefined): Promise<void> {
    if (this.#closed || signal?.aborted) return;
    const graph = this.#reader.graphExpectation;
    if (graph === null) dropGraph(this.#folder);
    else if (stampInStep(this.#folder, graph) === null) await this.#deriveGraph(graph, this.#wanted(signal));
    await this.#deriveColumns(this.#wanted(signal));
    await this.#deriveTokens(thorough, this.#wanted(signal));
  }

  /** What is derived of the generation that is read now is no longer wanted when another one is, or nobody waits for it. */
  #wanted(signal: AbortSignal | undefined): () => boolean {
    const { generation } = this.#reader;
    return () => !this.#closed && !signal?.aborted && this.#reader.generation === generation;
  }

  close(): void {
    this.#closed = true;
    this.#reader.close();
    this.#writer?.close();
  }

  status(): IndexStatus {
    return this.#reader.status();
  }

  files(): readonly SourceFile[] {
    return this.#reader.files();
  }

  originals(): ReadonlySet<string> {
    return this.#reader.originals();
  }

  original(sha256: string): Uint8Array | null {
    return this.#reader.original(sha256);
  }

  source(path: string): string | null {
    return this.#reader.source(path);
  }

  places(path: string, span: Span): readonly PagePlace[] {
    return this.#reader.places(path, span);
  }

  documents(): readonly DocumentEntry[] {
    return this.#reader.documents();
  }

  document(id: string): PolicyDocument | null {
    return this.#reader.document(id);
  }

  sourceMap(id: string): SourceMap | null {
    return this.#reader.sourceMap(id);
  }

  clause(id: string): Clause | null {
    return this.#reader.clause(id);
  }

  clauseText(key: number): string {
    return this.#reader.clauseText(key);
  }

  clauseLabel(key: number): Pick<Clause, 'kind' | 'number' | 'label'> {
    return this.#reader.clauseLabel(key);
  }

  clauseHeadings(key: number): Clause['headingPath'] {
    return this.#reader.clauseHeadings(key);
  }

  clauseByKey(key: number): Clause {
    return this.#reader.clauseByKey(key);
  }

  passage(key: number): PassageEntry {
    return this.#reader.passage(key);
  }

  passagesOf(clauseKey: number): { readonly first: number; readonly count: number } {
    return this.#reader.passagesOf(clauseKey);
  }

  scan(query: Float32Array): ClauseScores {
    return this.scanAll([query])[0]!;
  }

  scanAll(queries: readonly Float32Array[]): ClauseScores[] {
    return this.beginScan(queries)();
  }

  beginScan(queries: readonly Float32Array[]): () => ClauseScores[] {
    return this.#reader.beginScan(queries);
  }

  lexical(field: LexicalField, terms: readonly string[]): ReadonlyMap<number, number> {
    return this.#reader.lexical(field, terms);
  }

  lexicalShares(field: LexicalField, terms: readonly string[], ceiling: number, column: Float32Array): void {
    this.#reader.lexicalShares(field, terms, ceiling, column);
  }

  clausesWith(field: LexicalField, term: string): Int32Array {
    return this.#reader.clausesWith(field, term);
  }

  clauseFrequencies(field: LexicalField, terms: readonly string[]): readonly number[] {
    return this.#reader.clauseFrequencies(field, terms);
  }

  nearest(query: Float32Array, k: number): readonly PassageScore[] {
    return this.#reader.nearest(query, k);
  }

  encoded(documentKey: number): readonly EncodedPassage[] {
    return this.#reader.encoded(documentKey);
  }

  interact(queries: readonly PreparedQuery[], clauseKeys: Int32Array, asked: Uint8Array): Int32Array {
    return this.#reader.interact(queries, clauseKeys, asked);
  }

  clauseTokens(clauseKey: number): readonly PassageTokens[] {
    return this.#reader.clauseTokens(clauseKey);
  }

  tokenVectors(passageKey: number): Int8Array | null {
    return this.#reader.tokenVectors(passageKey);
  }

  refresh(): boolean {
    return this.#reader.refresh();
  }

  termsVersion(): number {
    return this.#reader.termsVersion();
  }

  verify(onProgress?: OnProgress): readonly Finding[] {
    return this.#reader.verify(onProgress);
  }

  #writable(): Writer {
    if (this.#writer === null) throw new TypeError('this store was opened for reading');
    return this.#writer;
  }

  async #deriveColumns(isWanted: () => boolean): Promise<void> {
    const { generation } = this.#reader;
    try {
      if (!generation.rounds) dropColumns(this.#folder);
      else if (isWanted() && !generation.hasColumns()) await generation.saveColumns(isWanted);
    } catch (error) {
      throw translate(error, this.#folder);
    }
  }

  async #deriveTokens(thorough: boolean, isWanted: () => boolean): Promise<void> {
    const { generation } = this.#reader;
    try {
      if (!isWanted()) return;
      const { keepsTokens } = generation;
      if (keepsTokens && generation.hasTokens({ whole: thorough })) return;
      if (!keepsTokens || thorough) dropTokens(this.#folder);
      if (keepsTokens) await generation.saveTokens(isWanted);
    } catch (error) {
      throw translate(error, this.#folder);
    }
  }

  /** Others get turns of the event loop meanwhile. */
  async #deriveGraph(expected: GraphExpectation, isWanted: () => boolean): Promise<void> {
    const steps = buildInSteps(this.#reader.generation.columns);
    let step = steps.next();
    while (!step.done) {
      await new Promise(setImmediate);
      if (!isWanted()) return;
      step = steps.next();
    }
    this.#reader.adoptGraph(step.value);
    const graph = step.value;
    guard(this.#folder, () => {
      saveGraph(this.#folder, graph, expected);
    });
  }

  #rebuildGraph(expected: GraphExpectation): HierarchicalNSW {
    const steps = buildInSteps(this.#reader.generation.columns);
    let step = steps.next();
    while (!step.done) step = steps.next();
    try {
      saveGraph(this.#folder, step.value, expected);
    } catch {
      // The answer does not hang on the file; verify() tells that it is missing.
    }
    return step.value;
  }
}
