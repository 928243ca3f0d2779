/** Which saying of the bank a question is near to: what stands behind a question that has no word in common with any document. */
import type { Embedder, Encoding } from '../embed/embedder.js';
import { readVectorFile, writeVectorFile } from '../embed/vector-file.js';
import { DenseScan } from '../kernel/dense-scan.js';
import type { Saying } from '../lexicon/sayings.js';
import { keepEncodings } from './kept-encodings.js';

export interface NearSaying extends Saying {
  /** Of the question and the saying, −1 to 1. */
  readonly cosine: number;
}

export interface SayingBank {
  /** The sayings nearest to a question's sentence vector, nearest first, of four topics at most; none when none is near enough. One pass. */
  nearest(question: Float32Array): NearSaying[];
  /** What the model gives for what a saying means, as for a question. Throws as Embedder.embedQuery(). */
  encode(meaning: string): Promise<Encoding>;
}

/** How near a saying must be to vote; measured on questions about documents that the bank does not know (lexicon/README.md). */
const NEAR = 0.6;

/** Topics that may vote: the nearest saying may belong to a neighbour of what was meant. */
const MOST_TOPICS = 4;

/** Topics of which encodings are kept, 3 kB each: everyday questions come to the same ones, and to embed four takes a third of an answer. */
const TOPICS_KEPT = 256;

/** Sayings that were added or changed since the vectors were written are embedded at the start; more of them would be felt. */
const EMBEDDED_AT_START = 200;

/** Writes the vectors of all sayings; takes a few milliseconds a saying. */
export async function embedSayings(
  sayings: readonly Saying[],
  embedder: Embedder,
  path: string,
): Promise<void> {
  const texts = sayings.map(({ text }) => text);
  writeVectorFile(path, embedder.queryModel, texts, await vectorsOf(texts, embedder));
}

/**
 * Null when there is nothing to compare with: no sayings, or vectors of another model in `path` and more sayings than can be embedded at
 * the start. `npm run sayings` writes them for the model that is configured.
 */
export async function openSayingBank(
  sayings: readonly Saying[],
  embedder: Embedder,
  path: string,
): Promise<SayingBank | null> {
  const { dimension } = embedder.identity;
  const file = readVectorFile(path);
  const usable = file?.model === embedder.queryModel && file.dimension === dimension;
  const kept = sayings.map(({ text }) => (usable ? file.vector(text) : null));
  const lacking = sayings.filter((_, i) => kept[i] === null).slice(0, EMBEDDED_AT_START);
  if (!usable && lacking.length < sayings.length) return null;
  const held = [...sayings.filter((_, i) => kept[i] !== null), ...lacking];
  if (held.length === 0) return null;
  const scan = new DenseScan(held.length, dimension);
  let row = 0;
  for (const vector of kept) if (vector !== null) scan.putRounded(row++, vector.components, vector.unit);
  const added = await vectorsOf(
    lacking.map(({ text }) => text),
    embedder,
  );
  for (const { buffer, byteOffset, byteLength } of added)
    scan.put(row++, new Uint8Array(buffer, byteOffset, byteLength));
  return bankOf(held, scan, embedder);
}

function bankOf(sayings: readonly Saying[], scan: DenseScan, embedder: Embedder): SayingBank {
  return {
    encode: keepEncodings(embedder, TOPICS_KEPT),
    nearest(question) {
      const cosines = scan.cosines(question);
      const near: NearSaying[] = [];
      for (let i = 0; i < sayings.length; i++)
        if (cosines[i]! >= NEAR) near.push({ ...sayings[i]!, cosine: cosines[i]! });
      near.sort((a, b) => b.cosine - a.cosine);
      const byTopic = new Map<string, NearSaying>();
      for (const one of near) if (!byTopic.has(one.topic)) byTopic.set(one.topic, one);
      return [...byTopic.values()].slice(0, MOST_TOPICS);
    },
  };
}

async function vectorsOf(texts: readonly string[], embedder: Embedder): Promise<Float32Array[]> {
  const vectors: Float32Array[] = [];
  for (const text of texts) vectors.push((await embedder.embedQuery(text)).sentence);
  return vectors;
}
