/** Very many vectors as int8 in WebAssembly memory, a quarter of what floats take, and their products with a query. */
import { WASM } from './dense-scan-wasm.js';
import { SharedScan } from './shared-scan.js';
import type { BestOfGroups, ScanPartner, ScanQuery, TakePortions } from './shared-scan.js';
import { compile, sharedMemory, start } from './web-assembly.js';
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
  readonly take: TakePortions;
  quantize(floats: number, rows: number, dimension: number, out: number, scales: number): void;
}

/** Components are taken sixteen at a time: a row is filled up with zeros, which change no product. */
const STEP = 16;
/** Rows that become int8 at a time. */
const STAGED = 64;
/** Rows whose cosines are kept at once by each thread: as the kernel has it. */
const STRETCH = 1024;
/** Threads that may take part in a scan. */
const MOST_THREADS = 4;
const LARGEST = 127;

/**
 * `rows` vectors of float32, each rounded to int8 by a scale of its own. The cosine of two vectors of 512 dimensions is so known to
 * about ±0.001 (standard error 0.0003); products are exact integers of what was rounded, so equal questions have equal answers.
 */
export class DenseScan {
  readonly #rows: number;
  readonly #dimension: number;
  readonly #width: number;
  readonly #memory: WasmMemory;
  readonly #module: object;
  readonly #kernel: DenseScanExports;
  readonly #at: Readonly<
    Record<'query' | 'staging' | 'scales' | 'cosines' | 'groups' | 'kinds' | 'vectors', number>
  >;
  readonly #shared: SharedScan;
  /** [rows]: which group a row is of, ≥ 0, ascending. To be filled by the owner. */
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
      cosines: room(MOST_THREADS * STRETCH * Float32Array.BYTES_PER_ELEMENT),
      groups: room(rows * Int32Array.BYTES_PER_ELEMENT),
      kinds: room(rows),
      vectors: room(rows * this.#width),
    };
    this.#memory = sharedMemory(end);
    this.#module = compile(WASM);
    this.#kernel = start(this.#module, { env: { memory: this.#memory } });
    this.groups = new Int32Array(this.#memory.buffer, this.#at.groups, rows);
    this.kinds = new Uint8Array(this.#memory.buffer, this.#at.kinds, rows);
    const scanned = { memory: this.#memory, groups: this.groups, width: this.#width, at: this.#at };
    this.#shared = new SharedScan(scanned, end, this.#kernel.take);
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
    const { components, unit } = this.#prepare(query);
    const { vectors, scales, cosines, query: room } = this.#at;
    new Int16Array(this.#memory.buffer, room, this.#width).set(components);
    const size = Float32Array.BYTES_PER_ELEMENT;
    for (let first = 0; first < this.#rows; first += STRETCH) {
      const count = Math.min(STRETCH, this.#rows - first);
      const at = vectors + first * this.#width;
      this.#kernel.scan(room, at, count, this.#width, scales + first * size, unit, cosines);
      all.set(new Float32Array(this.#memory.buffer, cosines, count), first);
    }
    return all;
  }

  /** Of each query the best rows of `groups` groups, in one pass over the rows; in spare columns, which are the caller's. */
  best(queries: readonly Float32Array[], groups: number): BestOfGroups[] {
    return this.beginBest(queries, groups)();
  }

  /**
   * The same in two steps: other threads begin at once, and what it returns takes part and gives the result. One at a time: the next
   * one ends it, and then it throws Error.
   */
  beginBest(queries: readonly Float32Array[], groups: number): () => BestOfGroups[] {
    return this.#shared.begin(
      queries.map((query) => this.#prepare(query)),
      groups,
    );
  }

  /** These other threads, three at most, take part in best() from now on, in place of those before. What it gives stays the same. */
  share(threads: readonly ScanPartner[]): void {
    const helps = threads.slice(0, MOST_THREADS - 1).map((thread, i) => {
      const cosines = this.#at.cosines + (i + 1) * STRETCH * Float32Array.BYTES_PER_ELEMENT;
      return thread.join({ module: this.#module, memory: this.#memory, cosines });
    });
    this.#shared.shareWith(helps);
  }

  /** Ends what was begun; from now on this thread scans alone. */
  stop(): void {
    this.#shared.stop();
    this.#shared.shareWith([]);
  }

  /** The query as int16, filled up with zeros, and what one unit of it stands for. */
  #prepare(query: Float32Array): ScanQuery {
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
