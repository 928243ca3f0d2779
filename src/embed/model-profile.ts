/** What must be known of a model to use it: vector lengths, pooling, prefixes, limits. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { TiaowenError } from '../model/errors.js';

/** Precision of the weights file → what stands before ".onnx" in its name, as the hub's ONNX exports are named. */
const WEIGHTS_SUFFIX = {
  fp32: '',
  fp16: '_fp16',
  q8: '_quantized',
  int8: '_int8',
  uint8: '_uint8',
  q4: '_q4',
  q4f16: '_q4f16',
  bnb4: '_bnb4',
} as const;

export type ModelDtype = keyof typeof WEIGHTS_SUFFIX;

export interface ModelProfile {
  /** Hub id, or the name of a local folder. */
  readonly name: string;
  /** Length of a sentence vector. */
  readonly dimension: number;
  /** Length of a token vector; null: the model gives none. */
  readonly tokenDimension: number | null;
  /** How a sentence vector comes from last_hidden_state; without effect when `sentenceOutput` is given. */
  readonly pooling: 'cls' | 'mean';
  /** Put before a query for its sentence vector. */
  readonly queryPrefix: string;
  /** Put before a passage. */
  readonly passagePrefix: string;
  readonly dtype: ModelDtype;
  /**
   * A network of its own for queries, that writes into the space of the passages' network: "query_model" stands for
   * onnx/query_model_quantized.onnx with dtype q8. Not given: one network for both.
   */
  readonly queryModel?: string;
  /** The most tokens of a text, special tokens included. */
  readonly maxTokens: number;
  /** Output of the network that is the sentence vector: [batch, dimension]. */
  readonly sentenceOutput?: string;
  /** Output with the token vectors: [batch, tokens, tokenDimension]. Goes with `tokenDimension`. */
  readonly tokenOutput?: string;
}

/** A file of this name in a model's folder states or overrides fields of the profile. */
export const PROFILE_FILE = 'tiaowen.json';

/** The library's own description of the network. */
export const CONFIG_FILE = 'config.json';

const BGE_ZH_QUERY = '为这个句子生成表示以用于检索相关文章：';

const PLAIN = {
  tokenDimension: null,
  pooling: 'cls',
  queryPrefix: '',
  passagePrefix: '',
  dtype: 'q8',
  maxTokens: 512,
} as const satisfies Partial<ModelProfile>;

const E5 = { ...PLAIN, pooling: 'mean', queryPrefix: 'query: ', passagePrefix: 'passage: ' } as const;

/** Prefixes and pooling as the authors of each model state them on its model card. */
const KNOWN: readonly ModelProfile[] = [
  {
    ...PLAIN,
    name: 'tiaowen/policy-encoder-small-zh',
    dimension: 512,
    queryModel: 'query_model',
    sentenceOutput: 'sentence_embedding',
    tokenDimension: 128,
    tokenOutput: 'token_embeddings',
  },
  { ...PLAIN, name: 'Xenova/bge-small-zh-v1.5', dimension: 512, queryPrefix: BGE_ZH_QUERY },
  { ...PLAIN, name: 'Xenova/bge-base-zh-v1.5', dimension: 768, queryPrefix: BGE_ZH_QUERY },
  { ...PLAIN, name: 'Xenova/bge-large-zh-v1.5', dimension: 1024, queryPrefix: BGE_ZH_QUERY },
  { ...PLAIN, name: 'Xenova/bge-m3', dimension: 1024, maxTokens: 8192 },
  { ...E5, name: 'Xenova/multilingual-e5-small', dimension: 384 },
  { ...E5, name: 'Xenova/multilingual-e5-base', dimension: 768 },
  { ...E5, name: 'Xenova/multilingual-e5-large', dimension: 1024 },
];

export function knownProfile(name: string): ModelProfile | null {
  return KNOWN.find((each) => each.name === name) ?? null;
}

/** What the weights of the passages' network are called before precision and extension, as the hub's ONNX exports are named. */
export const PASSAGE_MODEL = 'model';

/** Path of the weights inside the model's folder, with forward slashes. */
export function weightsFile(dtype: ModelDtype, model: string = PASSAGE_MODEL): string {
  return `onnx/${model}${WEIGHTS_SUFFIX[dtype]}.onnx`;
}

/**
 * The profile of the model in `folder`: the known one of that name, else what its config.json gives, either overridden by the
 * folder's tiaowen.json. `warn` gets a sentence when prefix and pooling had to be guessed. Throws TiaowenError model-invalid.
 */
export async function readProfile(
  folder: string,
  name: string,
  warn: (message: string) => void,
): Promise<ModelProfile> {
  const stated = await readJson(join(folder, PROFILE_FILE));
  const known = knownProfile(name);
  if (known && !stated) return known;
  if (!known && !stated) {
    warn(
      `模型 ${name} 没有已知的配置，暂按 [CLS] 池化、无前缀使用；` +
        `如与模型说明不符，请在 ${folder} 中用 ${PROFILE_FILE} 写明。`,
    );
  }
  const base = known ?? (await fromConfig(folder, name));
  return checked({ ...base, ...stated }, join(folder, stated ? PROFILE_FILE : CONFIG_FILE));
}

/** Not checked yet: tiaowen.json may state what config.json lacks. */
async function fromConfig(folder: string, name: string): Promise<Fields> {
  const config = (await readJson(join(folder, CONFIG_FILE))) ?? {};
  return { ...PLAIN, name, dimension: config['hidden_size'], maxTokens: maxTokensOf(config) };
}

/** From the positions that config.json states; 512 when it states none. */
export function maxTokensOf(config: Fields): number {
  const positions = config['max_position_embeddings'];
  // RoBERTa counts positions from the padding index + 1, so that two of them hold no token.
  const reserved = String(config['model_type']).includes('roberta') ? 2 : 0;
  return typeof positions === 'number' ? positions - reserved : PLAIN.maxTokens;
}

/** Of a JSON object, not checked. */
export type Fields = Readonly<Record<string, unknown>>;

/** Null when there is no such file. Throws TiaowenError model-invalid. */
export async function readJson(path: string): Promise<Fields | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    return null;
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  } catch {
    // Reported below, together with JSON that is no object.
  }
  throw new TiaowenError('model-invalid', `模型配置 ${path} 不是合法的 JSON 对象，请更正或重新获取该文件。`);
}

export const isText = (value: unknown): boolean => typeof value === 'string';
export const isLength = (value: unknown): boolean => Number.isInteger(value) && (value as number) > 0;
export const isDtype = (value: unknown): boolean =>
  typeof value === 'string' && Object.hasOwn(WEIGHTS_SUFFIX, value);

const RULES: Readonly<Record<keyof ModelProfile, (value: unknown) => boolean>> = {
  name: isText,
  dimension: isLength,
  tokenDimension: (value) => value === null || isLength(value),
  pooling: (value) => value === 'cls' || value === 'mean',
  queryPrefix: isText,
  passagePrefix: isText,
  dtype: isDtype,
  // A name and no path: it may not lead out of the folder.
  queryModel: (value) => value === undefined || (typeof value === 'string' && /^\w[\w-]*$/.test(value)),
  maxTokens: isLength,
  sentenceOutput: (value) => value === undefined || isText(value),
  tokenOutput: (value) => value === undefined || isText(value),
};

/** Throws TiaowenError model-invalid that names the first field which is unknown, missing or wrong. `path`: the file they are of. */
export function checkFields(
  fields: Fields,
  rules: Readonly<Record<string, (value: unknown) => boolean>>,
  path: string,
): void {
  const unknown = Object.keys(fields).find((key) => !Object.hasOwn(rules, key));
  const wrong = unknown ?? Object.entries(rules).find(([key, valid]) => !valid(fields[key]))?.[0];
  if (wrong === undefined) return;
  throw new TiaowenError(
    'model-invalid',
    `模型配置 ${path} 的 ${wrong} ${unknown === undefined ? '缺失或取值不合要求' : '不是已知的字段'}，请更正。`,
  );
}

function checked(fields: Fields, path: string): ModelProfile {
  checkFields(fields, RULES, path);
  const profile = fields as unknown as ModelProfile;
  if ((profile.tokenDimension === null) !== (profile.tokenOutput === undefined)) {
    throw new TiaowenError('model-invalid', `模型配置 ${path} 的 tokenDimension 与 tokenOutput 须同时给出。`);
  }
  return profile;
}
