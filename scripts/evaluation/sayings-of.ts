/** What the bank of sayings has of given regulations: an evaluation that asks about these takes it out, or the bank would know the answers. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PACKAGE_ROOT } from '../../src/config.js';
import type { Embedder } from '../../src/embed/embedder.js';
import { loadSayings, openSayings, SAYING_VECTORS } from '../../src/open.js';
import type { Saying } from '../../src/lexicon/sayings.js';
import { openSayingBank, type SayingBank } from '../../src/search/saying-bank.js';
import { titleOfFile } from './articles.js';
import { z, type ClauseSayingsRow } from './shapes.js';
import type { Family } from './suite.js';

export const CLAUSE_SAYINGS = join(PACKAGE_ROOT, 'lexicon/clause-sayings.jsonl');

/** The sayings that were written from clauses of these regulations, named by title. */
export function sayingsOf(rows: readonly ClauseSayingsRow[], titles: ReadonlySet<string>): Set<string> {
  return new Set(rows.flatMap(({ document, sayings }) => (titles.has(document) ? sayings : [])));
}

/** Topics of the bank that a question is a saying of, or that have it as their own question. */
export function topicsAsked(sayings: readonly Saying[], questions: ReadonlySet<string>): Set<string> {
  const isAsked = ({ text, topic, meaning }: Saying) =>
    questions.has(text) || questions.has(topic) || questions.has(meaning.slice(topic.length + 1));
  return new Set(sayings.filter(isAsked).map(({ topic }) => topic));
}

/**
 * The bank that ships, without what was said of the family's own regulations, and without the rows that its questions were taken from. Null where
 * openSayingBank() gives null.
 */
export async function bankFor(
  { files, topics }: Pick<Family, 'files' | 'topics'>,
  embedder: Embedder,
): Promise<SayingBank | null> {
  if (files === null) return openSayings(embedder);
  const own = sayingsOf(
    await readRows(CLAUSE_SAYINGS, z.clauseSayings),
    new Set(files.flatMap((file) => titleOfFile(file) ?? [])),
  );
  const all = loadSayings();
  const asked = topicsAsked(all, new Set(topics.map(({ query }) => query)));
  const strangers = all.filter(({ text, topic }) => !own.has(text) && !asked.has(topic));
  return openSayingBank(strangers, embedder, SAYING_VECTORS);
}

/** Rows of JSON, one a line. */
export async function readRows<T>(path: string, check: (value: unknown) => T): Promise<T[]> {
  const lines = (await readFile(path, 'utf8')).split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.map((line) => check(JSON.parse(line)));
}
