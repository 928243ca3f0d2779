/** A process of a test, started with little room for files: puts until it is refused, then publishes. Arguments: folder, files. */
import { TiaowenError } from '../../src/model/errors.js';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import { putFiles } from './index-folder.js';

const [folder, files] = process.argv.slice(2);
const outcome = (error: unknown) => (error instanceof TiaowenError ? error.code : String(error));
const store = openEmbeddedStore(folder!, { mode: 'write', exactLimit: 0 });
let put = 'all';
try {
  for (let i = 0; i < Number(files); i++) putFiles(store, [`file-${i}.txt`], 300);
} catch (error) {
  put = outcome(error);
}
const published = await store.publish().then(() => 'published', outcome);
process.stdout.write(JSON.stringify({ put, published }));
store.close();
