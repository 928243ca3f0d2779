/** The part of the WebAssembly interface that is used here: TypeScript declares it for browsers only. */

export interface WasmMemory {
  /** Another one after each grow(). */
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
  /** By pages of 64 KiB. Throws RangeError when the system has no more. */
  grow(pages: number): number;
}

export interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports?: object) => { readonly exports: object };
  readonly Memory: new (size: { initial: number; maximum: number; shared: boolean }) => WasmMemory;
}

const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi };

/** Bytes of a page. */
export const PAGE = 65_536;
/** Pages of the largest memory. */
const MOST_PAGES = 65_536;

/** A memory of at least so many bytes, all zero, that threads can share. Throws RangeError when there is not so much. */
export function sharedMemory(bytes: number): WasmMemory {
  const initial = Math.ceil(bytes / PAGE);
  return new WebAssembly.Memory({ initial, maximum: MOST_PAGES, shared: true });
}

/** Compiles a module given as base64; threads can be given it. */
export function compile(base64: string): object {
  return new WebAssembly.Module(Buffer.from(base64, 'base64'));
}

/** Starts a module; what it exports is trusted to be `Exports`. */
export function start<Exports>(module: object, imports: object = {}): Exports {
  return new WebAssembly.Instance(module, imports).exports as Exports;
}

/** Compiles and starts a module given as base64; what it exports is trusted to be `Exports`. */
export function instantiate<Exports>(base64: string, imports: object = {}): Exports {
  return start(compile(base64), imports);
}
