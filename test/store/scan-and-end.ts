/** scan-and-end.ts INDEX closed|open: scans an index with other threads and comes to its end. */
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import { makeRandom, MODEL, randomUnit } from '../contract/make-document.js';

const [folder, how] = process.argv.slice(2);
const store = openEmbeddedStore(folder!, { mode: 'read', roundAbove: 0, shareAbove: 0 });
store.scan(randomUnit(makeRandom(2), MODEL.dimension));
if (how === 'closed') store.close();
console.log('scanned');
