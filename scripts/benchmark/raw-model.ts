/** What onnxruntime alone does with the same texts: the ceiling of an ingest. */
import { availableParallelism } from 'node:os';
import { PACKAGE_ROOT } from '../../src/config.js';
import { join } from 'node:path';
import { openTransformersEmbedder } from '../../src/embed/transformers-embedder.js';
import { openWorkerEmbedder } from '../../src/embed/worker-embedder.js';

const MODEL = { model: 'tiaowen/policy-encoder-small-zh', modelsFolder: join(PACKAGE_ROOT, 'models') };

/** Texts per second, models loaded before the clock starts. */
export async function measureModel(texts: readonly string[]): Promise<{ onePass: number; workers: number }> {
  const single = await openTransformersEmbedder({ ...MODEL, threads: availableParallelism() });
  const crew = await openWorkerEmbedder(MODEL);
  try {
    // Longer than any queue of messages, so that every thread has loaded its network.
    const warm = Array.from({ length: 64 }, (_, i) => `第${i}条`);
    await single.embedPassages(warm);
    await crew.embedPassages(warm);
    const rate = async (embed: () => Promise<unknown>) => {
      const from = performance.now();
      await embed();
      return (texts.length * 1000) / (performance.now() - from);
    };
    return {
      onePass: await rate(() => single.embedPassages(texts)),
      workers: await rate(() => crew.embedPassages(texts)),
    };
  } finally {
    await single.close();
    await crew.close();
  }
}
