/** What a model gave for the texts that were asked last. */
import type { Embedder, Encoding } from '../embed/embedder.js';

/** As embedQuery(), but that `most` encodings are kept, those asked last. Equal texts have equal encodings, so that none can tell. */
export function keepEncodings(
  embedder: Pick<Embedder, 'embedQuery'>,
  most: number,
): (text: string) => Promise<Encoding> {
  const kept = new Map<string, Encoding>();
  return async (text) => {
    const encoding = kept.get(text) ?? (await embedder.embedQuery(text));
    kept.delete(text);
    kept.set(text, encoding);
    if (kept.size > most) kept.delete(kept.keys().next().value!);
    return encoding;
  };
}
