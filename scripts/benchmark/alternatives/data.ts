/** The data that all alternatives get: the passages of an index with their vectors, and questions with theirs. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Embedder } from '../../../src/embed/embedder.js';
import { openEmbeddedStore } from '../../../src/store/embedded/embedded-store.js';
import type { Data } from './alternative.js';

type Columns = 'vectors' | 'queries' | 'district';

/** Where no jurisdiction is stated. */
const NOWHERE = '无';

/** Writes the data of an index into a folder, for processes that read it. */
export async function writeData(
  index: string,
  topics: readonly string[],
  embedder: Embedder,
  folder: string,
): Promise<void> {
  const store = openEmbeddedStore(index, { mode: 'read' });
  try {
    const { passages, model } = store.status();
    const { dimension } = model!;
    const vectors = new Float32Array(passages * dimension);
    const district = new Uint16Array(passages);
    const districts = new Map<string, number>();
    const texts: string[] = [];
    for (const { key, metadata } of store.documents()) {
      const name = metadata.jurisdiction?.name ?? NOWHERE;
      if (!districts.has(name)) districts.set(name, districts.size);
      for (const { passage, encoding } of store.encoded(key)) {
        district[texts.length] = districts.get(name)!;
        vectors.set(encoding.sentence, texts.length * dimension);
        texts.push(passage.text);
      }
    }
    const queries = new Float32Array(topics.length * dimension);
    for (const [i, topic] of topics.entries())
      queries.set((await embedder.embedQuery(topic)).sentence, i * dimension);
    const columns: Pick<Data, Columns> = { vectors, queries, district };
    for (const [name, column] of Object.entries(columns)) await writeFile(join(folder, name), column);
    const rest: Omit<Data, Columns> = { dimension, topics, texts, districts: [...districts.keys()], index };
    await writeFile(join(folder, 'rest.json'), JSON.stringify(rest));
  } finally {
    store.close();
  }
}

export async function readData(folder: string): Promise<Data> {
  const rest = JSON.parse(await readFile(join(folder, 'rest.json'), 'utf8')) as Omit<Data, Columns>;
  // Copied: a pool of small files need not begin at a multiple of four.
  const bytes = async (name: Columns) => new Uint8Array(await readFile(join(folder, name))).buffer;
  return {
    ...rest,
    vectors: new Float32Array(await bytes('vectors')),
    queries: new Float32Array(await bytes('queries')),
    district: new Uint16Array(await bytes('district')),
  };
}
