/** Ingests in processes of their own, killed at random moments; after each kill the index must be the old one or the new one, whole. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isOfDerived } from '../contract/derived-findings.js';
import { makeRandom } from '../contract/make-document.js';
import { answersOf, ingestInto, openToRead, plan, writeCorpus } from './small-index.js';

export interface KillSummary {
  readonly kills: number;
  /** Of them: the index was still the one before, was the new one without its graph, was the new one with it. */
  readonly old: number;
  readonly newWithoutGraph: number;
  readonly new: number;
  /** How many ended before they were killed. */
  readonly finished: number;
}

const SCRIPT = join(import.meta.dirname, 'ingest-once.ts');
const PLACES = ['山东省聊城市东阿县', '天津市武清区', '山东省潍坊市', '天津市河西区', '山东省济南市'];
const TOPICS = ['教师轮岗交流', '课后服务收费', '校园食品安全', '集团化办学', '学位供给', '体育美育'];

/** Throws when an index is neither, or check finds anything but a graph that is out of step. `seed`: of the moments. */
export async function killIngests(
  count: number,
  seed: number,
  onKill: (done: number) => void = () => undefined,
): Promise<KillSummary> {
  const root = mkdtempSync(join(tmpdir(), 'tiaowen-kills-'));
  try {
    const versions = [versionOf(root, 0), versionOf(root, 1)] as const;
    const expected = [await answersAfter(versions[0]), await answersAfter(versions[1])] as const;
    if (expected[0] === expected[1]) throw new Error('the two versions answer alike');
    const index = join(root, 'index');
    await ingestInto(index, versions[0]);
    const times = await timesOf(versions[1], index);
    const random = makeRandom(seed);
    const outcomes = { old: 0, newWithoutGraph: 0, new: 0 };
    let finished = 0;
    let held: 0 | 1 = 1;
    for (let done = 0; done < count; done++) {
      const wanted = held === 0 ? 1 : 0;
      // Half of them while it publishes, which is short and where most can go wrong.
      const phase = done % 2 === 0 ? 'begins' : 'publishes';
      const child = begin(versions[wanted], index);
      const ended = once(child, 'exit');
      await Promise.race([heard(child, phase), ended]);
      await Promise.race([new Promise((resolve) => setTimeout(resolve, random() * times[phase])), ended]);
      child.kill('SIGKILL');
      const [code] = (await ended) as [number | null];
      if (code !== null && code !== 0) throw new Error(`kill ${done}: it ended with ${code} by itself`);
      if (code === 0) finished++;
      const { answers, codes } = await lookAt(index);
      const at = expected.indexOf(answers);
      if (at < 0) throw new Error(`kill ${done}: neither the old index nor the new one`);
      if (codes.some((code) => !isOfDerived(code))) throw new Error(`kill ${done}: ${codes.join(', ')}`);
      if (at === held) outcomes.old++;
      else if (codes.length > 0) outcomes.newWithoutGraph++;
      else outcomes.new++;
      held = at === 0 ? 0 : 1;
      onKill(done + 1);
    }
    return { kills: count, ...outcomes, finished };
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

/** Two corpora: of twenty files, five are other, one is only in each. */
function versionOf(root: string, version: number): string {
  const files = Array.from({ length: 20 }, (_, i): [string, string] => {
    const changed = i % 4 === 0 ? version : 0;
    const topics = TOPICS.map((topic) => `${topic}${i}${changed === 1 ? '（修订）' : ''}`);
    return [`${i}.txt`, plan(`${PLACES[i % PLACES.length]}`, 2001 + i, topics)];
  });
  files.push([`only-${version}.txt`, plan('山东省青岛市', 2030 + version, TOPICS)]);
  const folder = join(root, `corpus-${version}`);
  writeCorpus(folder, Object.fromEntries(files));
  return folder;
}

async function answersAfter(corpus: string): Promise<string> {
  const index = `${corpus}-index`;
  await ingestInto(index, corpus);
  return (await lookAt(index)).answers;
}

async function lookAt(index: string): Promise<{ answers: string; codes: string[] }> {
  const store = openToRead(index);
  try {
    return { answers: await answersOf(store), codes: store.verify().map(({ code }) => code) };
  } finally {
    store.close();
  }
}

type Phase = 'begins' | 'publishes';

/** Milliseconds from each phase to the end of an ingest that nobody disturbs. */
async function timesOf(corpus: string, index: string): Promise<Record<Phase, number>> {
  const child = begin(corpus, index);
  const ended = once(child, 'exit');
  await heard(child, 'begins');
  const began = performance.now();
  await heard(child, 'publishes');
  const published = performance.now();
  const [code] = (await ended) as [number | null];
  if (code !== 0) throw new Error(`an ingest that nobody disturbed ended with ${code}`);
  const end = performance.now();
  return { begins: end - began, publishes: end - published };
}

function begin(corpus: string, index: string): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, corpus, index], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  child.stdout.setEncoding('utf8');
  return child;
}

/** Once the process has said so. */
function heard(child: ChildProcess, phase: Phase): Promise<void> {
  return new Promise((resolve) => {
    child.stdout?.on('data', (text: string) => {
      if (text.includes(phase)) resolve();
    });
  });
}
