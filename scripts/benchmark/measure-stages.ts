/** What each stage of an ingest takes beside the embedding, one after the other on one thread. */
import { join } from 'node:path';
import { clauseTerms } from '../../src/analysis/clause-terms.js';
import type { Embedder } from '../../src/embed/embedder.js';
import { passagesThatFit, readSource } from '../../src/ingest/read-source.js';
import type { PolicyDocument } from '../../src/model/document.js';
import { parseFile } from '../../src/parse/parse-file.js';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';

/** Milliseconds. */
export interface StageFigures {
  /** Files read, hashed and parsed to clauses with their metadata. */
  readonly parse: number;
  /** Clauses cut into passages that the model takes. */
  readonly passages: number;
  readonly terms: number;
  /** Rows, vectors and originals with their checksums. */
  readonly write: number;
  readonly publish: number;
  /** An HNSW graph over all vectors, forced: none is made below four million passages. */
  readonly graph: number;
}

/** Reads the files of `corpus` that `index` was made of, and writes them again into a folder below `work`. */
export async function measureStages(
  corpus: string,
  index: string,
  work: string,
  embedder: Pick<Embedder, 'maxTokens' | 'countTokens'>,
): Promise<StageFigures> {
  const spent = { parse: 0, passages: 0, terms: 0, write: 0, publish: 0, graph: 0 };
  const timed = async <T>(stage: keyof StageFigures, action: () => T | Promise<T>): Promise<T> => {
    const from = performance.now();
    const result = await action();
    spent[stage] += performance.now() - from;
    return result;
  };
  const held = openEmbeddedStore(index, { mode: 'read' });
  const copy = openEmbeddedStore(join(work, 'index-again'), { mode: 'write', exactLimit: 0 });
  try {
    const entries = new Map(held.documents().map(({ id, key }) => [id, key]));
    const model = held.status().model!;
    const encoded = ({ id }: PolicyDocument) => held.encoded(entries.get(id)!);
    for (const { path } of held.files()) {
      const { parsed, bytes } = await timed('parse', async () => {
        const source = await readSource(corpus, path);
        if (!('bytes' in source)) throw source.error;
        return { parsed: await parseFile(source.bytes, path), bytes: source.bytes };
      });
      const known = parsed.documents.filter(({ id }) => entries.has(id));
      await timed('passages', () => known.map((document) => passagesThatFit(document, embedder as Embedder)));
      const terms = await timed('terms', () => known.map(clauseTerms));
      const documents = known.map((document, i) => ({
        document,
        terms: terms[i]!,
        passages: encoded(document).map(({ passage }) => passage),
        encodings: encoded(document).map(({ encoding }) => encoding),
      }));
      const kept = { file: parsed.file, original: bytes, source: parsed.source, places: parsed.places };
      await timed('write', () => copy.putFile(kept, documents, model));
    }
    await timed('publish', () => copy.publish({ derive: false }));
    await timed('graph', () => copy.publish());
    return spent;
  } finally {
    held.close();
    copy.close();
  }
}
