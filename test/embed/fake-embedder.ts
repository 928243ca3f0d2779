/** A deterministic embedder without a model, for tests of the store and the search: texts that share character bigrams are near. */
import type { Embedder, Encoding } from '../../src/embed/embedder.js';
import { TiaowenError } from '../../src/model/errors.js';

const MAX_TOKENS = 512;

/**
 * One token per character. `dimension`: length of the sentence vectors. `tokenDimension`: length of the token vectors, or null
 * (the default) for a model without them.
 */
export function createFakeEmbedder(dimension = 32, tokenDimension: number | null = null): Embedder {
  const encode = (text: string): Encoding => {
    const characters = [...text];
    if (characters.length + 2 > MAX_TOKENS) {
      throw new TiaowenError(
        'passage-too-long',
        `段落有 ${characters.length + 2} 个词元，超过模型上限 ${MAX_TOKENS}。`,
      );
    }
    const grams = characters.length > 1 ? characters.slice(1).map((c, i) => characters[i]! + c) : characters;
    return {
      sentence: hashed(grams, dimension),
      tokens: tokenDimension === null ? null : tokenVectors(characters, tokenDimension),
    };
  };
  return {
    identity: {
      name: 'test/fake',
      sha256: '0'.repeat(64),
      dimension,
      tokenDimension,
      pooling: 'mean',
      queryPrefix: '',
    },
    queryModel: '0'.repeat(64),
    maxTokens: MAX_TOKENS,
    countTokens: (text) => [...text].length + 2,
    embedQuery: (text) => new Promise((resolve) => resolve(encode(text))),
    async embedPassages(texts, { onProgress, onEncoded, signal } = {}) {
      const out: Encoding[] = [];
      for (const text of texts) {
        signal?.throwIfAborted();
        out.push(encode(text));
        onEncoded?.(out.length - 1, out.at(-1)!);
        onProgress?.(out.length);
        if (out.length % 256 === 0) await new Promise(setImmediate);
      }
      return out;
    },
    close: () => Promise.resolve(),
  };
}

/** Sum of one ±1 spike per feature, L2 norm 1; the first axis when there are no features. */
function hashed(features: readonly string[], dimension: number): Float32Array {
  const vector = new Float32Array(dimension);
  for (const feature of features) {
    const h = fnv1a(feature);
    vector[(h >>> 1) % dimension]! += h & 1 ? 1 : -1;
  }
  const norm = Math.hypot(...vector);
  if (norm === 0) vector[0] = 1;
  else for (let i = 0; i < dimension; i++) vector[i]! /= norm;
  return vector;
}

function tokenVectors(characters: readonly string[], dimension: number): Int8Array {
  const out = new Int8Array(characters.length * dimension);
  characters.forEach((c, row) => {
    // Four spikes per character, so that different characters are seldom equal.
    const vector = hashed([`${c}0`, `${c}1`, `${c}2`, `${c}3`], dimension);
    for (let i = 0; i < dimension; i++) out[row * dimension + i] = Math.round(vector[i]! * 127);
  });
  return out;
}

/** 32-bit FNV-1a over UTF-16 units. */
function fnv1a(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    h ^= text.charCodeAt(i);
    h = Math.imul(h, 0x01000193) >>> 0;
  }
  return h >>> 0;
}
