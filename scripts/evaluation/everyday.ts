/** Everyday questions about regulations whose texts the reader has: scripts/query-encoder/README.md says where they come from. */
import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { PACKAGE_ROOT } from '../../src/config.js';
import type { Saying } from '../../src/lexicon/sayings.js';
import { articlesOf, titleOfFile, type Article } from './articles.js';
import { CLAUSE_SAYINGS, readRows, sayingsOf } from './sayings-of.js';
import { z, type ClauseSayingsRow, type EverydayRow } from './shapes.js';
import { decode, type GoldPlace, type Topic } from './suite.js';

/** Paths: questions with judged clauses, rows of sayings with their clause, titles of regulations that no training saw. */
export interface EverydayFiles {
  readonly questions: string;
  readonly sayings: string;
  readonly heldOut: string;
}

export const EVERYDAY_FILES: EverydayFiles = {
  questions: join(PACKAGE_ROOT, 'scripts/query-encoder/everyday-questions.jsonl'),
  sayings: CLAUSE_SAYINGS,
  heldOut: join(PACKAGE_ROOT, 'scripts/query-encoder/held-out.txt'),
};

export interface Everyday {
  /** Each judged in one file. A question of which no clause is right is none: only samples of clauses were judged. */
  readonly topics: readonly Topic[];
  /** The files that the topics judge, relative to the folder of texts, with forward slashes. */
  readonly files: readonly string[];
  /** Questions whose right clauses stand in no file of their title. */
  readonly leftOut: number;
  /** A bank without what was said of the regulations that are asked about. */
  strangers<T extends Pick<Saying, 'text'>>(bank: readonly T[]): T[];
}

/** `folder`: regulations as TITLE.txt or TITLE(DATE).txt, at any depth. Throws Error when it has none of those that are asked about. */
export async function readEveryday(folder: string, files: EverydayFiles): Promise<Everyday> {
  const [judged, said, titles] = await Promise.all([
    readRows(files.questions, z.everyday),
    readRows(files.sayings, z.clauseSayings),
    readFile(files.heldOut, 'utf8'),
  ]);
  const asked = new Set([...titles.split(/\r?\n/), ...judged.map(({ document }) => document)]);
  const held = said.filter(({ document, heldOut }) => heldOut === true || asked.has(document));
  const questions = questionsOf(judged, held);
  const documents = new Set(questions.map(({ document }) => document));
  const texts = await readTexts(folder, documents);
  const topics = questions.flatMap((question) => topicOf(question, texts.get(question.document) ?? []) ?? []);
  if (topics.length === 0) throw new Error(`${folder} has no text of a regulation that is asked about`);
  const own = sayingsOf(said, documents);
  return {
    topics,
    files: [...new Set(topics.flatMap(({ gold }) => [...gold.keys()]))].sort(),
    leftOut: questions.length - topics.length,
    strangers: (bank) => bank.filter(({ text }) => !own.has(text)),
  };
}

interface Question {
  readonly document: string;
  readonly query: string;
  readonly style: string;
  /** Of its right clauses, by hash; never empty. */
  readonly grades: Map<string, 1 | 2>;
}

/** What is asked twice of one regulation, as a topic that two clauses rule, is one question with the clauses of both. */
function questionsOf(judged: readonly EverydayRow[], held: readonly ClauseSayingsRow[]): Question[] {
  const questions = new Map<string, Question>();
  const add = (document: string, query: string, style: string, hash: string, grade: 1 | 2) => {
    const key = JSON.stringify([document, query, style]);
    const question = questions.get(key) ?? { document, query, style, grades: new Map<string, 1 | 2>() };
    question.grades.set(hash, grade);
    questions.set(key, question);
  };
  for (const { document, question, judged: grades } of judged)
    for (const [hash, grade] of Object.entries(grades))
      if (grade > 0) add(document, question, 'colloquial, from titles', hash, grade === 2 ? 2 : 1);
  for (const { document, clause, topic, question, paraphrase, sayings } of held) {
    add(document, topic, 'keyword', clause, 2);
    add(document, question, 'question', clause, 2);
    add(document, paraphrase, 'paraphrase', clause, 2);
    for (const saying of sayings) add(document, saying, 'colloquial', clause, 2);
  }
  return [...questions.values()];
}

interface Text {
  readonly file: string;
  readonly byHash: ReadonlyMap<string, Article>;
}

/** Several editions may share a title: the one with all right clauses, the first of them by path. Null when there is none. */
function topicOf({ document, query, style, grades }: Question, texts: readonly Text[]): Topic | null {
  const text = texts.find(({ byHash }) => [...grades.keys()].every((hash) => byHash.has(hash)));
  if (text === undefined) return null;
  const places = [...grades].map(([hash, grade]): GoldPlace => {
    const { start, end } = text.byHash.get(hash)!;
    return { start, end, grade, unit: hash };
  });
  return {
    id: JSON.stringify([document, query, style]),
    query,
    style,
    gold: new Map([[text.file, places]]),
  };
}

async function readTexts(folder: string, titles: ReadonlySet<string>): Promise<Map<string, Text[]>> {
  const texts = new Map<string, Text[]>();
  for (const path of (await readdir(folder, { recursive: true })).sort()) {
    const title = titleOfFile(path);
    if (title === null || !titles.has(title)) continue;
    const articles = articlesOf(decode(await readFile(join(folder, path))));
    const byHash = new Map(articles.flatMap((one) => one.hashes.map((hash) => [hash, one] as const)));
    texts.set(title, [...(texts.get(title) ?? []), { file: path.split(sep).join('/'), byHash }]);
  }
  return texts;
}
