/** The lexicon is data that people edit: each test names the line that breaks a rule of lexicon/README.md. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PACKAGE_ROOT } from '../../src/config.js';
import { readVectorFile } from '../../src/embed/vector-file.js';
import { loadSayings, SAYING_VECTORS } from '../../src/open.js';
import { parseQuery } from '../../src/search/query/parse-query.js';

/** Throws on bytes that are no UTF-8 instead of replacing them. */
const read = (name: string): string =>
  new TextDecoder('utf-8', { fatal: true }).decode(
    readFileSync(new URL(`../../lexicon/${name}`, import.meta.url)),
  );

const lines = (text: string): readonly string[] => text.split('\n').slice(0, -1);
const clean = (text: string): boolean => text !== '' && text === text.trim() && !/\p{Cc}|\ufeff/u.test(text);

/** Values that occur more than once, in order. */
function repeated(values: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  return values.filter((value) => seen.size === seen.add(value).size);
}

/** The first run of `length` characters that both texts hold, or null. */
function shared(left: string, right: string, length: number): string | null {
  const units = [...left];
  for (let i = 0; i + length <= units.length; i++) {
    const run = units.slice(i, i + length).join('');
    if (right.includes(run)) return run;
  }
  return null;
}

interface Said {
  readonly topic: string;
  readonly sayings: readonly string[];
}

/** Topics that have several rows, and sayings that stand twice. */
const saidTwice = (rows: readonly Said[]) => [
  ...repeated(rows.map(({ topic }) => topic)),
  ...repeated(rows.flatMap(({ sayings }) => sayings)),
];

/** Sayings that share four characters in a row with their topic. */
const saidInItsOwnWords = (rows: readonly Said[]) =>
  rows.flatMap(({ topic, sayings }) => sayings.filter((saying) => shared(topic, saying, 4) !== null));

const fieldsInReadme = new Set(
  [...read('README.md').matchAll(/^\| ([^|\s]+) *(?:\| *\d+ *){3}\|$/gmu)].map((match) => match[1]),
);

describe('thesaurus.tsv', () => {
  const text = read('thesaurus.tsv');
  const [header, ...rest] = lines(text);
  const entries = rest
    .filter((line) => !line.startsWith('#'))
    .map((line) => {
      const [term = '', official = '', field = '', note = ''] = line.split('\t');
      return { line, columns: line.split('\t').length, term, official: official.split('；'), field, note };
    });
  const linesOf = (broken: readonly { line: string }[]) => broken.map(({ line }) => line);

  it('has its header, ends with a line break, and has four columns everywhere', () => {
    expect(header).toBe('term\tofficial\tfield\tnote');
    expect(text.endsWith('\n')).toBe(true);
    expect(linesOf(entries.filter(({ columns }) => columns !== 4))).toEqual([]);
  });

  it('names each term once, with two characters at least', () => {
    expect(repeated(entries.map(({ term }) => term))).toEqual([]);
    expect(linesOf(entries.filter(({ term }) => [...term].length < 2))).toEqual([]);
  });

  it('has no blank cell but the note', () => {
    const broken = entries.filter(
      ({ term, official, field, note }) =>
        ![term, field, ...official].every(clean) || (note !== '' && !clean(note)),
    );
    expect(linesOf(broken)).toEqual([]);
  });

  it('leads to other words than the term, each named once', () => {
    expect(
      linesOf(
        entries.filter(({ term, official }) => official.includes(term) || repeated(official).length > 0),
      ),
    ).toEqual([]);
  });

  it('uses the fields of the README', () => {
    expect(linesOf(entries.filter(({ field }) => !fieldsInReadme.has(field)))).toEqual([]);
  });
});

describe('sayings.jsonl', () => {
  interface Row extends Said {
    readonly field: string;
    readonly off?: boolean;
  }
  const text = read('sayings.jsonl');
  const rows = lines(text).map((line) => JSON.parse(line) as Row);

  it('is one object a line with the keys of the README', () => {
    expect(text.endsWith('\n')).toBe(true);
    const broken = rows.filter(
      ({ topic, sayings, field, off, ...more }) =>
        typeof topic !== 'string' ||
        !Array.isArray(sayings) ||
        !fieldsInReadme.has(field) ||
        (off !== undefined && typeof off !== 'boolean') ||
        Object.keys(more).length > 0,
    );
    expect(broken).toEqual([]);
  });

  it('has two to four sayings for each topic, none blank', () => {
    const broken = rows.filter(
      ({ topic, sayings }) => sayings.length < 2 || sayings.length > 4 || ![topic, ...sayings].every(clean),
    );
    expect(broken).toEqual([]);
  });

  it('names each topic and each saying once', () => {
    expect(saidTwice(rows)).toEqual([]);
  });

  it('says it in other words: no saying shares four characters in a row with its topic', () => {
    expect(saidInItsOwnWords(rows)).toEqual([]);
  });
});

describe('topic-sayings.jsonl', () => {
  interface Row extends Said {
    readonly question: string;
    readonly field: string;
  }
  const rows = lines(read('topic-sayings.jsonl')).map((line) => JSON.parse(line) as Row);

  it('is one object a line with the keys of the README, none blank', () => {
    const broken = rows.filter(
      ({ topic, question, sayings, field, ...more }) =>
        ![topic, question, ...sayings].every(clean) ||
        !fieldsInReadme.has(field) ||
        Object.keys(more).length > 0,
    );
    expect(broken).toEqual([]);
  });

  it('says each topic in six to ten ways, and none twice', () => {
    expect(rows.filter(({ sayings }) => sayings.length < 6 || sayings.length > 10)).toEqual([]);
    expect(saidTwice(rows)).toEqual([]);
  });

  it('says it in other words: no saying shares four characters in a row with its topic', () => {
    expect(saidInItsOwnWords(rows)).toEqual([]);
  });
});

describe.each([
  ['clause-sayings.jsonl', 'clause', /^[0-9a-f]{16}$/],
  ['plan-sayings.jsonl', 'text', /^.{10,}$/u],
] as const)('%s', (name, key, form) => {
  interface Row {
    readonly document: string;
    readonly topic: string;
    readonly question: string;
    readonly paraphrase: string;
    readonly sayings: readonly string[];
    readonly clause?: string;
    readonly text?: string;
    readonly heldOut?: boolean;
  }
  const rows = lines(read(name)).map((line) => JSON.parse(line) as Row);

  it('is one object a line with the keys of the README, none blank', () => {
    const broken = rows.filter(
      ({ document, topic, question, paraphrase, sayings, heldOut, [key]: own, ...more }) =>
        ![document, topic, question, paraphrase, ...sayings].every(clean) ||
        !form.test(own ?? '') ||
        ![undefined, true].includes(heldOut) ||
        Object.keys(more).length > 0,
    );
    expect(broken).toEqual([]);
  });

  it('asks for each clause once, in three to six sayings', () => {
    expect(repeated(rows.map((row) => row[key]!))).toEqual([]);
    expect(rows.filter(({ sayings }) => sayings.length < 3 || sayings.length > 6)).toEqual([]);
  });
});

describe('sayings.vectors', () => {
  it('holds every saying, by the bundled query encoder', async () => {
    const sums = await readFile(
      join(PACKAGE_ROOT, 'models/tiaowen/policy-encoder-small-zh/SHA256SUMS'),
      'utf8',
    );
    const file = readVectorFile(SAYING_VECTORS)!;
    expect(sums).toContain(`${file.model}  onnx/query_model_quantized.onnx`);
    expect(loadSayings().filter(({ text }) => file.vector(text) === null)).toEqual([]);
  });
});

it('topics of sayings are asked as they stand: no operator is read out of them', () => {
  const topics = [...new Set(loadSayings().map(({ topic }) => topic))];
  const changed = topics.filter((topic) => {
    const { text, operators } = parseQuery(topic);
    return text !== topic || Object.values(operators).some((list) => list.length > 0);
  });
  expect(changed).toEqual([]);
});
