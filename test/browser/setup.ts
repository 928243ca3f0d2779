/** The real server on the bundled corpus, in a folder of its own, on a free port. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE_ROOT, readConfig } from '../../src/config.js';
import type { KnowledgeBase } from '../../src/knowledge-base.js';
import type { Intake } from '../../src/intake.js';
import { openIntake, openKnowledgeBase, runIngest } from '../../src/open.js';
import { buildApp } from '../../src/server/app.js';
import { listen } from '../../src/server/listen.js';

const WEB_FOLDER = join(PACKAGE_ROOT, 'dist', 'web');

export interface Served {
  /** "http://127.0.0.1:40123" */
  readonly base: string;
  readonly knowledgeBase: KnowledgeBase;
  close(): Promise<void>;
}

/** Serves the built page over any knowledge base; files are taken where there is an intake. */
export async function serve(knowledgeBase: KnowledgeBase, intake?: Intake): Promise<Served> {
  if (!existsSync(join(WEB_FOLDER, 'index.html')))
    throw new Error('the page is not built: run npm run build:web');
  const app = await buildApp({ knowledgeBase, webFolder: WEB_FOLDER, ...(intake && { intake }) });
  const base = await listen(app, { host: '127.0.0.1', port: 0 });
  return { base, knowledgeBase, close: () => app.close() };
}

/** `corpus`: another folder than the bundled one. */
export async function serveCorpus(corpus?: string): Promise<Served> {
  const index = await mkdtemp(join(tmpdir(), 'tiaowen-page-'));
  const config = readConfig({ index, corpus }, {});
  await runIngest(config);
  const knowledgeBase = openKnowledgeBase(config);
  // Nothing is put into the bundled corpus.
  const intake = corpus === undefined ? undefined : openIntake(config);
  const served = await serve(knowledgeBase, intake);
  const close = async () => {
    await served.close();
    await intake?.close();
    await knowledgeBase.close();
    await rm(index, { recursive: true });
  };
  return { ...served, close };
}
