/** A process of a test: one ingest with the test embedder, as the program does it. Arguments: corpus, index. Says when it begins, and when to publish. */
import { join } from 'node:path';
import { EmbeddingJournal, withJournal } from '../../src/embed/embedding-journal.js';
import { ingest } from '../../src/ingest.js';
import { embedder, openToWrite } from './small-index.js';

const [corpus, index] = process.argv.slice(2) as [string, string];
const store = openToWrite(index);
const journal = new EmbeddingJournal(join(index, 'unpublished.vectors'), embedder.identity);
process.stdout.write('begins\n');
const { publish } = store;
store.publish = (options) => {
  process.stdout.write('publishes\n');
  return publish.call(store, options);
};
await ingest({
  corpus,
  store,
  embedder: withJournal(embedder, journal),
  onPublished: () => journal.clear(),
});
journal.close();
store.close();
