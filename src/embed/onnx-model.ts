/** The tokenizer and the network of one model folder, with transformers.js' loose types kept inside. */
import {
  AutoModel,
  AutoModelForSequenceClassification,
  AutoTokenizer,
  env,
  LogLevel,
  Tensor,
} from '@huggingface/transformers';
import type { PreTrainedTokenizer } from '@huggingface/transformers';
import { TiaowenError } from '../model/errors.js';
import { PASSAGE_MODEL, type ModelDtype } from './model-profile.js';

// Nothing here may touch the network; fetch-model.ts lifts this for the time of a fetch.
env.allowRemoteModels = false;
// Its cache would be looked into before the folder that was verified.
env.useFSCache = false;
// It reports in English on the console what we throw as errors.
env.logLevel = LogLevel.NONE;

/** encoder: vectors of a text. reranker: one number for a pair of texts. */
export type ModelKind = 'encoder' | 'reranker';

/** How the library loads each kind. */
export const NETWORKS = { encoder: AutoModel, reranker: AutoModelForSequenceClassification } as const;

const KIND_NAMES: Readonly<Record<ModelKind, string>> = {
  encoder: '文本编码模型',
  reranker: '交叉编码重排模型',
};

/** Row-major floats. */
export interface Floats {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

/** Token ids of one text or pair. `segments`: 0 for the first text of a pair, 1 for the second; not given: all 0. */
export interface Row {
  readonly ids: readonly number[];
  readonly segments?: readonly number[];
}

export interface Tokenizer {
  /** Token ids of a text, special tokens included. Never cut. */
  encode(text: string): number[];
  /** Two texts in one row. Never cut. */
  encodePair(first: string, second: string): Row;
  /** How many special tokens stand before and after the text's own. */
  readonly leading: number;
  readonly trailing: number;
  readonly padId: number;
}

export interface Network {
  /** Outputs by name, each [batch, …]. Shorter rows are padded and masked. Runs on the calling thread, off it between calls. */
  run(rows: readonly Row[]): Promise<ReadonlyMap<string, Floats>>;
  close(): Promise<void>;
}

/** Throws TiaowenError model-invalid. */
export async function loadTokenizer(folder: string): Promise<Tokenizer> {
  let tokenizer: PreTrainedTokenizer;
  try {
    tokenizer = await AutoTokenizer.from_pretrained(folder, { local_files_only: true });
  } catch (error) {
    throw invalid(folder, '分词器无法加载', error);
  }
  const own = tokenizer.encode('条', { add_special_tokens: false });
  const all = tokenizer.encode('条');
  const leading = all.indexOf(own[0] ?? -1);
  if (leading < 0) throw invalid(folder, '分词器不识中文');
  return {
    encode: (text) => tokenizer.encode(text),
    encodePair: (first, second) => pairOf(tokenizer, first, second),
    leading,
    trailing: all.length - own.length - leading,
    padId: tokenizer.pad_token_id ?? 0,
  };
}

/** Not every tokenizer gives segments unasked, and a network that does not want them is not given them. */
function pairOf(tokenizer: PreTrainedTokenizer, first: string, second: string): Row {
  const call = tokenizer as unknown as (
    text: string,
    options: { text_pair: string; return_tensor: false; return_token_type_ids: true },
  ) => { readonly input_ids: number[]; readonly token_type_ids: number[] };
  const { input_ids, token_type_ids } = call(first, {
    text_pair: second,
    return_tensor: false,
    return_token_type_ids: true,
  });
  return { ids: input_ids, segments: token_type_ids };
}

/** How onnxruntime is to run any of our networks. `threads`: of the matrix products; 0 leaves it to the runtime (one per physical core). */
export function sessionOptions(threads: number) {
  return {
    intraOpNumThreads: threads,
    // Threads that spin while they wait gain a tenth on an idle machine, and halve the speed when others use its cores.
    // Without x64quantprecision an x86 processor that lacks VNNI multiplies int8 in 16 bits that overflow: a cosine of 0.34 came out
    // as 0.58, and balanced accuracy of no-provision fell from 0.86 to 0.55 (onnxruntime, session option kOrtSessionOptionsAvx2PrecisionMode).
    extra: { session: { intra_op: { allow_spinning: '0' }, x64quantprecision: '1' } },
  };
}

export interface NetworkOptions {
  readonly kind: ModelKind;
  readonly dtype: ModelDtype;
  /** As of sessionOptions(). */
  readonly threads: number;
  readonly padId: number;
  /** Name of the weights without precision and extension; those of passages when not given. */
  readonly file?: string | undefined;
}

/** Throws TiaowenError model-invalid. */
export async function loadNetwork(
  folder: string,
  { kind, dtype, threads, padId, file = PASSAGE_MODEL }: NetworkOptions,
): Promise<Network> {
  const model = await NETWORKS[kind]
    .from_pretrained(folder, {
      local_files_only: true,
      model_file_name: file,
      dtype,
      device: 'cpu',
      session_options: sessionOptions(threads),
    })
    .catch((error: unknown) => {
      throw invalid(folder, '权重文件无法加载', error, kind);
    });
  const call = model as unknown as (inputs: Record<string, Tensor>) => Promise<Record<string, unknown>>;
  return {
    async run(rows) {
      const outputs = new Map<string, Floats>();
      for (const [name, value] of Object.entries(await call(feed(rows, padId)))) {
        if (value instanceof Tensor && value.data instanceof Float32Array) {
          outputs.set(name, { dims: value.dims, data: value.data });
        }
      }
      return outputs;
    },
    async close() {
      await model.dispose();
    },
  };
}

function feed(rows: readonly Row[], padId: number): Record<string, Tensor> {
  const width = Math.max(...rows.map(({ ids }) => ids.length));
  const all = new BigInt64Array(rows.length * width).fill(BigInt(padId));
  const mask = new BigInt64Array(rows.length * width);
  const types = new BigInt64Array(rows.length * width);
  rows.forEach(({ ids, segments }, r) => {
    ids.forEach((id, i) => {
      all[r * width + i] = BigInt(id);
      mask[r * width + i] = 1n;
      types[r * width + i] = BigInt(segments?.[i] ?? 0);
    });
  });
  const dims = [rows.length, width];
  return {
    input_ids: new Tensor('int64', all, dims),
    attention_mask: new Tensor('int64', mask, dims),
    token_type_ids: new Tensor('int64', types, dims),
  };
}

function invalid(folder: string, what: string, cause?: unknown, kind: ModelKind = 'encoder'): TiaowenError {
  return new TiaowenError(
    'model-invalid',
    `模型 ${folder} 的${what}，请确认它是带 ONNX 权重的${KIND_NAMES[kind]}。`,
    { cause },
  );
}
