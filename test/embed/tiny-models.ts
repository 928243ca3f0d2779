/** Models of a few kilobytes in the layout of transformers.js: a network that ONNX really runs, made by the test that uses it. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeOnnx, type Constant } from './onnx-writer.js';

const SPECIALS = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'];
const DIMENSION = 32;

export interface TinyModel {
  /** Characters that the model knows; each is a token, all others are one and the same. */
  readonly characters: string;
  /** Default 512. */
  readonly maxTokens?: number;
  /** Another seed is another encoder. Default 1. */
  readonly seed?: number;
}

/**
 * An encoder of dimension 32 without token vectors: a text is the mean of its characters, so that texts which share characters are near.
 * [CLS] knows the mean: the pooling that is supposed of an unknown model is right.
 */
export async function writeTinyEncoder(folder: string, model: TinyModel): Promise<void> {
  const network = writeOnnx({
    inputs: ['input_ids', 'attention_mask'],
    outputs: [{ name: 'last_hidden_state', dims: ['batch', 'tokens', DIMENSION] }],
    constants: { characters: embeddings(vocabularyOf(model), model.seed ?? 1) },
    nodes: [
      { op: 'Gather', inputs: ['characters', 'input_ids'], output: 'own' },
      { op: 'ReduceMean', inputs: ['own'], output: 'mean', integers: { axes: [1], keepdims: 1 } },
      { op: 'Add', inputs: ['own', 'mean'], output: 'last_hidden_state' },
    ],
  });
  await writeModel(folder, model, network, { hidden_size: DIMENSION, architectures: ['BertModel'] });
}

/**
 * A cross-encoder: the logit is the number of pairs of equal known characters, one of the query and one of the passage. It needs the
 * segments: with all in one segment every logit is 0.
 */
export async function writeTinyReranker(folder: string, model: TinyModel): Promise<void> {
  const network = writeOnnx({
    inputs: ['input_ids', 'attention_mask', 'token_type_ids'],
    outputs: [{ name: 'logits', dims: ['batch', 1] }],
    constants: {
      characters: identity(vocabularyOf(model).length),
      tokens: { dims: [1], data: BigInt64Array.of(1n) },
      last: { dims: [1], data: BigInt64Array.of(2n) },
    },
    nodes: [
      { op: 'Gather', inputs: ['characters', 'input_ids'], output: 'one_hot' },
      { op: 'Cast', inputs: ['token_type_ids'], output: 'segment', integers: { to: 1 } },
      { op: 'Unsqueeze', inputs: ['segment', 'last'], output: 'mask' },
      { op: 'Mul', inputs: ['one_hot', 'mask'], output: 'second' },
      { op: 'ReduceSum', inputs: ['one_hot', 'tokens'], output: 'all', integers: { keepdims: 0 } },
      { op: 'ReduceSum', inputs: ['second', 'tokens'], output: 'passage', integers: { keepdims: 0 } },
      { op: 'Sub', inputs: ['all', 'passage'], output: 'query' },
      { op: 'Mul', inputs: ['query', 'passage'], output: 'shared' },
      { op: 'ReduceSum', inputs: ['shared', 'tokens'], output: 'logits', integers: { keepdims: 1 } },
    ],
  });
  await writeModel(folder, model, network, { architectures: ['BertForSequenceClassification'] });
}

function vocabularyOf({ characters }: TinyModel): string[] {
  return [...SPECIALS, ...new Set(Array.from(characters).filter((one) => one.trim() !== ''))];
}

/** A vector per token; special tokens have none. Mulberry32: the same numbers every time. */
function embeddings({ length }: readonly string[], seed: number): Constant {
  const data = new Float32Array(length * DIMENSION);
  let state = seed;
  for (let i = SPECIALS.length * DIMENSION; i < data.length; i++) {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    data[i] = ((t ^ (t >>> 14)) >>> 0) / 2 ** 31 - 1;
  }
  return { dims: [length, DIMENSION], data };
}

function identity(length: number): Constant {
  const data = new Float32Array(length * length);
  for (let i = SPECIALS.length; i < length; i++) data[i * length + i] = 1;
  return { dims: [length, length], data };
}

async function writeModel(
  folder: string,
  model: TinyModel,
  network: Buffer,
  config: Readonly<Record<string, unknown>>,
): Promise<void> {
  await mkdir(join(folder, 'onnx'), { recursive: true });
  const files = {
    'config.json': {
      ...config,
      model_type: 'bert',
      max_position_embeddings: model.maxTokens ?? 512,
      num_labels: 1,
    },
    'tokenizer.json': tokenizerOf(vocabularyOf(model)),
    'tokenizer_config.json': { tokenizer_class: 'BertTokenizer', pad_token: '[PAD]', unk_token: '[UNK]' },
  };
  for (const [name, value] of Object.entries(files))
    await writeFile(join(folder, name), JSON.stringify(value));
  await writeFile(join(folder, 'onnx', 'model_quantized.onnx'), network);
}

/** As BERT's, of single characters. */
function tokenizerOf(vocabulary: readonly string[]): unknown {
  const special = (id: string) => ({ id, ids: [vocabulary.indexOf(id)], tokens: [id] });
  const of = (id: string, type_id: number) =>
    id.startsWith('[') ? { SpecialToken: { id, type_id } } : { Sequence: { id, type_id } };
  const single = [of('[CLS]', 0), of('A', 0), of('[SEP]', 0)];
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: SPECIALS.map((content, id) => ({
      id,
      content,
      special: true,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
    })),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single,
      pair: [...single, of('B', 1), of('[SEP]', 1)],
      special_tokens: { '[CLS]': special('[CLS]'), '[SEP]': special('[SEP]') },
    },
    decoder: null,
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(vocabulary.map((token, id) => [token, id])),
    },
  };
}
