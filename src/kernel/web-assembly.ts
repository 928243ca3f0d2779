/** The part of the WebAssembly interface that is used here: TypeScript declares it for browsers only. */

export interface WasmMemory {
  /** Another one after each grow(). */
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
  /** By pages of 64 KiB. Throws RangeError when the system has no more. */
  grow(pages: number): number;
}

interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports?: object) => { readonly exports: object };
}

const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi };

/** Compiles and starts a module given as base64; what it exports is trusted to be `Exports`. */
export function instantiate<Exports>(base64: string, imports: object = {}): Exports {
  const module = new WebAssembly.Module(Buffer.from(base64, 'base64'));
  return new WebAssembly.Instance(module, imports).exports as Exports;
}
