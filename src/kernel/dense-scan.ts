/** Very many vectors as int8 in WebAssembly memory, a quarter of what floats take, and their products with a query. */
import { WASM } from './dense-scan-wasm.js';
import { spareFloats, spareIntegers } from './spare-columns.js';
import { instantiate, sharedMemory } from './web-assembly.js';
import type { WasmMemory } from './web-assembly.js';

type Scan = (
  query: number,
  row: number,
  rows: number,
  dimension: number,
  scales: number,
  unit: number,
  cosines: number,
) => void;

interface DenseScanExports {
  readonly scan: Scan;
  readonly scanCached: Scan;
  best(cosines: number, groups: number, kinds: number, rows: number, firstKey: number, best: number): number;
  quantize(floats: number, rows: number, dimension: number, out: number, scales: number): void;
}

/** Components are taken sixteen at a time: a row is filled up with zeros, which change no product. */
const STEP = 16;
/** Rows that become int8 at a time. */
const STAGED = 64;
/** Rows that are multiplied before their cosines are looked at: they stay in the cache for the next query, and so do the cosines. */
const STRETCH = 1024;
/** Rows that are multiplied at once when they are in the cache. */
const AT_ONCE = 4;
/** Numbers that the kernel gives for each run of rows of a group. */
const RUN = 5;
const LARGEST = 127;

/** Of each group the best row of each kind: its cosine, −1 where there is none, and its key, −1 where there is none; the first among equals. */
export interface BestOfGroups {
  readonly cosines: readonly [Float32Array, Float32Array];
  readonly keys: readonly [Int32Array, Int32Array];
}

/**
 * `rows` vectors of float32, each rounded to int8 by a scale of its own. The cosine of two vectors of 512 dimensions is so known to
 * about ±0.001 (standard error 0.0003); products are exact integers of what was rounded, so equal questions have equal answers.
 */
export class DenseScan {
  readonly #rows: number;
  readonly #dimension: number;
  readonly #width: number;
  readonly #memory: WasmMemory;
  readonly #kernel: DenseScanExports;
  readonly #at: Readonly<
    Record<'query' | 'staging' | 'scales' | 'cosines' | 'best' | 'groups' | 'kinds' | 'vectors', number>
  >;
  /** [rows]: which group a row is of, ≥ 0, those of one group side by side. To be filled by the owner. */
  readonly groups: Int32Array;
  /** [rows]: 0 or 1. To be filled by the owner. */
  readonly kinds: Uint8Array;

  /** All zero. Throws RangeError when the system has not the memory, or for more than 4 GiB. */
  constructor(rows: number, dimension: number) {
    this.#rows = rows;
    this.#dimension = dimension;
    this.#width = Math.ceil(dimension / STEP) * STEP;
    let end = 0;
    const room = (bytes: number) => {
      const at = end;
      end += Math.ceil(bytes / STEP) * STEP;
      return at;
    };
    this.#at = {
      query: room(this.#width * Int16Array.BYTES_PER_ELEMENT),
      staging: room(STAGED * this.#width * Float32Array.BYTES_PER_ELEMENT),
      scales: room(rows * Float32Array.BYTES_PER_ELEMENT),
      cosines: room(STRETCH * Float32Array.BYTES_PER_ELEMENT),
      best: room(STRETCH * RUN * Int32Array.BYTES_PER_ELEMENT),
      groups: room(rows * Int32Array.BYTES_PER_ELEMENT),
      kinds: room(rows),
      vectors: room(rows * this.#width),
    };
    this.#memory = sharedMemory(end);
    this.#kernel = instantiate(WASM, { env: { memory: this.#memory } });
    this.groups = new Int32Array(this.#memory.buffer, this.#at.groups, rows);
    this.kinds = new Uint8Array(this.#memory.buffer, this.#at.kinds, rows);
  }

  /** Rows from `first` on: float32 in the order of this machine, row-major, in bytes at any alignment. */
  put(first: number, bytes: Uint8Array): void {
    const rowBytes = this.#dimension * Float32Array.BYTES_PER_ELEMENT;
    const rows = bytes.length / rowBytes;
    if (!Number.isInteger(rows) || first < 0 || first + rows > this.#rows)
      throw new RangeError(`${bytes.length} bytes from row ${first} on do not fit in ${this.#rows} rows`);
    for (let row = 0; row < rows; row += STAGED) {
      const count = Math.min(STAGED, rows - row);
      this.#stage(bytes.subarray(row * rowBytes, (row + count) * rowBytes), count);
      this.#kernel.quantize(
        this.#at.staging,
        count,
        this.#width,
        this.#at.vectors + (first + row) * this.#width,
        this.#at.scales + (first + row) * Float32Array.BYTES_PER_ELEMENT,
      );
    }
  }

  /** One row that was rounded before: `unit` is what one unit of its components stands for. Throws RangeError for another dimension. */
  putRounded(row: number, components: Int8Array, unit: number): void {
    if (components.length !== this.#dimension)
      throw new RangeError(`${components.length} components, ${this.#dimension} dimensions`);
    const { rows, scales } = this.bytesOf(row, 1);
    rows.fill(0);
    rows.set(new Uint8Array(components.buffer, components.byteOffset, components.length));
    scales.set(new Uint8Array(Float32Array.of(unit).buffer));
  }

  /** The very bytes of some rows as they are kept, to save them or to fill them from what was saved. Throws RangeError beyond the rows. */
  bytesOf(first: number, count: number): { readonly rows: Uint8Array; readonly scales: Uint8Array } {
    if (first < 0 || count < 0 || first + count > this.#rows)
      throw new RangeError(`no ${count} rows from row ${first} on in ${this.#rows}`);
    const { buffer } = this.#memory;
    const unit = Float32Array.BYTES_PER_ELEMENT;
    return {
      rows: new Uint8Array(buffer, this.#at.vectors + first * this.#width, count * this.#width),
      scales: new Uint8Array(buffer, this.#at.scales + first * unit, count * unit),
    };
  }

  #stage(bytes: Uint8Array, count: number): void {
    const width = this.#width * Float32Array.BYTES_PER_ELEMENT;
    const into = new Uint8Array(this.#memory.buffer, this.#at.staging, count * width);
    const from = bytes.length / count;
    if (from === width) into.set(bytes);
    else {
      into.fill(0);
      for (let row = 0; row < count; row++)
        into.set(bytes.subarray(row * from, (row + 1) * from), row * width);
    }
  }

  /** Cosine of the query with each row; all have norm 1. */
  cosines(query: Float32Array): Float32Array {
    const all = new Float32Array(this.#rows);
    this.#eachStretch([query], (first, count) => {
      all.set(new Float32Array(this.#memory.buffer, this.#at.cosines, count), first);
    });
    return all;
  }

  /** Of each query the best rows of `groups` groups, in one pass over the rows; in spare columns, which are the caller's. */
  best(queries: readonly Float32Array[], groups: number): BestOfGroups[] {
    const all = queries.map((): BestOfGroups => ({
      cosines: [spareFloats(groups).fill(-1), spareFloats(groups).fill(-1)],
      keys: [spareIntegers(groups).fill(-1), spareIntegers(groups).fill(-1)],
    }));
    const kernel = new Uint8Array(
      this.#memory.buffer,
      this.#at.best,
      STRETCH * RUN * Int32Array.BYTES_PER_ELEMENT,
    );
    // Copied before they are looked at: V8 reads memory that threads may share more slowly.
    const integers = new Int32Array(STRETCH * RUN);
    const floats = new Float32Array(integers.buffer);
    const copy = new Uint8Array(integers.buffer);
    const unit = RUN * Int32Array.BYTES_PER_ELEMENT;
    const { cosines, groups: groupsAt, kinds, best } = this.#at;
    this.#eachStretch(queries, (first, count, query) => {
      const groupsFrom = groupsAt + first * Int32Array.BYTES_PER_ELEMENT;
      const runs = this.#kernel.best(cosines, groupsFrom, kinds + first, count, first, best);
      copy.set(kernel.subarray(0, runs * unit));
      merge(integers, floats, runs, all[query]!);
    });
    return all;
  }

  /** Calls `take` for one stretch of rows after the other and each query; the cosines stand in memory until it returns. */
  #eachStretch(
    queries: readonly Float32Array[],
    take: (first: number, count: number, query: number) => void,
  ): void {
    const prepared = queries.map((query) => this.#prepare(query));
    const room = new Int16Array(this.#memory.buffer, this.#at.query, this.#width);
    for (let first = 0; first < this.#rows; first += STRETCH) {
      const count = Math.min(STRETCH, this.#rows - first);
      prepared.forEach(({ components, unit }, query) => {
        room.set(components);
        // The first query brings the rows into the cache.
        const cached = query === 0 ? 0 : count - (count % AT_ONCE);
        this.#scan(this.#kernel.scanCached, first, 0, cached, unit);
        this.#scan(this.#kernel.scan, first, cached, count, unit);
        take(first, count, query);
      });
    }
  }

  /** Rows `from` to `to` of the stretch that begins with row `first`. */
  #scan(scan: Scan, first: number, from: number, to: number, unit: number): void {
    if (from === to) return;
    const size = Float32Array.BYTES_PER_ELEMENT;
    const row = first + from;
    const { query, vectors, scales, cosines } = this.#at;
    scan(
      query,
      vectors + row * this.#width,
      to - from,
      this.#width,
      scales + row * size,
      unit,
      cosines + from * size,
    );
  }

  /** The query as int16, filled up with zeros, and what one unit of it stands for. */
  #prepare(query: Float32Array): { readonly components: Int16Array; readonly unit: number } {
    // As fine as a sum of products may be without leaving 32 bits.
    const finest = Math.min(32_767, Math.floor((2 ** 31 - 1) / (LARGEST * this.#width)));
    let most = 0;
    for (const value of query) most = Math.max(most, Math.abs(value));
    const components = new Int16Array(this.#width);
    if (most === 0) return { components, unit: 0 };
    for (let i = 0; i < query.length; i++) components[i] = Math.round((query[i]! / most) * finest);
    return { components, unit: most / finest };
  }
}

/** Takes over what is better in these runs; a group may have begun in a stretch before. */
function merge(
  integers: Int32Array,
  floats: Float32Array,
  runs: number,
  { cosines: [cosines0, cosines1], keys: [keys0, keys1] }: BestOfGroups,
): void {
  for (let at = 0; at < runs * RUN; at += RUN) {
    const group = integers[at]!;
    if (integers[at + 2]! >= 0 && (keys0[group]! < 0 || floats[at + 1]! > cosines0[group]!)) {
      cosines0[group] = floats[at + 1]!;
      keys0[group] = integers[at + 2]!;
    }
    if (integers[at + 4]! >= 0 && (keys1[group]! < 0 || floats[at + 3]! > cosines1[group]!)) {
      cosines1[group] = floats[at + 3]!;
      keys1[group] = integers[at + 4]!;
    }
  }
}
