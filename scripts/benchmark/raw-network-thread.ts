/** A thread with an onnxruntime session and nothing else: it takes the next text when it is done with one. See raw-network.ts. */
import { parentPort, workerData } from 'node:worker_threads';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { sessionOptions } from '../../src/embed/onnx-model.js';
import type { RawTexts, RawThreadData } from './raw-network.js';

const { weights } = workerData as RawThreadData;
const session = await InferenceSession.create(weights, sessionOptions(1));
const port = parentPort!;

port.on('message', (texts: RawTexts) => {
  void runAll(texts).then((passes) => port.postMessage(passes));
});
port.postMessage(0);

/** Returns how many texts this thread took. */
async function runAll({ next, ids, offsets }: RawTexts): Promise<number> {
  const counter = new Int32Array(next);
  const all = new BigInt64Array(ids);
  const starts = new Int32Array(offsets);
  let passes = 0;
  for (;;) {
    const text = Atomics.add(counter, 0, 1);
    if (text >= starts.length - 1) return passes;
    const own = all.slice(starts[text], starts[text + 1]);
    const dims = [1, own.length];
    await session.run({
      input_ids: new Tensor('int64', own, dims),
      attention_mask: new Tensor('int64', new BigInt64Array(own.length).fill(1n), dims),
      token_type_ids: new Tensor('int64', new BigInt64Array(own.length), dims),
    });
    passes++;
  }
}
