/** Vectors drawn at random in place of a network: a large index in minutes, to measure what follows the embedding. */
import type { Embedder, Encoding, ModelIdentity } from '../../src/embed/embedder.js';
import { mulberry32 } from '../mulberry32.js';

/** Components between −19 and 19 give a token of 128 of them the norm 127, about. */
const TOKEN_DIMENSION = 128;
const IDENTITY: ModelIdentity = {
  name: 'bench/random',
  sha256: '0'.repeat(64),
  dimension: 512,
  tokenDimension: TOKEN_DIMENSION,
  pooling: 'cls',
  queryPrefix: '',
};
/** Cosine of any two texts, about: those of a real encoder of one language lie around this. */
const COMMON = 0.5;

/** The same text has the same vectors. One token per two characters, as words of a sentence have on average, at least one. */
export function createRandomEmbedder(): Embedder {
  const common = unit(mulberry32(1), IDENTITY.dimension);
  const encode = (text: string): Encoding => {
    const random = mulberry32(seedOf(text));
    const own = unit(random, IDENTITY.dimension);
    const sentence = own.map((value, i) => Math.sqrt(1 - COMMON) * value + Math.sqrt(COMMON) * common[i]!);
    const norm = Math.hypot(...sentence);
    const tokens = new Int8Array(Math.max(1, text.length >> 1) * TOKEN_DIMENSION);
    for (let i = 0; i < tokens.length; i++) tokens[i] = Math.floor(random() * 39) - 19;
    return { sentence: sentence.map((value) => value / norm), tokens };
  };
  return {
    identity: IDENTITY,
    queryModel: IDENTITY.sha256,
    maxTokens: 512,
    countTokens: (text) => text.length + 2,
    embedQuery: (text) => Promise.resolve(encode(text)),
    embedPassages: async (texts, { onEncoded, onProgress } = {}) => {
      const encodings: Encoding[] = [];
      for (const text of texts) {
        encodings.push(encode(text));
        onEncoded?.(encodings.length - 1, encodings.at(-1)!);
        if (encodings.length % 256 === 0) await new Promise(setImmediate);
      }
      onProgress?.(encodings.length);
      return encodings;
    },
    close: () => Promise.resolve(),
  };
}

/** A direction: sums of two even draws are round enough for a sphere of so many dimensions. */
function unit(random: () => number, dimension: number): Float32Array {
  const vector = new Float32Array(dimension);
  let sum = 0;
  for (let i = 0; i < dimension; i++) {
    vector[i] = random() + random() - 1;
    sum += vector[i]! ** 2;
  }
  return vector.map((value) => value / Math.sqrt(sum));
}

/** FNV-1a. */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
