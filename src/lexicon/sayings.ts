/** The bank of sayings: what people say → the topic that they mean, as a policy would name it (lexicon/sayings.jsonl and the like). */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { TiaowenError } from '../model/errors.js';

export interface Saying {
  readonly text: string;
  readonly topic: string;
  /** What is meant in official words: the topic, and a question about it where the row has one. */
  readonly meaning: string;
}

/**
 * Of files of one JSON object a line with `topic`, `sayings` and perhaps `question`; rows with `"off": true` are left out, other keys mean nothing here. A file that is not
 * there has none: it can be deleted or renamed to switch it off. A saying that stands in several rows means the topic of the first.
 * Throws TiaowenError lexicon-invalid with file and line.
 */
export function readSayings(paths: readonly string[]): readonly Saying[] {
  const byText = new Map<string, Saying>();
  for (const path of paths) {
    linesOf(path).forEach((line, at) => {
      if (line.trim() === '') return;
      const row = rowOf(line);
      if (row === null) {
        throw new TiaowenError(
          'lexicon-invalid',
          `词库 ${basename(path)} 第 ${at + 1} 行应为一个 JSON 对象，写明 topic（主题）和 sayings（说法的数组）。请更正或删去该行。`,
        );
      }
      if (row.off) return;
      const { topic, question } = row;
      const meaning = question === null ? topic : `${topic}，${question}`;
      for (const text of row.sayings) if (!byText.has(text)) byText.set(text, { text, topic, meaning });
    });
  }
  return [...byText.values()];
}

function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split(/\r?\n/);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

interface Row {
  readonly topic: string;
  readonly question: string | null;
  readonly sayings: readonly string[];
  readonly off: boolean;
}

function rowOf(line: string): Row | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null) return null;
  const { topic, question, sayings, off } = value as Readonly<Record<string, unknown>>;
  if (!isSpoken(topic) || !Array.isArray(sayings) || !sayings.every(isSpoken)) return null;
  return { topic, question: isSpoken(question) ? question : null, sayings, off: off === true };
}

function isSpoken(value: unknown): value is string {
  return typeof value === 'string' && value.trim() !== '';
}
