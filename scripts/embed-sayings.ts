/** Writes lexicon/sayings.vectors: the vectors of all sayings by the model that is configured. `npm run sayings`, after many edits or with another model. */
import { readConfig } from '../src/config.js';
import { loadSayings, openEmbedder, SAYING_VECTORS } from '../src/open.js';
import { embedSayings } from '../src/search/saying-bank.js';

const embedder = await openEmbedder(readConfig({}, {}));
const sayings = loadSayings();
console.log(`${sayings.length} 条说法，正在计算向量 …`);
await embedSayings(sayings, embedder, SAYING_VECTORS);
await embedder.close();
console.log(`已写入 ${SAYING_VECTORS}`);
