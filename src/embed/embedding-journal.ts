/**
 * Encodings that no published index holds yet, in a file beside it: what a killed ingest had embedded is not embedded again. Only a
 * cache: a record that is not whole ends what is read, another model empties it, and publishing does too, so it stays small.
 */
import { createHash } from 'node:crypto';
import { closeSync, ftruncateSync, openSync, readFileSync, readSync, rmSync, writeSync } from 'node:fs';
import type { Embedder, Encoding, ModelIdentity } from './embedder.js';

/** Of a record: digest of what follows (8), key of the text (32), numbers of the sentence vector (4), bytes of the token vectors plus one (4). */
const HEAD = 48;
const KEY_AT = 8;
const SENTENCE_AT = 40;
const TOKENS_AT = 44;

interface Place {
  readonly at: number;
  readonly length: number;
}

export class EmbeddingJournal {
  readonly #path: string;
  readonly #model: string;
  #file: number | null = null;
  #places = new Map<string, Place>();
  #end = 0;

  /** Reads what is there. A folder that cannot be written is no error here: then nothing is kept. */
  constructor(path: string, model: ModelIdentity) {
    this.#path = path;
    this.#model = `${model.sha256} ${model.dimension} ${model.tokenDimension} ${model.pooling}\n`;
    try {
      this.#read();
    } catch {
      this.clear();
    }
  }

  /** How many texts it holds. */
  get size(): number {
    return this.#places.size;
  }

  get(text: string): Encoding | null {
    const place = this.#places.get(keyOf(text).toString('latin1'));
    if (place === undefined || this.#file === null) return null;
    const record = Buffer.alloc(place.length);
    if (readSync(this.#file, record, 0, place.length, place.at) !== place.length || !isWhole(record))
      return null;
    return decode(record);
  }

  /** Without an fsync: a process that dies keeps what it wrote; a machine that does loses some work. A full disk loses the cache. */
  add(text: string, encoding: Encoding): void {
    const key = keyOf(text);
    try {
      this.#file ??= this.#start();
      const record = encode(key, encoding);
      writeSync(this.#file, record, 0, record.length, this.#end);
      this.#places.set(key.toString('latin1'), { at: this.#end, length: record.length });
      this.#end += record.length;
    } catch {
      // The embedding is there all the same; only a kill would cost it.
    }
  }

  /** Empties it: what it held is published. */
  clear(): void {
    this.close();
    this.#places = new Map();
    rmSync(this.#path, { force: true });
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }

  #start(): number {
    const file = openSync(this.#path, 'w+');
    this.#end = writeSync(file, this.#model, 0);
    return file;
  }

  #read(): void {
    const bytes = readFileSync(this.#path);
    const head = Buffer.byteLength(this.#model);
    if (bytes.subarray(0, head).toString() !== this.#model) throw new Error('of another model');
    let at = head;
    while (at + HEAD <= bytes.length) {
      const length =
        HEAD + bytes.readUInt32LE(at + SENTENCE_AT) * 4 + Math.max(0, bytes.readUInt32LE(at + TOKENS_AT) - 1);
      const record = bytes.subarray(at, at + length);
      if (record.length < length || !isWhole(record)) break;
      this.#places.set(record.toString('latin1', KEY_AT, SENTENCE_AT), { at, length });
      at += length;
    }
    this.#file = openSync(this.#path, 'r+');
    ftruncateSync(this.#file, at);
    this.#end = at;
  }
}

/** The same embedder: what the journal holds is taken from it, what is embedded goes into it at once. The journal is closed by who opened it. */
export function withJournal(inner: Embedder, journal: EmbeddingJournal): Embedder {
  return {
    identity: inner.identity,
    queryModel: inner.queryModel,
    maxTokens: inner.maxTokens,
    countTokens: (text) => inner.countTokens(text),
    embedQuery: (text) => inner.embedQuery(text),
    async embedPassages(texts, { onProgress, onEncoded, signal } = {}) {
      signal?.throwIfAborted();
      const encodings = texts.map((text) => journal.get(text));
      const missing = encodings.flatMap((encoding, i) => (encoding === null ? [i] : []));
      const held = texts.length - missing.length;
      encodings.forEach((encoding, i) => {
        if (encoding !== null) onEncoded?.(i, encoding);
      });
      if (held > 0) onProgress?.(held);
      await inner.embedPassages(
        missing.map((i) => texts[i]!),
        {
          onProgress: (done) => onProgress?.(held + done),
          onEncoded: (place, encoding) => {
            const i = missing[place]!;
            encodings[i] = encoding;
            journal.add(texts[i]!, encoding);
            onEncoded?.(i, encoding);
          },
          signal,
        },
      );
      return encodings as Encoding[];
    },
    close: () => inner.close(),
  };
}

function keyOf(text: string): Buffer {
  return createHash('sha256').update(text, 'utf16le').digest();
}

function encode(key: Buffer, { sentence, tokens }: Encoding): Buffer {
  const record = Buffer.alloc(HEAD + sentence.byteLength + (tokens?.byteLength ?? 0));
  key.copy(record, KEY_AT);
  record.writeUInt32LE(sentence.length, SENTENCE_AT);
  record.writeUInt32LE(tokens === null ? 0 : tokens.byteLength + 1, TOKENS_AT);
  record.set(new Uint8Array(sentence.buffer, sentence.byteOffset, sentence.byteLength), HEAD);
  if (tokens !== null)
    record.set(
      new Uint8Array(tokens.buffer, tokens.byteOffset, tokens.byteLength),
      HEAD + sentence.byteLength,
    );
  digestOf(record).copy(record);
  return record;
}

function decode(record: Buffer): Encoding {
  const numbers = record.readUInt32LE(SENTENCE_AT);
  // Copied: a view of floats must begin at a multiple of four of memory of its own.
  const memory = new Uint8Array(record.subarray(HEAD)).buffer;
  const sentence = new Float32Array(memory, 0, numbers);
  return {
    sentence,
    tokens: record.readUInt32LE(TOKENS_AT) === 0 ? null : new Int8Array(memory, numbers * 4),
  };
}

function isWhole(record: Buffer): boolean {
  return digestOf(record).equals(record.subarray(0, KEY_AT));
}

function digestOf(record: Buffer): Buffer {
  return createHash('sha256').update(record.subarray(KEY_AT)).digest().subarray(0, KEY_AT);
}
