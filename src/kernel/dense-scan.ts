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
    this.#at = { query: 0, staging, scales, products: scales + column, vectors: scales + 2 * column };
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
    if (this.#rows === 0) return cosines;
    const unit = this.#putQuery(query);
    const { query: queryAt, vectors, products: productsAt } = this.#at;
    this.#kernel.scan(queryAt, vectors, this.#rows, this.#width, productsAt);
    const products = new Int32Array(this.#memory.buffer, productsAt, this.#rows);
    const scales = new Float32Array(this.#memory.buffer, this.#at.scales, this.#rows);
    for (let row = 0; row < cosines.length; row++) cosines[row] = products[row]! * scales[row]! * unit;
    return cosines;
  }

  /** Returns what one unit of the rounded query stands for. */
  #putQuery(query: Float32Array): number {
    // As fine as a sum of products may be without leaving 32 bits.
    const finest = Math.min(32_767, Math.floor((2 ** 31 - 1) / (LARGEST * this.#width)));
    let most = 0;
    for (const value of query) most = Math.max(most, Math.abs(value));
    const into = new Int16Array(this.#memory.buffer, this.#at.query, this.#width).fill(0);
    if (most === 0) return 0;
    for (let i = 0; i < query.length; i++) into[i] = Math.round((query[i]! / most) * finest);
    return most / finest;
  }
}
