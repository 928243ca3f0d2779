/** Very many vectors as int8 in WebAssembly memory, a quarter of what floats take, and their products with a query. */
import { WASM } from './dense-scan-wasm.js';
import { instantiate, sharedMemory } from './web-assembly.js';
import type { WasmMemory } from './web-assembly.js';

interface DenseScanExports {
  scan(query: number, row: number, rows: number, dimension: number, products: number): void;
  quantize(floats: number, rows: number, dimension: number, out: number, scales: number): void;
}

/** Components are taken sixteen at a time: a row is filled up with zeros, which change no product. */
const STEP = 16;
/** Rows that become int8 at a time. */
const STAGED = 64;
/** Rows that are multiplied before their products are looked at: they stay in the cache for the next query, and so do the products. */
const STRETCH = 1024;
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
  readonly #kernel: DenseScanExports;
  readonly #at: Readonly<Record<'query' | 'staging' | 'scales' | 'products' | 'vectors', number>>;

  /** All zero. Throws RangeError when the system has not the memory, or for more than 4 GiB. */
  constructor(rows: number, dimension: number) {
    this.#rows = rows;
    this.#dimension = dimension;
    this.#width = Math.ceil(dimension / STEP) * STEP;
    const staging = this.#width * Int16Array.BYTES_PER_ELEMENT;
    const scales = staging + STAGED * this.#width * Float32Array.BYTES_PER_ELEMENT;
    const column = Math.ceil((rows * Float32Array.BYTES_PER_ELEMENT) / STEP) * STEP;
    const products = scales + column;
    const vectors = products + STRETCH * Int32Array.BYTES_PER_ELEMENT;
    this.#at = { query: 0, staging, scales, products, vectors };
    this.#memory = sharedMemory(this.#at.vectors + rows * this.#width);
    this.#kernel = instantiate(WASM, { env: { memory: this.#memory } });
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
    const cosines = new Float32Array(this.#rows);
    this.eachStretch([query], (first, [found]) => {
      cosines.set(found!, first);
    });
    return cosines;
  }

  /**
   * Cosines of several queries with all rows, in one pass: calls `take` for one stretch of rows after the other, with the row that it begins
   * with and the cosines of each query, which hold until `take` returns.
   */
  eachStretch(
    queries: readonly Float32Array[],
    take: (first: number, cosines: readonly Float32Array[]) => void,
  ): void {
    const prepared = queries.map((query) => this.#prepare(query));
    const room = queries.map(() => new Float32Array(Math.min(STRETCH, this.#rows)));
    const { query: queryAt, vectors, products: productsAt, scales: scalesAt } = this.#at;
    for (let first = 0; first < this.#rows; first += STRETCH) {
      const count = Math.min(STRETCH, this.#rows - first);
      const scales = new Float32Array(
        this.#memory.buffer,
        scalesAt + first * Float32Array.BYTES_PER_ELEMENT,
        count,
      );
      const products = new Int32Array(this.#memory.buffer, productsAt, count);
      const cosines = prepared.map(({ components, unit }, i) => {
        new Int16Array(this.#memory.buffer, queryAt, this.#width).set(components);
        this.#kernel.scan(queryAt, vectors + first * this.#width, count, this.#width, productsAt);
        const found = room[i]!.subarray(0, count);
        for (let row = 0; row < count; row++) found[row] = products[row]! * scales[row]! * unit;
        return found;
      });
      take(first, cosines);
    }
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
