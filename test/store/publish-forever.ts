/** A process of a test: publishes generation after generation, each with its number in all five files, until killed. Arguments: folder, limits as JSON. */
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import { makeDocument, makeFile, MODEL } from '../contract/make-document.js';

const [folder, limits] = process.argv.slice(2) as [string, string];
const store = openEmbeddedStore(folder, { mode: 'write', ...(JSON.parse(limits) as object) });
process.stdout.write('ready\n');
for (;;) {
  const next = store.status().generation + 1;
  for (const file of ['a', 'b', 'c', 'd', 'e']) {
    const clauses = Array.from({ length: 40 }, (_, i) => `第${next}代，第${i}条。`);
    store.putFile(
      makeFile(file),
      [makeDocument({ id: `of-${file}`, file, clauses, title: `${next}` })],
      MODEL,
    );
  }
  await store.publish();
}
