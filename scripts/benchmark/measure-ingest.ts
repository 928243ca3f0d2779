/**
 * An ingest against onnxruntime alone, on the same texts: the files are taken in turns, and in each turn the ingest, the embedder alone and
 * the bare network do their share one after the other, so that whatever else the machine does falls on all three.
 */
import { join } from 'node:path';
import { toSimplified } from '../../src/analysis/simplify.js';
import type { Config } from '../../src/config.js';
import { EmbeddingJournal, withJournal } from '../../src/embed/embedding-journal.js';
import type { Embedder } from '../../src/embed/embedder.js';
import { readProfile, weightsFile } from '../../src/embed/model-profile.js';
import { loadTokenizer } from '../../src/embed/onnx-model.js';
import { ingest } from '../../src/ingest.js';
import { passagesThatFit, readSource } from '../../src/ingest/read-source.js';
import { openEmbedder } from '../../src/open.js';
import { parseFile } from '../../src/parse/parse-file.js';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import { RawNetwork } from './raw-network.js';
import { copyFiles } from './sample.js';

/** Milliseconds: of the clock, and of processor time over all threads, which others on the machine do not lengthen. */
export interface Spent {
  readonly wall: number;
  readonly cpu: number;
}

/** What the same texts took in one turn. */
export interface Turn {
  readonly texts: number;
  readonly characters: number;
  readonly ingest: Spent;
  readonly embedder: Spent;
  readonly raw: Spent;
}

export interface IngestFigures {
  readonly threads: number;
  /** Milliseconds until the model is found, verified and loaded on every thread. */
  readonly load: number;
  readonly turns: readonly Turn[];
}

export interface IngestPlan {
  /** Folder that the files are taken from. */
  readonly source: string;
  readonly files: readonly string[];
  readonly turns: number;
  readonly threads: number;
}

/** Fills the corpus folder and the index of `config`, both empty before. A turn must stay below one publication (16,000 passages). */
export async function measureIngest(config: Config, plan: IngestPlan): Promise<IngestFigures> {
  const begun = performance.now();
  const embedder = await openEmbedder(config);
  await embedder.embedPassages(Array.from({ length: 16 * plan.threads }, (_, i) => `第${i}条`));
  const load = performance.now() - begun;
  const folder = join(config.modelsFolder, config.model);
  const tokenizer = await loadTokenizer(folder);
  const { dtype } = await readProfile(folder, config.model, (message) => console.warn(message));
  const raw = await RawNetwork.open(join(folder, weightsFile(dtype)), plan.threads);
  const store = openEmbeddedStore(config.index, { mode: 'write' });
  const turns: Turn[] = [];
  try {
    for (let turn = 0; turn < plan.turns; turn++) {
      const files = plan.files.filter((_, i) => i % plan.turns === turn);
      const texts = await distinctTexts(plan.source, files, embedder);
      const ids = texts.map((text) => tokenizer.encode(toSimplified(text)));
      await copyFiles(plan.source, config.corpus, files);
      const nothing: Spent = { wall: 0, cpu: 0 };
      const took = { ingest: nothing, embedder: nothing, raw: nothing };
      const work = {
        ingest: async () => {
          const seen: string[] = [];
          await ingestHere(config, store, recording(embedder, seen));
          if (seen.length !== texts.length)
            throw new Error(
              `the ingest embedded ${seen.length} texts, the others ${texts.length}: take more turns`,
            );
        },
        embedder: () => embedder.embedPassages(texts),
        raw: () => raw.run(ids),
      };
      const order = ['ingest', 'raw', 'embedder'] as const;
      for (let i = 0; i < order.length; i++) {
        const name = order[(turn + i) % order.length]!;
        const before = process.cpuUsage();
        const from = performance.now();
        await work[name]();
        const { user, system } = process.cpuUsage(before);
        took[name] = { wall: performance.now() - from, cpu: (user + system) / 1000 };
      }
      const characters = texts.reduce((total, text) => total + text.length, 0);
      turns.push({ texts: texts.length, characters, ...took });
    }
  } finally {
    store.close();
    await raw.close();
    await embedder.close();
  }
  return { threads: plan.threads, load, turns };
}

async function ingestHere(
  { corpus, index }: Config,
  store: ReturnType<typeof openEmbeddedStore>,
  embedder: Embedder,
): Promise<void> {
  const journal = new EmbeddingJournal(join(index, 'unpublished.vectors'), embedder.identity);
  try {
    await ingest({
      corpus,
      store,
      embedder: withJournal(embedder, journal),
      onPublished: () => journal.clear(),
    });
  } finally {
    journal.close();
  }
}

/** The texts that an ingest of these files embeds: each once. */
async function distinctTexts(
  corpus: string,
  files: readonly string[],
  embedder: Embedder,
): Promise<string[]> {
  const texts = new Set<string>();
  for (const file of files) {
    const source = await readSource(corpus, file);
    if (!('bytes' in source)) throw source.error;
    for (const document of (await parseFile(source.bytes, file)).documents)
      for (const { text } of passagesThatFit(document, embedder)) texts.add(text);
  }
  return [...texts];
}

/** The same embedder; `seen` gets what it is given. */
function recording(inner: Embedder, seen: string[]): Embedder {
  return {
    ...inner,
    embedPassages: (texts, options) => {
      seen.push(...texts);
      return inner.embedPassages(texts, options);
    },
  };
}
