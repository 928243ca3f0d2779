import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { assembleKernels } from '../../scripts/assemble-kernels.js';
import { PACKAGE_ROOT } from '../../src/config.js';

it('the modules in src/kernel are what their .wat says: else run npm run kernels', async () => {
  const generated = await assembleKernels();
  const folder = join(PACKAGE_ROOT, 'src', 'kernel');
  const written = readdirSync(folder).filter((name) => name.endsWith('-wasm.ts'));
  expect([...generated.keys()].sort()).toEqual(written.map((name) => join(folder, name)).sort());
  for (const [path, text] of generated) expect(readFileSync(path, 'utf8')).toBe(text);
});
