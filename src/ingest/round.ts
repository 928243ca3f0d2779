/** Files that are embedded and put together. */
import { clauseTerms } from '../analysis/clause-terms.js';
import type { Embedder, Encoding } from '../embed/embedder.js';
import type { ParsedFile } from '../model/document.js';
import type { Passage } from '../model/passage.js';
import type { IndexedDocument, KeptFile } from '../store/store.js';
import { kept, type HeldEncodings } from './held-encodings.js';
import type { Pace } from './pace.js';

/** A file that was read, with the passages of each of its documents and what the index holds of it. */
export interface Pending {
  readonly parsed: ParsedFile;
  readonly original: KeptFile['original'];
  readonly passages: readonly (readonly Passage[])[];
  readonly held: HeldEncodings | null;
}

/**
 * The documents of each file, ready to be put. Each text is embedded once, however often it stands in the round: a text has the same
 * vectors whatever stands beside it.
 */
export async function encodeRound(
  round: readonly Pending[],
  embedder: Embedder,
  pace: Pace,
  signal: AbortSignal | undefined,
): Promise<{ readonly pending: Pending; readonly documents: IndexedDocument[] }[]> {
  const wanted = new Map<string, number>();
  let reused = 0;
  for (const { passages, held } of round) {
    for (const passage of passages.flat()) {
      if (held?.get(passage)) reused++;
      else wanted.set(passage.text, (wanted.get(passage.text) ?? 0) + 1);
    }
  }
  pace.reused(reused);
  const texts = [...wanted.keys()];
  pace.embedding(texts);
  const last = round.at(-1)?.parsed.file.path ?? null;
  const encodings = await embedder.embedPassages(texts, {
    onEncoded: (index) => pace.embedded(texts[index]!, last, wanted.get(texts[index]!)!),
    signal,
  });
  const fresh = new Map(texts.map((text, i): [string, Encoding] => [text, encodings[i]!]));
  return round.map((pending) => ({
    pending,
    documents: pending.parsed.documents.map((document, i): IndexedDocument => {
      const passages = pending.passages[i]!;
      return {
        document,
        terms: clauseTerms(document),
        passages,
        encodings: passages.map((passage) =>
          kept(passage, pending.held?.get(passage) ?? fresh.get(passage.text)!),
        ),
      };
    }),
  }));
}
