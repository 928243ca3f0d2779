/** Fetches a model from the hub or a mirror into a local folder. The only code that goes to the network for a model. */
import { join } from 'node:path';
import { AutoTokenizer, env, ModelFileNotFoundError } from '@huggingface/transformers';
import { TiaowenError } from '../model/errors.js';
import { writeChecksums } from './checksums.js';
import type { ModelDtype } from './model-profile.js';
import { NETWORKS, type ModelKind } from './onnx-model.js';

export interface FetchOptions {
  readonly model: string;
  readonly kind: ModelKind;
  readonly mirror: string | undefined;
  /** Files arrive in <cacheFolder>/<model>/, each whole or not at all. */
  readonly cacheFolder: string;
  readonly dtype: ModelDtype;
}

/** One fetch at a time, because the library keeps the address in a global. */
let queue: Promise<unknown> = Promise.resolve();

/** Throws TiaowenError model-missing when the model is not there or the address does not answer. */
export function fetchModel(options: FetchOptions): Promise<void> {
  const next = queue.then(() => fetchNow(options));
  queue = next.catch(() => undefined);
  return next;
}

async function fetchNow({ model, kind, mirror, cacheFolder, dtype }: FetchOptions): Promise<void> {
  const before = {
    allowRemoteModels: env.allowRemoteModels,
    remoteHost: env.remoteHost,
    localModelPath: env.localModelPath,
    useFSCache: env.useFSCache,
  };
  const remoteHost = mirror === undefined ? env.remoteHost : `${mirror.replace(/\/+$/, '')}/`;
  Object.assign(env, { allowRemoteModels: true, remoteHost, localModelPath: cacheFolder, useFSCache: true });
  try {
    await AutoTokenizer.from_pretrained(model, { cache_dir: cacheFolder });
    const loaded = await NETWORKS[kind].from_pretrained(model, {
      cache_dir: cacheFolder,
      dtype,
      device: 'cpu',
    });
    await loaded.dispose();
  } catch (error) {
    const reason =
      error instanceof ModelFileNotFoundError ? '该地址没有这个模型或缺少所需的文件' : '无法连接或传输中断';
    throw new TiaowenError(
      'model-missing',
      `未能从 ${remoteHost} 获取模型 ${model}：${reason}。请检查模型名称和镜像地址，或改用本地目录。`,
      { cause: error },
    );
  } finally {
    Object.assign(env, before);
  }
  await writeChecksums(join(cacheFolder, model));
}
