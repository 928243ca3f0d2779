/**
 * `npm run soak -- [--seconds 600] [--clients 16]`: starts the built server on a copy of the bundled corpus and keeps it under mixed load:
 * questions, odd and malformed requests, oversize bodies, slow clients, uploads. Fails when an answer is a 5xx other than 503 with Retry-After,
 * when an orderly client gets no answer, when memory grows, or when stopping loses a request that was begun.
 */
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../src/config.js';
import { mulberry32, type Random } from './mulberry32.js';
import { ask, CLIENTS, type Answer, type Client } from './soak/clients.js';

const { seconds, clients } = readArguments(process.argv.slice(2));
const folder = mkdtempSync(join(tmpdir(), 'tiaowen-soak-'));
cpSync(join(PACKAGE_ROOT, 'corpus'), join(folder, 'corpus'), { recursive: true });

const server = spawn(
  process.execPath,
  [
    join(PACKAGE_ROOT, 'dist/cli/main.js'),
    'start',
    '--port',
    '0',
    '--corpus',
    join(folder, 'corpus'),
    '--index',
    join(folder, 'index'),
  ],
  { stdio: ['ignore', 'pipe', 'ignore'] },
);
const ended = new Promise<number | null>((resolve) => server.on('close', resolve));
const port = await portOf();
const faults: string[] = [];
const byClient = new Map<string, { times: number[]; statuses: Map<number, number> }>();
const memory: number[] = [];

const until = performance.now() + seconds * 1000;
const sampling = setInterval(() => memory.push(residentMiB()), 1000);
await Promise.all(Array.from({ length: clients }, (_, i) => drive(mulberry32(i + 1))));
clearInterval(sampling);
await stopUnderLoad();
rmSync(folder, { recursive: true, force: true });
report();
process.exit(faults.length === 0 ? 0 : 1);

/** One of the many: asks, waits for the answer, asks again. */
async function drive(random: Random): Promise<void> {
  while (performance.now() < until && server.exitCode === null) {
    const client = weighted(random);
    const answer = await client.ask(port, random);
    note(client, answer);
  }
}

function note(client: Client, { status, headers, body, ms }: Answer): void {
  const seen = byClient.get(client.name) ?? { times: [], statuses: new Map<number, number>() };
  byClient.set(client.name, seen);
  seen.times.push(ms);
  seen.statuses.set(status, (seen.statuses.get(status) ?? 0) + 1);
  const busy = status === 503 && headers['retry-after'] !== undefined;
  if (status >= 500 && !busy) faults.push(`${client.name}: ${status} ${body.slice(0, 200)}`);
  if (status === 0 && client.orderly) faults.push(`${client.name}: no answer`);
}

/** SIGTERM while requests are in work: each of them must still be answered. */
async function stopUnderLoad(): Promise<void> {
  const begun = Array.from({ length: 8 }, () =>
    ask(port, { path: `/api/compare?q=${encodeURIComponent('教师轮岗交流')}` }),
  );
  await new Promise((resolve) => setTimeout(resolve, 30));
  server.kill('SIGTERM');
  const lost = (await Promise.all(begun)).filter(({ status }) => status !== 200).length;
  if (lost > 0) faults.push(`stopping lost ${lost} of ${begun.length} requests`);
  const code = await ended;
  if (code !== 0) faults.push(`the server ended with ${code}`);
}

function report(): void {
  console.log(
    '| client | requests | p50 ms | p95 ms | p99 ms | statuses |\n| --- | --: | --: | --: | --: | --- |',
  );
  for (const { name } of CLIENTS) {
    const { times, statuses } = byClient.get(name) ?? { times: [], statuses: new Map<number, number>() };
    times.sort((a, b) => a - b);
    const at = (share: number) => (times[Math.floor(share * (times.length - 1))] ?? NaN).toFixed(0);
    const counts = [...statuses]
      .sort(([a], [b]) => a - b)
      .map(([status, count]) => `${status || 'closed'} × ${count}`);
    console.log(
      `| ${name} | ${times.length} | ${at(0.5)} | ${at(0.95)} | ${at(0.99)} | ${counts.join(', ')} |`,
    );
  }
  // The first quarter is warm-up: caches fill, the compiler works.
  const steady = memory.slice(Math.floor(memory.length / 4));
  const half = Math.floor(steady.length / 2);
  const [before, after] = [median(steady.slice(0, half)), median(steady.slice(half))];
  console.log(
    `\nresident memory: median ${before.toFixed(0)} MiB, later ${after.toFixed(0)} MiB, at most ${Math.max(...memory).toFixed(0)} MiB`,
  );
  if (after > before * 1.1 + 20)
    faults.push(`memory grew from ${before.toFixed(0)} to ${after.toFixed(0)} MiB`);
  console.log(
    faults.length === 0
      ? 'no fault'
      : `${faults.length} faults:\n${[...new Set(faults)].slice(0, 20).join('\n')}`,
  );
}

function weighted(random: Random): Client {
  let left = random() * CLIENTS.reduce((sum, { weight }) => sum + weight, 0);
  return CLIENTS.find(({ weight }) => (left -= weight) < 0) ?? CLIENTS[0]!;
}

function residentMiB(): number {
  const status = readFileSync(`/proc/${server.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0) / 1024;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function portOf(): Promise<number> {
  let out = '';
  return new Promise((resolve, reject) => {
    server.stdout.setEncoding('utf8').on('data', (text: string) => {
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
  return { seconds: value('--seconds', 600), clients: value('--clients', 16) };
}
