/** An evaluation suite: texts, topics and what a careful reader judged (see shared/eval/README.md). */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { articlesOf } from './articles.js';
import { z } from './shapes.js';

/** A judged place: a range of the decoded source file, in UTF-16 units. Grade 2 states the provision, 1 touches the topic. */
export interface GoldPlace {
  readonly start: number;
  readonly end: number;
  readonly grade: 1 | 2;
  /** Several places may stand in one unit (条); the unit is graded once. Null: each clause that holds a place is graded. */
  readonly unit: string | null;
}

export interface Topic {
  readonly id: string;
  readonly query: string;
  readonly style: string;
  /** Per file of the family; an empty list means that the document has no provision. */
  readonly gold: ReadonlyMap<string, readonly GoldPlace[]>;
}

/** Topics are judged only inside their family; its texts are ingested as a corpus of their own. */
export interface Family {
  readonly name: string;
  readonly corpus: string;
  /** The family's texts, relative to `corpus` with forward slashes; null: all of it. */
  readonly files: readonly string[] | null;
  readonly topics: readonly Topic[];
}

/** Where the texts lie that a suite does not bring along. */
export interface Texts {
  /** Of suites about plans. */
  readonly bundledCorpus: string;
  /** Of suites that name regulations by their path; null: not given. */
  readonly regulations: string | null;
}

/** Reads a suite of any kind from its folder. Throws Error where a text is not there or another than was judged. */
export async function readSuite(folder: string, { bundledCorpus, regulations }: Texts): Promise<Family[]> {
  const entries = await readdir(folder);
  if (entries.includes('segmentation.json')) return readRegulations(folder);
  const suite: unknown = JSON.parse(await readFile(join(folder, 'topics.json'), 'utf8'));
  if (!z.isOfRegulations(suite)) return [await readPlans(basename(folder), suite, bundledCorpus)];
  if (regulations === null)
    throw new Error(`${folder} has no texts of its own: name their folder by --texts`);
  return readRegulationsElsewhere(suite, regulations);
}

/** Gold by quote: each quote stands exactly once in its raw file. */
async function readPlans(name: string, suite: unknown, corpus: string): Promise<Family> {
  const { topics } = z.plans(suite);
  const { files } = z.manifest(JSON.parse(await readFile(join(corpus, 'manifest.json'), 'utf8')));
  const texts = new Map<string, { file: string; text: string }>();
  for (const { file, obtainedAs, sha256 } of files) {
    texts.set(obtainedAs, { file, text: await readJudged(corpus, file, sha256) });
  }
  const judged = topics.map((topic) => ({
    ...topic,
    gold: new Map(
      Object.entries(topic.gold).map(([name, quotes]) => {
        const known = texts.get(name);
        if (!known) throw new Error(`${topic.id}: no file ${name}`);
        return [known.file, quotes.map(({ quote, grade }) => placeOf(known.text, quote, grade))];
      }),
    ),
  }));
  return { name, corpus, files: null, topics: judged };
}

/** Throws Error where it is not the text that was judged. */
async function readJudged(folder: string, file: string, sha256: string): Promise<string> {
  const bytes = await readFile(join(folder, file));
  if (createHash('sha256').update(bytes).digest('hex') !== sha256)
    throw new Error(`${file} is not the text that was judged`);
  return decode(bytes);
}

function placeOf(text: string, quote: string, grade: 1 | 2): GoldPlace {
  const start = text.indexOf(quote);
  if (start < 0 || text.indexOf(quote, start + 1) >= 0)
    throw new Error(`quote does not stand exactly once: ${quote}`);
  return { start, end: start + quote.length, grade, unit: null };
}

/** Gold by 条; offsets of segmentation.json are code points. */
async function readRegulations(folder: string): Promise<Family[]> {
  const segmentation = z.segmentation(JSON.parse(await readFile(join(folder, 'segmentation.json'), 'utf8')));
  const { families } = z.regulations(JSON.parse(await readFile(join(folder, 'topics.json'), 'utf8')));
  const places: Places = new Map();
  for (const [file, articles] of Object.entries(segmentation)) {
    const units = toUtf16(decode(await readFile(join(folder, file))));
    places.set(
      file,
      new Map(
        articles.map(({ article, start, end }) => [article, { start: units[start]!, end: units[end]! }]),
      ),
    );
  }
  return Object.entries(families).map(([name, { topics }]) => ({
    name,
    corpus: join(folder, 'docs', name),
    files: null,
    topics: byArticle(topics, places, (file) => file.slice(file.lastIndexOf('/') + 1)),
  }));
}

/** Gold by 条 of regulations whose texts are not ours to ship: of each we keep a hash. */
async function readRegulationsElsewhere(suite: unknown, folder: string): Promise<Family[]> {
  const { families } = z.regulationsElsewhere(suite);
  const read = Object.entries(families).map(async ([name, { texts, topics }]): Promise<Family> => {
    const places: Places = new Map();
    for (const { file, sha256 } of texts) {
      const articles = articlesOf(await readJudged(folder, file, sha256));
      // The first of a number: what a decree behind the text numbers again is not the regulation.
      places.set(file, new Map(articles.reverse().map((article) => [article.number, article])));
    }
    const files = texts.map(({ file }) => file);
    return { name, corpus: folder, files, topics: byArticle(topics, places, (file) => file) };
  });
  return Promise.all(read);
}

/** By file and number of the article. */
type Places = Map<string, ReadonlyMap<string, Pick<GoldPlace, 'start' | 'end'>>>;

/** `pathOf`: of a file that the gold names, within the family's corpus. Throws Error for an article that is not there. */
function byArticle(
  topics: ReturnType<typeof z.regulations>['families'][string]['topics'],
  places: Places,
  pathOf: (file: string) => string,
): Topic[] {
  const placeOf = (file: string, article: string, grade: 1 | 2): GoldPlace => {
    const place = places.get(file)?.get(article);
    if (place === undefined) throw new Error(`no ${article} in ${file}`);
    return { start: place.start, end: place.end, grade, unit: article };
  };
  return topics.map((topic) => ({
    ...topic,
    gold: new Map(
      Object.entries(topic.gold).map(([file, articles]) => [
        pathOf(file),
        articles.map(({ article, grade }) => placeOf(file, article, grade)),
      ]),
    ),
  }));
}

/** Throws TypeError for what is no UTF-8. */
export function decode(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

/** UTF-16 offset of each code point, and of the end. */
function toUtf16(text: string): number[] {
  const offsets = [];
  let offset = 0;
  for (const character of text) {
    offsets.push(offset);
    offset += character.length;
  }
  return [...offsets, offset];
}
