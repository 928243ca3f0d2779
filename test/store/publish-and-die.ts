/** A process of a test: opens an index, does what it is told, says so, and waits to be killed. Arguments: folder, how far. */
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import { putFiles } from './index-folder.js';

const [folder, until] = process.argv.slice(2);
const store = openEmbeddedStore(folder!, { mode: 'write', exactLimit: 0 });
if (until !== 'opened') {
  store.removeFile('a.txt');
  putFiles(store, ['b.txt', 'new.txt'], 400);
}
if (until === 'committed') await store.publish({ derive: false });
process.stdout.write('ready\n');
setInterval(() => undefined, 1000);
