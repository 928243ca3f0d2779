/** The real server on the bundled corpus, in a folder of its own, on a free port. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE_ROOT, readConfig } from '../../src/config.js';
import type { KnowledgeBase } from '../../src/knowledge-base.js';
import { openKnowledgeBase, runIngest } from '../../src/open.js';
import { buildApp } from '../../src/server/app.js';
import { listen } from '../../src/server/listen.js';

const WEB_FOLDER = join(PACKAGE_ROOT, 'dist', 'web');

export interface Served {
  /** "http://127.0.0.1:40123" */
  readonly base: string;
  readonly knowledgeBase: KnowledgeBase;
  close(): Promise<void>;
}

/** Serves the built page over any knowledge base. */
export async function serve(knowledgeBase: KnowledgeBase): Promise<Served> {
  if (!existsSync(join(WEB_FOLDER, 'index.html')))
    throw new Error('the page is not built: run npm run build:web');
  const app = await buildApp({ knowledgeBase, webFolder: WEB_FOLDER });
  const base = await listen(app, { host: '127.0.0.1', port: 0 });
  return { base, knowledgeBase, close: () => app.close() };
}

export async function serveCorpus(): Promise<Served> {
  const index = await mkdtemp(join(tmpdir(), 'tiaowen-page-'));
  const config = readConfig({ index }, {});
  await runIngest(config);
  const knowledgeBase = await openKnowledgeBase(config);
  const served = await serve(knowledgeBase);
  const close = async () => {
    await served.close();
    await knowledgeBase.close();
    await rm(index, { recursive: true });
  };
  return { ...served, close };
}
