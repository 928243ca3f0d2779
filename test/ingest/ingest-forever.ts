/** A process of a test: ingests with the fake embedder, appending each text it embeds to a file. Arguments: corpus, index, log. */
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { EmbeddingJournal, withJournal } from '../../src/embed/embedding-journal.js';
import { ingest } from '../../src/ingest.js';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import { createFakeEmbedder } from '../embed/fake-embedder.js';

const [corpus, index, log] = process.argv.slice(2) as [string, string, string];
const fake = createFakeEmbedder(16, 8);
const journal = new EmbeddingJournal(join(index, 'unpublished.vectors'), fake.identity);
const slow: typeof fake = {
  ...fake,
  async embedPassages(texts, { onEncoded, ...others } = {}) {
    const encodings = [];
    for (const [i, text] of texts.entries()) {
      const [encoding] = await fake.embedPassages([text], others);
      encodings.push(encoding!);
      onEncoded?.(i, encoding!);
      // After the journal has it: what is noted here must never be asked for again.
      appendFileSync(log, `${text}\n`);
      if (i % 4 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    }
    return encodings;
  },
};
const store = openEmbeddedStore(index, { mode: 'write', exactLimit: 0 });
process.stdout.write('ready\n');
await ingest({
  corpus,
  store,
  embedder: withJournal(slow, journal),
  onPublished: () => journal.clear(),
});
store.close();
