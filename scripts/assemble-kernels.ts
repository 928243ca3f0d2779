/** npm run kernels: assembles each src/kernel/NAME.wat into src/kernel/NAME-wasm.ts. A test says when one is out of step. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import wabt from 'wabt';
import { PACKAGE_ROOT } from '../src/config.js';

const FOLDER = join(PACKAGE_ROOT, 'src', 'kernel');
/** Base64 characters a line. */
const LINE = 100;

/** Path of the generated file → what it has to hold, for each .wat. */
export async function assembleKernels(): Promise<Map<string, string>> {
  const { parseWat } = await wabt();
  const generated = new Map<string, string>();
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.wat'))) {
    const module = parseWat(file, readFileSync(join(FOLDER, file), 'utf8'), { simd: true, threads: true });
    const { buffer } = module.toBinary({});
    module.destroy();
    const name = basename(file, '.wat');
    generated.set(join(FOLDER, `${name}-wasm.ts`), source(file, Buffer.from(buffer).toString('base64')));
  }
  return generated;
}

/** In TypeScript and not as a .wasm file: the compiler copies no other files, and a file beside the program could be missing. */
function source(file: string, base64: string): string {
  const lines = base64.match(new RegExp(`.{1,${LINE}}`, 'g')) ?? [];
  return `/** Written by npm run kernels from ${file}: do not edit by hand. Base64 of the WebAssembly module. */
export const WASM =
${lines.map((line) => `  '${line}'`).join(' +\n')};
`;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const [path, text] of await assembleKernels()) writeFileSync(path, text);
}
