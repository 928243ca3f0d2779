/** LanceDB: a table with vectors, asked without and with its approximate index. */
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { rowOf, type Alternative, type Data, type Opened } from './alternative.js';

interface Query {
  distanceType(type: 'dot'): Query;
  where(predicate: string): Query;
  limit(k: number): Query;
  select(columns: readonly string[]): Query;
  toArray(): Promise<readonly { readonly key: number }[]>;
}

interface Table {
  vectorSearch(query: Float32Array): Query;
  add(rows: readonly object[]): Promise<unknown>;
  createIndex(column: string, options: object): Promise<void>;
}

/** What is used of the package. */
interface Lancedb {
  connect(folder: string): Promise<{ createTable(name: string, rows: readonly object[]): Promise<Table> }>;
  readonly Index: { hnswSq(options: object): unknown };
}

const BATCH = 2_000;

async function fill(data: Data, folder: string, { connect }: Lancedb): Promise<Table> {
  const { vectors, dimension, texts, district, districts } = data;
  const rows = (from: number) =>
    texts.slice(from, from + BATCH).map((text, i) => ({
      key: from + i,
      text,
      district: districts[district[from + i]!]!,
      vector: Array.from(rowOf(vectors, from + i, dimension)),
    }));
  const table = await (await connect(folder)).createTable('passages', rows(0));
  for (let from = BATCH; from < texts.length; from += BATCH) await table.add(rows(from));
  return table;
}

function opened(table: Table, { queries, dimension, districts }: Data, folder: string): Opened {
  const ask = (query: number) => table.vectorSearch(rowOf(queries, query, dimension)).distanceType('dot');
  const keysOf = async (query: Query, k: number) =>
    (await query.limit(k).select(['key']).toArray()).map(({ key }) => Number(key));
  return {
    search: (query, k) => keysOf(ask(query), k),
    filtered: (query, district, k) => keysOf(ask(query).where(`district = '${districts[district]!}'`), k),
    disk: readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((path) => statSync(join(folder, path)))
      .reduce((total, entry) => total + (entry.isFile() ? entry.size : 0), 0),
  };
}

export const lancedbFlat: Alternative = {
  name: 'LanceDB, exact',
  needs: '@lancedb/lancedb',
  how: 'a table without an index',
  lacks: 'Chinese words (its full text wants a tokenizer), more than one best place a text',
  byVector: true,
  async build(data, folder, load) {
    return opened(await fill(data, folder, load('@lancedb/lancedb') as Lancedb), data, folder);
  },
};

export const lancedbGraph: Alternative = {
  name: 'LanceDB, approximate',
  needs: '@lancedb/lancedb',
  how: 'IVF with HNSW and scalar quantisation, its defaults',
  lacks: 'the same',
  byVector: true,
  async build(data, folder, load) {
    const package_ = load('@lancedb/lancedb') as Lancedb;
    const table = await fill(data, folder, package_);
    await table.createIndex('vector', {
      config: package_.Index.hnswSq({ distanceType: 'dot' }),
      waitTimeoutSeconds: 600,
    });
    return opened(table, data, folder);
  },
};
