/** Where a model comes from: a folder of this machine, or the hub (or a mirror of it) once, into a folder of this machine. */
import { access } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { TiaowenError } from '../model/errors.js';
import { CHECKSUM_FILE, wayOut } from './checksums.js';
import { fetchModel } from './fetch-model.js';
import { knownProfile, PASSAGE_MODEL, weightsFile, type ModelDtype } from './model-profile.js';
import type { ModelKind } from './onnx-model.js';

/** Ships with the program and stands on no hub, so that its absence is an error and never a download. */
const BUNDLED: readonly string[] = ['tiaowen/policy-encoder-small-zh'];

/** No segment begins with a dot, so that a name never leads out of the models' folder. */
const HUB_ID = /^\w[\w.-]*\/\w[\w.-]*$/;

export interface ModelSource {
  /** Hub id ("Xenova/bge-m3"), or a path: absolute, or beginning with a dot. */
  readonly model: string;
  /** What it is fetched as; an encoder when not given. */
  readonly kind?: ModelKind;
  /** Absolute path of the folder that holds models by hub id. */
  readonly modelsFolder: string;
  /** Address that stands for the hub; its own when not given. */
  readonly mirror?: string | undefined;
  /** Absolute path of the folder to fetch models into; `modelsFolder` when not given. */
  readonly cacheFolder?: string | undefined;
  /** Gets sentences for the user: what is fetched, what had to be guessed. */
  readonly notify: (message: string) => void;
}

export interface LocatedModel {
  /** Hub id, or the name of a local folder. */
  readonly name: string;
  /** Absolute path; holds all that is needed, or a SHA256SUMS that says what is missing. */
  readonly folder: string;
}

/** Finds the model, fetching it if it must. Throws TiaowenError model-missing (not found, not fetched) or model-invalid (no name). */
export async function locateModel(source: ModelSource): Promise<LocatedModel> {
  const { model, modelsFolder } = source;
  if (isAbsolute(model) || model.startsWith('.')) return localModel(resolve(model));
  if (!HUB_ID.test(model)) {
    throw new TiaowenError('model-invalid', `“${model}”不是模型名称：应为“组织/模型”，或本地目录的路径。`);
  }
  const folder = join(modelsFolder, model);
  if (await isUsable(folder, model)) return { name: model, folder };
  if (BUNDLED.includes(model)) {
    throw new TiaowenError('model-missing', `缺少随软件提供的模型 ${folder}。${wayOut(folder)}`);
  }
  const cacheFolder = source.cacheFolder ?? modelsFolder;
  const cached = join(cacheFolder, model);
  if (!(await isUsable(cached, model))) {
    source.notify(`本机没有模型 ${model}，正在获取到 ${cached} …`);
    const { kind = 'encoder', mirror } = source;
    await fetchModel({ model, kind, mirror, cacheFolder, dtype: dtypeOf(model) });
  }
  return { name: model, folder: cached };
}

/**
 * Throws TiaowenError model-missing that names the first file which a model folder lacks. `queryModel`: as in the profile, where
 * queries have a network of their own.
 */
export async function requireModelFiles(
  folder: string,
  dtype: ModelDtype,
  queryModel?: string,
): Promise<void> {
  const lacking = await firstLacking(folder, dtype, queryModel);
  if (lacking !== null) {
    throw new TiaowenError('model-missing', `缺少模型文件 ${join(folder, lacking)}。${wayOut(folder)}`);
  }
}

async function localModel(folder: string): Promise<LocatedModel> {
  if (!(await exists(folder))) {
    throw new TiaowenError('model-missing', `模型目录 ${folder} 不存在，请检查路径。`);
  }
  // A folder laid out like the hub (…/Xenova/bge-small-zh-v1.5) is that model wherever it stands.
  const id = `${basename(dirname(folder))}/${basename(folder)}`;
  return { name: knownProfile(id) ? id : basename(folder), folder };
}

/** A folder with SHA256SUMS is taken at its word: what it lacks is then an error, not a reason to go to the network. */
async function isUsable(folder: string, model: string): Promise<boolean> {
  return (await exists(join(folder, CHECKSUM_FILE))) || (await firstLacking(folder, dtypeOf(model))) === null;
}

async function firstLacking(folder: string, dtype: ModelDtype, queryModel?: string): Promise<string | null> {
  const weights = [PASSAGE_MODEL, ...(queryModel === undefined ? [] : [queryModel])];
  for (const file of [
    'config.json',
    'tokenizer.json',
    'tokenizer_config.json',
    ...weights.map((model) => weightsFile(dtype, model)),
  ]) {
    if (!(await exists(join(folder, file)))) return file;
  }
  return null;
}

function dtypeOf(model: string): ModelDtype {
  return knownProfile(model)?.dtype ?? 'q8';
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
