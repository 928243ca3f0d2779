/** The tokenizer and the network of one model folder, with transformers.js' loose types kept inside. */
import { AutoModel, AutoTokenizer, env, LogLevel, Tensor } from '@huggingface/transformers';
import type { PreTrainedTokenizer } from '@huggingface/transformers';
import { TiaowenError } from '../model/errors.js';
import type { ModelDtype } from './model-profile.js';

// Nothing here may touch the network; fetch-model.ts lifts this for the time of a fetch.
env.allowRemoteModels = false;
// Its cache would be looked into before the folder that was verified.
env.useFSCache = false;
// It reports in English on the console what we throw as errors.
env.logLevel = LogLevel.NONE;

/** Row-major floats. */
export interface Floats {
  readonly dims: readonly number[];
  readonly data: Float32Array;
}

export interface Tokenizer {
  /** Token ids of a text, special tokens included. Never cut. */
  encode(text: string): number[];
  /** How many special tokens stand before and after the text's own. */
  readonly leading: number;
  readonly trailing: number;
  readonly padId: number;
}

export interface Network {
  /** Outputs by name, each [batch, …]. Shorter rows are padded and masked. Runs on the calling thread, off it between calls. */
  run(rows: readonly (readonly number[])[]): Promise<ReadonlyMap<string, Floats>>;
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
    leading,
    trailing: all.length - own.length - leading,
    padId: tokenizer.pad_token_id ?? 0,
  };
}

/** `threads`: of the matrix products; 0 leaves it to the runtime (one per physical core). Throws TiaowenError model-invalid. */
export async function loadNetwork(
  folder: string,
  { dtype, threads, padId }: { dtype: ModelDtype; threads: number; padId: number },
): Promise<Network> {
  const model = await AutoModel.from_pretrained(folder, {
    local_files_only: true,
    dtype,
    device: 'cpu',
    session_options: {
      intraOpNumThreads: threads,
      // Threads that spin while they wait gain a tenth on an idle machine, and halve the speed when others use its cores.
      // Without x64quantprecision an x86 processor that lacks VNNI multiplies int8 in 16 bits that overflow: a cosine of 0.34 came out
      // as 0.58, and balanced accuracy of no-provision fell from 0.86 to 0.55 (onnxruntime, session option kOrtSessionOptionsAvx2PrecisionMode).
      extra: { session: { intra_op: { allow_spinning: '0' }, x64quantprecision: '1' } },
    },
  }).catch((error: unknown) => {
    throw invalid(folder, '权重文件无法加载', error);
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

function feed(rows: readonly (readonly number[])[], padId: number): Record<string, Tensor> {
  const width = Math.max(...rows.map((row) => row.length));
  const ids = new BigInt64Array(rows.length * width).fill(BigInt(padId));
  const mask = new BigInt64Array(rows.length * width);
  rows.forEach((row, r) => {
    row.forEach((id, i) => {
      ids[r * width + i] = BigInt(id);
      mask[r * width + i] = 1n;
    });
  });
  const dims = [rows.length, width];
  return { input_ids: new Tensor('int64', ids, dims), attention_mask: new Tensor('int64', mask, dims) };
}

function invalid(folder: string, what: string, cause?: unknown): TiaowenError {
  return new TiaowenError(
    'model-invalid',
    `模型 ${folder} 的${what}，请确认它是带 ONNX 权重的文本编码模型。`,
    { cause },
  );
}
