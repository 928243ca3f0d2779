/**
 * `npm run soak -- [--seconds 600] [--clients 12]`: starts the server on a copy of the bundled corpus and keeps it under mixed load: questions,
 * pages, originals, requests made from its OpenAPI document, uploads of all kinds, slow and malformed clients, while another process ingests.
 * Prints what came back. Exit code 1 when an answer is a 5xx other than 503 with Retry-After or none that is right, when an orderly client gets
 * no answer, when memory grows, or when stopping loses a request that was begun.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../src/config.js';
import { mulberry32, type Random } from './mulberry32.js';
import { ask } from './soak/ask.js';
import { CLIENTS, SLOW_CLIENTS, type Client, type Target } from './soak/clients.js';
import type { OpenApi } from './soak/openapi-requests.js';
import { Record } from './soak/record.js';

const UPLOAD_MIB = 2;
/** Between two ingests in another process. */
const INGEST_EVERY_MS = 45_000;

const { seconds, clients } = readArguments(process.argv.slice(2));
const folder = mkdtempSync(join(tmpdir(), 'tiaowen-soak-'));
const corpus = join(folder, 'corpus');
let ingests = 0;
cpSync(join(PACKAGE_ROOT, 'corpus'), corpus, { recursive: true });

const server = tiaowen('start', '--port', '0', '--max-upload', String(UPLOAD_MIB));
const ended = new Promise<number | null>((resolve) => server.on('close', resolve));
const target = await targetOf(await portOf());
const record = new Record();
const until = performance.now() + seconds * 1000;
/** Who is slow on purpose is not waited for, who is not gets a minute more. */
const overdue = new Promise<null>((resolve) =>
  setTimeout(() => resolve(null), (seconds + 60) * 1000).unref(),
);
const sampling = setInterval(() => record.memory(residentMiB()), 1000);
await Promise.all([
  ...Array.from({ length: clients }, (_, i) => drive(mulberry32(i + 1), weighted)),
  ...SLOW_CLIENTS.flatMap((client, i) => [
    drive(mulberry32(100 + i), () => client),
    drive(mulberry32(200 + i), () => client),
  ]),
  ingestNowAndThen(),
]);
clearInterval(sampling);
record.checkMemory();
await stopUnderLoad();
rmSync(folder, { recursive: true, force: true });
console.log(`${record.report()}\n\n${ingests} ingests in another process meanwhile.`);
process.exit(record.faults.size === 0 ? 0 : 1);

/** The built program; its source where nothing is built. */
function tiaowen(command: string, ...words: readonly string[]): ChildProcess {
  const built = join(PACKAGE_ROOT, 'dist/cli/main.js');
  const program = existsSync(built) ? [built] : ['--import', 'tsx', join(PACKAGE_ROOT, 'src/cli/main.ts')];
  const places = ['--corpus', corpus, '--index', join(folder, 'index')];
  return spawn(process.execPath, [...program, command, ...places, ...words], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

/** One of the many: asks, waits for the answer, asks again. */
async function drive(random: Random, next: (random: Random) => Client): Promise<void> {
  while (performance.now() < until && server.exitCode === null) {
    const client = next(random);
    const answer = await Promise.race([client.ask(target, random), overdue]);
    if (answer !== null) record.note(client, answer);
    else if (client.orderly) record.fault(`${client.name}: no answer within a minute after the end`);
  }
}

/** A file that changes each time; an ingest that meets an upload waits for it. */
async function ingestNowAndThen(): Promise<void> {
  for (let n = 1; performance.now() < until; n++) {
    const text = `天津市武清区校车安全管理办法\n第一条　校车安全由区教育局负责，每年检查${n}次。\n`;
    writeFileSync(join(corpus, '另.txt'), text);
    const child = tiaowen('ingest', '--json');
    child.stdout!.resume();
    const code = await new Promise((resolve) => child.on('close', resolve));
    if (code === 0) ingests++;
    else record.fault(`an ingest ended with ${String(code)}`);
    await new Promise((resolve) => setTimeout(resolve, Math.min(INGEST_EVERY_MS, until - performance.now())));
  }
}

/**
 * SIGTERM while requests are in work: each that was begun must still be answered. Begun is what the server has taken from its socket, which is
 * sure once it has answered another that was sent later; of those that wait in the system's queue it knows nothing.
 */
async function stopUnderLoad(): Promise<void> {
  const path = `/api/compare?q=${encodeURIComponent('教师轮岗交流')}&q=${encodeURIComponent('课后服务')}`;
  const begun = Array.from({ length: 4 }, () => ask(target.port, { path }));
  await ask(target.port, { path: '/healthz' });
  server.kill('SIGTERM');
  const statuses = (await Promise.all(begun)).map(({ status }) => status);
  const lost = statuses.filter((status) => status !== 200);
  if (lost.length > 0)
    record.fault(`stopping lost ${lost.length} of ${begun.length} requests: ${lost.join(', ')}`);
  const code = await ended;
  if (code !== 0) record.fault(`the server ended with ${code}`);
}

function weighted(random: Random): Client {
  let left = random() * CLIENTS.reduce((sum, { weight }) => sum + weight, 0);
  return CLIENTS.find(({ weight }) => (left -= weight) < 0) ?? CLIENTS[0]!;
}

async function targetOf(port: number): Promise<Target> {
  const json = async <T>(path: string) => JSON.parse((await ask(port, { path })).body) as T;
  const { documents } = await json<{ documents: readonly { id: string }[] }>('/api/documents');
  const documentIds = documents.map(({ id }) => id);
  const clauseIds: string[] = [];
  for (const id of documentIds) {
    const path = `/api/documents/${encodeURIComponent(id)}`;
    clauseIds.push(...(await json<{ clauses: { id: string }[] }>(path)).clauses.map((clause) => clause.id));
  }
  const api = await json<OpenApi>('/openapi.json');
  return { port, api, documentIds, clauseIds, limitBytes: UPLOAD_MIB * 1024 * 1024 };
}

function residentMiB(): number {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
}

function portOf(): Promise<number> {
  let out = '';
  return new Promise((resolve, reject) => {
    server.stdout!.setEncoding('utf8').on('data', (text: string) => {
      out += text;
      const found = /http:\/\/127\.0\.0\.1:(\d+)/.exec(out)?.[1];
      if (found) resolve(Number(found));
    });
    void ended.then((code) => reject(new Error(`the server ended with ${code} before it was ready`)));
  });
}

function readArguments(words: readonly string[]): { seconds: number; clients: number } {
  const value = (name: string, fallback: number): number => {
    const at = words.indexOf(name);
    return at < 0 ? fallback : Number(words[at + 1]);
  };
  return { seconds: value('--seconds', 600), clients: value('--clients', 12) };
}
