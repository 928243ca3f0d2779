/** An evaluation suite: texts, topics and what a careful reader judged (see shared/eval/README.md). */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
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

/** Topics are judged only inside their family; its folder is ingested as a corpus of its own. */
export interface Family {
  readonly name: string;
  readonly corpus: string;
  readonly topics: readonly Topic[];
}

/** Reads either kind of suite from its folder. `bundledCorpus`: where the texts of the education suite lie. */
export async function readSuite(folder: string, bundledCorpus: string): Promise<Family[]> {
  const entries = await readdir(folder);
  return entries.includes('segmentation.json')
    ? readRegulations(folder)
    : [await readPlans(folder, bundledCorpus)];
}

/** Gold by quote: each quote stands exactly once in its raw file. */
async function readPlans(folder: string, corpus: string): Promise<Family> {
  const { topics } = z.plans(JSON.parse(await readFile(join(folder, 'topics.json'), 'utf8')));
  const { files } = z.manifest(JSON.parse(await readFile(join(corpus, 'manifest.json'), 'utf8')));
  const texts = new Map<string, { file: string; text: string }>();
  for (const { file, obtainedAs, sha256 } of files) {
    const bytes = await readFile(join(corpus, file));
    if (createHash('sha256').update(bytes).digest('hex') !== sha256)
      throw new Error(`${file} is not the file of the manifest`);
    texts.set(obtainedAs, { file, text: decode(bytes) });
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
  return { name: 'education', corpus, topics: judged };
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
  const places = new Map<string, Map<string, { start: number; end: number }>>();
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
    topics: topics.map((topic) => ({
      ...topic,
      gold: new Map(
        Object.entries(topic.gold).map(([file, articles]) => [
          file.slice(file.lastIndexOf('/') + 1),
          articles.map(({ article, grade }): GoldPlace => ({
            ...places.get(file)!.get(article)!,
            grade,
            unit: article,
          })),
        ]),
      ),
    })),
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
