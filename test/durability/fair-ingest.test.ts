/** Clients that upload without a pause and ingests in other processes, over one server: each ingest gets its turn. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CheckReport } from '../../src/open.js';
import type { DocumentSummary } from '../../src/knowledge-base.js';
import { addressOf, CORPUS, ended, start, tiaowen } from '../cli/tiaowen-process.js';
import { plan } from './small-index.js';

const CLIENTS = 4;
const INGESTS = 3;
const TOPICS = ['教师轮岗交流', '课后服务收费', '校园食品安全', '集团化办学'];

test(
  `${INGESTS} ingests beside ${CLIENTS} clients that upload without a pause: none is refused, and nothing that was taken is lost`,
  { timeout: 300_000 },
  async () => {
    const root = mkdtempSync(join(tmpdir(), 'tiaowen-fair-'));
    const corpus = join(root, 'corpus');
    mkdirSync(corpus);
    for (const [name, text] of Object.entries(CORPUS)) writeFileSync(join(corpus, name), text);
    const env = { TIAOWEN_CORPUS: corpus, TIAOWEN_INDEX: join(root, 'index') };
    const server = start(['start', '--port', '0'], env);
    const stopped = ended(server);
    try {
      const address = await addressOf(server);
      const uploads = uploadWithoutPause(address);
      await uploads.taken(CLIENTS);
      for (let n = 0; n < INGESTS; n++) {
        writeFileSync(join(corpus, '另.txt'), plan('山东省青岛市', 2001 + n, TOPICS));
        const { code, err } = await tiaowen(['ingest', '--json'], env);
        expect([code, err]).toEqual([0, expect.not.stringContaining('错误')]);
        // And then uploads go on.
        await uploads.taken(2);
      }
      const paths = await uploads.stop();
      const held = (await (await fetch(`${address}/api/documents`)).json()) as {
        documents: readonly DocumentSummary[];
      };
      const files = held.documents.map(({ file }) => file);
      expect(files).toEqual(expect.arrayContaining([...paths, ...Object.keys(CORPUS), '另.txt']));
    } finally {
      server.kill('SIGTERM');
      await stopped;
    }
    const { code, out } = await tiaowen(['check', '--json'], env);
    expect([code, (JSON.parse(out) as CheckReport).findings]).toEqual([0, []]);
    rmSync(root, { recursive: true });
  },
);

/** Each client sends another file as soon as it has its answer; one that is refused says when to come again, and that is all it may say. */
function uploadWithoutPause(address: string) {
  const paths: string[] = [];
  let stopping = false;
  let sent = 0;
  const client = async () => {
    while (!stopping) {
      const form = new FormData();
      const text = plan('天津市武清区', 1900 + sent, TOPICS.slice(0, 2));
      form.append('file', new Blob([text]), `上传-${sent++}.txt`);
      const answer = await fetch(`${address}/api/documents`, { method: 'POST', body: form });
      const body = (await answer.json()) as { path: string; code: string };
      if (answer.status === 201) paths.push(body.path);
      else {
        expect([answer.status, body.code]).toEqual([503, 'index-locked']);
        expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
        // Not as long as it says, so that there is always one that asks.
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  };
  const clients = Promise.all(Array.from({ length: CLIENTS }, client));
  // Awaited at the end; until then a failure must not count as unhandled.
  clients.catch(() => undefined);
  return {
    /** Once so many more were taken in. */
    async taken(count: number): Promise<void> {
      const enough = paths.length + count;
      const ends = clients.then(() => undefined);
      while (paths.length < enough)
        await Promise.race([new Promise((resolve) => setTimeout(resolve, 20)), ends]);
    },
    async stop(): Promise<readonly string[]> {
      stopping = true;
      await clients;
      return paths;
    },
  };
}
