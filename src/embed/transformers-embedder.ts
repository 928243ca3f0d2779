/** The embedder that runs ONNX models in this process with transformers.js. */
import { join } from 'node:path';
import { TiaowenError } from '../model/errors.js';
import { planBatches } from './batches.js';
import { sha256, verifyChecksums } from './checksums.js';
import type { EmbedOptions, Embedder, Encoding } from './embedder.js';
import { PASSAGE_MODEL, readProfile, weightsFile, type ModelProfile } from './model-profile.js';
import { locateModel, requireModelFiles } from './model-source.js';
import { loadNetwork, loadTokenizer, type Floats, type Network, type Tokenizer } from './onnx-model.js';
import { clsPooled, meanPooled, sentenceRow, tokenRows } from './vectors.js';

export interface TransformersEmbedderOptions {
  /** Hub id, or the path of a local folder. */
  readonly model: string;
  /** Folder that holds models by hub id. */
  readonly modelsFolder: string;
  /** Address to fetch a hub model from that is not on this machine; the hub's own when not given. */
  readonly mirror?: string | undefined;
  /** Folder to fetch into; `modelsFolder` when not given. */
  readonly cacheFolder?: string | undefined;
  /** Threads of the matrix products; not given or 0: one per physical core. */
  readonly threads?: number | undefined;
  /**
   * Padded tokens per pass of the network. 0 (the default): one text per pass, so that a text has the same vectors bit for bit
   * whatever stands beside it. An int8 model scales its activations over the whole pass: batched, the same text comes out
   * with a cosine to itself of 0.994 in the median and 0.984 at worst, for about a quarter more speed. Only worth it for models that are not quantised.
   */
  readonly batchTokens?: number | undefined;
  /** Gets sentences for the user; standard error when not given. */
  readonly notify?: ((message: string) => void) | undefined;
}

/** What a thread needs to open the model that this process found. */
export interface LoadedModel {
  readonly folder: string;
  readonly profile: ModelProfile;
  readonly sha256: string;
  readonly querySha256: string;
}

/**
 * Locates and verifies the model and loads its tokenizer; the network is loaded on first use, so that opening stays cheap where
 * nothing is embedded. Throws TiaowenError model-missing, model-altered or model-invalid.
 */
export async function openTransformersEmbedder(
  options: TransformersEmbedderOptions,
): Promise<TransformersEmbedder> {
  const notify = options.notify ?? ((message: string) => console.warn(message));
  const { name, folder } = await locateModel({ ...options, notify });
  const sums = await verifyChecksums(folder);
  const profile = await readProfile(folder, name, notify);
  await requireModelFiles(folder, profile.dtype, profile.queryModel);
  const digest = async (model: string) => {
    const weights = weightsFile(profile.dtype, model);
    return sums?.get(weights) ?? sha256(join(folder, weights));
  };
  const sha = await digest(PASSAGE_MODEL);
  const querySha = profile.queryModel === undefined ? sha : await digest(profile.queryModel);
  const loaded = { folder, profile, sha256: sha, querySha256: querySha };
  return new TransformersEmbedder(loaded, await loadTokenizer(folder), options);
}

/** Another one of a model that was opened already: nothing is looked for or verified again. For the threads of worker-embedder.ts. */
export async function openLoaded(loaded: LoadedModel, threads: number): Promise<Embedder> {
  return new TransformersEmbedder(loaded, await loadTokenizer(loaded.folder), { threads });
}

/** Tokenised texts per turn of the event loop. */
const TOKENISE_STEP = 256;

export class TransformersEmbedder implements Embedder {
  readonly identity;
  readonly maxTokens;
  readonly #threads: number;
  readonly #batchTokens: number;
  /** By the name of their weights; each is loaded on first use. */
  readonly #networks = new Map<string, Promise<Network>>();
  #closed = false;

  constructor(
    readonly loaded: LoadedModel,
    private readonly tokenizer: Tokenizer,
    { threads = 0, batchTokens = 0 }: Pick<TransformersEmbedderOptions, 'threads' | 'batchTokens'>,
  ) {
    const { profile } = loaded;
    const { name, dimension, tokenDimension, pooling, queryPrefix } = profile;
    this.identity = { name, sha256: loaded.sha256, dimension, tokenDimension, pooling, queryPrefix };
    this.maxTokens = profile.maxTokens;
    this.#threads = threads;
    this.#batchTokens = batchTokens;
  }

  get queryModel(): string {
    return this.loaded.querySha256;
  }

  countTokens(text: string): number {
    return this.tokenizer.encode(this.loaded.profile.passagePrefix + text).length;
  }

  async embedQuery(text: string): Promise<Encoding> {
    const { queryPrefix, tokenDimension, queryModel } = this.loaded.profile;
    const asked = this.#tokenise(queryPrefix + text, '检索词');
    const sentence = (await this.#run([asked], queryModel))[0]!;
    if (tokenDimension === null || queryPrefix === '') return sentence;
    // Token vectors are trained without the prefix. A pass of its own: padded beside the longer row it would come out differently.
    const bare = (await this.#run([this.#tokenise(text, '检索词')], queryModel))[0]!;
    return { sentence: sentence.sentence, tokens: bare.tokens };
  }

  async embedPassages(
    texts: readonly string[],
    { onProgress, onEncoded, signal }: EmbedOptions = {},
  ): Promise<Encoding[]> {
    const rows: number[][] = [];
    for (const text of texts) {
      rows.push(this.#tokenise(this.loaded.profile.passagePrefix + text, '段落'));
      if (rows.length % TOKENISE_STEP === 0) {
        await new Promise(setImmediate);
        signal?.throwIfAborted();
      }
    }
    const encodings = new Array<Encoding>(texts.length);
    let done = 0;
    const lengths = rows.map((row) => row.length);
    for (const batch of planBatches(lengths, this.#batchTokens)) {
      signal?.throwIfAborted();
      const results = await this.#run(batch.map((index) => rows[index]!));
      batch.forEach((index, i) => {
        encodings[index] = results[i]!;
        onEncoded?.(index, results[i]!);
      });
      done += batch.length;
      onProgress?.(done);
    }
    return encodings;
  }

  async close(): Promise<void> {
    this.#closed = true;
    const networks = [...this.#networks.values()];
    this.#networks.clear();
    for (const network of networks) await (await network.catch(() => null))?.close();
  }

  #tokenise(text: string, what: '检索词' | '段落'): number[] {
    const ids = this.tokenizer.encode(text);
    if (ids.length > this.maxTokens) {
      throw new TiaowenError(
        'passage-too-long',
        `${what}有 ${ids.length} 个词元，超过模型上限 ${this.maxTokens}：“${text.slice(0, 30)}…”`,
      );
    }
    return ids;
  }

  async #run(rows: readonly number[][], weights: string = PASSAGE_MODEL): Promise<Encoding[]> {
    if (this.#closed) throw new Error('the embedder is closed');
    const outputs = await (await this.#network(weights)).run(rows.map((ids) => ({ ids })));
    return rows.map((row, r) => ({
      sentence: this.#sentence(outputs, r, row.length),
      tokens: this.#tokens(outputs, r, row.length),
    }));
  }

  #network(file: string): Promise<Network> {
    let network = this.#networks.get(file);
    if (network === undefined) {
      const { dtype } = this.loaded.profile;
      const { padId } = this.tokenizer;
      network = loadNetwork(this.loaded.folder, {
        kind: 'encoder',
        dtype,
        threads: this.#threads,
        padId,
        file,
      });
      this.#networks.set(file, network);
    }
    return network;
  }

  #sentence(outputs: ReadonlyMap<string, Floats>, row: number, count: number): Float32Array {
    const { sentenceOutput, pooling, dimension } = this.loaded.profile;
    const output = this.#output(outputs, sentenceOutput ?? 'last_hidden_state', dimension);
    if (sentenceOutput !== undefined) return sentenceRow(output, row);
    return pooling === 'cls' ? clsPooled(output, row) : meanPooled(output, row, count);
  }

  #tokens(outputs: ReadonlyMap<string, Floats>, row: number, count: number): Int8Array | null {
    const { tokenOutput, tokenDimension } = this.loaded.profile;
    if (tokenOutput === undefined || tokenDimension === null) return null;
    const output = this.#output(outputs, tokenOutput, tokenDimension);
    return tokenRows(output, row, this.tokenizer.leading, count - this.tokenizer.trailing);
  }

  #output(outputs: ReadonlyMap<string, Floats>, name: string, dimension: number): Floats {
    const output = outputs.get(name);
    if (output?.dims.at(-1) === dimension) return output;
    const found = [...outputs].map(([key, { dims }]) => `${key} ${dims.at(-1)} 维`).join('，');
    throw new TiaowenError(
      'model-invalid',
      `模型 ${this.loaded.profile.name} 没有 ${dimension} 维的输出 ${name}（实有：${found || '无'}），请核对模型配置。`,
    );
  }
}
