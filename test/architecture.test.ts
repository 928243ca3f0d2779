/** Dependencies point one way (design.md): read from the imports. */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const SRC = resolve(import.meta.dirname, '../src');

/** Which folders (or top-level files) of src a folder may import, itself aside. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  model: [],
  kernel: [],
  extract: ['model', 'analysis'],
  parse: ['model', 'analysis', 'extract'],
  analysis: ['model'],
  lexicon: ['model', 'analysis'],
  embed: ['model'],
  cite: ['model'],
  store: ['model', 'embed', 'kernel'],
  search: ['model', 'analysis', 'cite', 'embed', 'kernel', 'lexicon', 'store'],
  'sidecar.ts': [],
  'corpus-folder.ts': ['model', 'sidecar.ts'],
  ingest: ['model', 'analysis', 'embed', 'ingest-report.ts', 'parse', 'sidecar.ts', 'store'],
  'ingest.ts': [
    'model',
    'corpus-folder.ts',
    'embed',
    'ingest',
    'ingest-report.ts',
    'parse',
    'sidecar.ts',
    'store',
  ],
  fetch: ['model', 'corpus-folder.ts', 'extract', 'sidecar.ts'],
  'add-source.ts': ['model', 'corpus-folder.ts', 'fetch', 'parse', 'sidecar.ts'],
  'ingest-report.ts': ['model', 'store'],
  'knowledge-base.ts': ['model', 'search', 'store'],
  'create-knowledge-base.ts': ['model', 'cite', 'embed', 'knowledge-base.ts', 'lexicon', 'search', 'store'],
  'config.ts': ['model'],
  'add-upload.ts': ['model', 'add-source.ts', 'fetch', 'parse'],
  'intake.ts': ['model', 'add-upload.ts', 'ingest-report.ts'],
  'open.ts': [
    'analysis',
    'intake.ts',
    'model',
    'config.ts',
    'corpus-folder.ts',
    'create-knowledge-base.ts',
    'embed',
    'ingest',
    'ingest.ts',
    'ingest-report.ts',
    'knowledge-base.ts',
    'lexicon',
    'parse',
    'search',
    'store',
  ],
  server: ['model', 'config.ts', 'embed', 'intake.ts', 'knowledge-base.ts', 'store'],
  cli: [
    'intake.ts',
    'model',
    'add-source.ts',
    'config.ts',
    'ingest.ts',
    'ingest-report.ts',
    'knowledge-base.ts',
    'open.ts',
    'parse',
    'server',
    'sidecar.ts',
    'store',
  ],
  web: ['model', 'knowledge-base.ts'],
};
/** Of embed and store, only open.ts may name an engine; the others see the interfaces. */
const INTERFACES: Readonly<Record<string, readonly string[]>> = {
  embed: ['embed/embedder.ts', 'embed/reranker.ts', 'embed/vector-file.ts'],
  store: ['store/store.ts'],
};

interface Import {
  readonly from: string;
  readonly to: string;
}

function importsOf(file: string): Import[] {
  const from = relative(SRC, file);
  return [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'(\.{1,2}\/[^']+)'/g)].map(
    ([, path]) => ({
      from,
      to: relative(SRC, resolve(dirname(file), path!)).replace(/\.js$/, '.ts'),
    }),
  );
}

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((path) =>
  /\.(ts|js|vue)$/.test(path),
);
const imports = files.flatMap((path) => importsOf(join(SRC, path)));
const top = (path: string) => path.split('/')[0]!;

describe('architecture', () => {
  it('reads real imports', () => {
    expect(files.length).toBeGreaterThan(30);
    expect(imports.length).toBeGreaterThan(files.length);
  });

  it('knows every folder', () => {
    expect([...new Set(files.map(top))].filter((folder) => !(folder in ALLOWED))).toEqual([]);
  });

  it('keeps dependencies pointing one way', () => {
    const wrong = imports.filter(
      ({ from, to }) => top(from) !== top(to) && !ALLOWED[top(from)]?.includes(top(to)),
    );
    expect(wrong).toEqual([]);
  });

  it('lets only open.ts name engines', () => {
    const wrong = imports.filter(({ from, to }) => {
      const interfaces = INTERFACES[top(to)];
      return interfaces && top(from) !== top(to) && from !== 'open.ts' && !interfaces.includes(to);
    });
    expect(wrong).toEqual([]);
  });
});
