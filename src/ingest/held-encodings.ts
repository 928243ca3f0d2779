/** Encodings that the index holds already: a changed file is embedded only where it changed. */
import type { Encoding } from '../embed/embedder.js';
import type { Passage } from '../model/passage.js';
import type { DocumentEntry, IndexReader } from '../store/store.js';

/** The encodings of one file as it was, by kind and text: of windows no token vectors are kept. */
export class HeldEncodings {
  readonly #encodings = new Map<string, Encoding>();

  constructor(store: IndexReader, documents: readonly DocumentEntry[]) {
    for (const { key } of documents) {
      for (const { passage, encoding } of store.encoded(key))
        this.#encodings.set(passage.kind + passage.text, encoding);
    }
  }

  get({ kind, text }: Pick<Passage, 'kind' | 'text'>): Encoding | undefined {
    return this.#encodings.get(kind + text);
  }
}

/**
 * Token vectors are kept for sentences only: what late interaction needs of a window is the better of its two sentences, token by
 * token, which measured the same (docs/evaluation.md) and takes a third of the space.
 */
export function kept({ kind }: Pick<Passage, 'kind'>, encoding: Encoding): Encoding {
  return kind === 'sentence' ? encoding : { sentence: encoding.sentence, tokens: null };
}
