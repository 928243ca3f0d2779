/** Builds the page into dist/web; `vite src/web` serves it for development against a running server. */
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import vue from '@vitejs/plugin-vue';
import { defineConfig, type Plugin } from 'vite';

const require = createRequire(import.meta.url);
const PDFJS = dirname(require.resolve('pdfjs-dist/package.json'));
const { version } = require('pdfjs-dist/package.json') as { version: string };
/** All under /assets is kept by browsers for ever: another version has another path. */
const PDFJS_FILES = `/assets/pdfjs-${version}/`;

/** What pdfjs loads by name, with the licences: character maps, the fonts that need not be embedded, the decoder of JPEG 2000 (in JavaScript). */
const pdfjsFiles: Plugin = {
  name: 'pdfjs-files',
  apply: 'build',
  generateBundle() {
    for (const [folder, wanted] of [
      ['cmaps', /./],
      ['standard_fonts', /./],
      ['wasm', /nowasm|LICENSE.*OPENJPEG/],
    ] as const) {
      for (const name of readdirSync(join(PDFJS, folder)).filter((each) => wanted.test(each))) {
        const source = readFileSync(join(PDFJS, folder, name));
        this.emitFile({ type: 'asset', fileName: `${PDFJS_FILES.slice(1)}${folder}/${name}`, source });
      }
    }
  },
};

export default defineConfig({
  root: import.meta.dirname,
  plugins: [vue(), pdfjsFiles],
  define: { __VUE_OPTIONS_API__: 'false', __PDFJS_FILES__: JSON.stringify(PDFJS_FILES) },
  build: { outDir: '../../dist/web', emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': 'http://127.0.0.1:8787', '/assets/pdfjs-': 'http://127.0.0.1:8787' },
  },
});
