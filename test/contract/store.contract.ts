/** What every store does; run it against each of them. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isOfDerived } from './derived-findings.js';
import { Interaction, prepareQuery, ROW_LENGTH } from '../../src/kernel/interaction.js';
import type { PassageKind } from '../../src/model/passage.js';
import type { IndexedDocument, PassageScore, Store } from '../../src/store/store.js';
import { createMemoryStore } from '../../src/store/memory.js';
import { LEXICAL_FIELDS } from '../../src/store/store.js';
import { anyText, arbitraryIndexed } from './arbitrary-document.js';
import { makeDocument, makeFile, makeRandom, MODEL, randomClauses, randomUnit } from './make-document.js';

const A = 'a/甲.txt';
const B = 'b/乙.txt';
const query = (seed: number) => randomUnit(makeRandom(seed), MODEL.dimension);

/** Three files with documents of random clauses, put in an order that is not that of the listing. */
function corpus(seed = 7): { path: string; documents: IndexedDocument[] }[] {
  const random = makeRandom(seed);
  return [B, 'c.txt', A].map((path, f) => ({
    path,
    documents: [1, 0].map((ordinal) =>
      makeDocument({
        id: `doc-${f}-${ordinal}`,
        file: path,
        ordinal,
        clauses: randomClauses(random, 4 + f),
        random,
        withTokens: f !== 1,
      }),
    ),
  }));
}

async function fill(store: Store, files = corpus()): Promise<void> {
  for (const { path, documents } of files) store.putFile(makeFile(path), documents, MODEL);
  await store.publish();
}

/** Every passage as the store lists it, with the encoding that was put for it. */
function expectedPassages(store: Store, files = corpus()) {
  const byId = new Map(
    files.flatMap(({ documents }) => documents).map((entry) => [entry.document.id, entry]),
  );
  return store.documents().flatMap((entry) => {
    const { document, passages, encodings } = byId.get(entry.id)!;
    return passages.map((passage, i) => ({
      passage,
      encoding: encodings[i]!,
      clauseKey: entry.firstClause + document.clauses.findIndex(({ id }) => id === passage.clauseId),
    }));
  });
}

function bruteForce(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

/** `open` gives a new empty store each time. */
export function storeContract(name: string, open: () => Store): void {
  describe(`store contract: ${name}`, () => {
    let store: Store;
    beforeEach(() => {
      store = open();
    });
    afterEach(() => {
      store.close();
    });

    test('an empty store answers everything with nothing', () => {
      expect(store.status()).toMatchObject({
        generation: 0,
        model: null,
        files: 0,
        documents: 0,
        passages: 0,
      });
      expect(store.files()).toEqual([]);
      expect(store.documents()).toEqual([]);
      expect(store.document('x')).toBeNull();
      expect(store.originals().size).toBe(0);
      expect(store.original('x')).toBeNull();
      expect(store.source('x')).toBeNull();
      expect(store.places('x', { start: 0, end: 9 })).toEqual([]);
      expect(store.clause('x')).toBeNull();
      expect(store.lexical('words', ['教师']).size).toBe(0);
      expect(store.nearest(query(1), 5)).toEqual([]);
      expect(() => store.clauseByKey(0)).toThrow(RangeError);
      expect(() => store.passage(0)).toThrow(RangeError);
      expect(store.scan(query(1)).sentence).toHaveLength(0);
      store.lexicalShares('words', ['教师'], 1, new Float32Array(0));
      expect(store.removeFile(A)).toBe(false);
    });

    test('publishing nothing is no generation', async () => {
      await store.publish();
      store.removeFile('none');
      await store.publish();
      expect(store.status().generation).toBe(0);
    });

    test('what is put is seen when it is published, not before', async () => {
      store.putFile(makeFile(A), [makeDocument({ id: 'd', file: A, clauses: ['教师轮岗。'] })], MODEL);
      expect(store.status().generation).toBe(0);
      expect(store.document('d')).toBeNull();
      await store.publish();
      expect(store.status()).toMatchObject({
        generation: 1,
        files: 1,
        documents: 1,
        clauses: 1,
        passages: 1,
      });
      expect(store.status().model).toEqual(MODEL);
      expect(store.document('d')).not.toBeNull();
      expect(store.removeFile(A)).toBe(true);
      expect(store.document('d')).not.toBeNull();
      await store.publish();
      expect(store.status()).toMatchObject({ generation: 2, files: 0, documents: 0, clauses: 0 });
      expect(store.clause('d#sec-1.item-1')).toBeNull();
    });

    test('a file that is put again is replaced, also within one batch', async () => {
      const put = (words: string, id = 'd') => {
        store.putFile(makeFile(A), [makeDocument({ id, file: A, clauses: [words] })], MODEL);
      };
      put('旧文。');
      put('中间。', 'e');
      await store.publish();
      put('新文。');
      put('新文二。');
      await store.publish();
      expect(store.status()).toMatchObject({ generation: 2, files: 1, documents: 1, clauses: 1 });
      expect(store.clause('d#sec-1.item-1')?.text).toBe('新文二。');
      expect(store.document('e')).toBeNull();
      expect([...store.lexical('words', ['新文二', '旧文', '中间']).keys()]).toEqual([0]);
      expect(store.lexical('words', ['旧文', '中间']).size).toBe(0);
    });

    test('listing is by file path, then ordinal, with contiguous keys', async () => {
      await fill(store);
      const entries = store.documents();
      expect(entries.map(({ file, ordinal }) => [file, ordinal])).toEqual(
        [A, B, 'c.txt'].flatMap((file) => [0, 1].map((ordinal) => [file, ordinal])),
      );
      expect(store.files().map(({ path }) => path)).toEqual([A, B, 'c.txt']);
      const clauseIds = new Set<string>();
      for (const entry of entries) {
        const document = store.document(entry.id)!;
        expect(entry.clauses).toBe(document.clauses.length);
        document.clauses.forEach((clause, i) => {
          expect(store.clauseByKey(entry.firstClause + i)).toEqual(clause);
          expect(store.clauseText(entry.firstClause + i)).toBe(clause.text);
          const { kind, number, label } = clause;
          expect(store.clauseLabel(entry.firstClause + i)).toMatchObject({ kind, number, label });
          expect(store.clauseHeadings(entry.firstClause + i)).toEqual(clause.headingPath);
          expect(store.clause(clause.id)).toEqual(clause);
          clauseIds.add(clause.id);
        });
      }
      expect(clauseIds.size).toBe(store.status().clauses);
      expect(() => store.clauseByKey(store.status().clauses)).toThrow(RangeError);
      expect(() => store.clauseByKey(-1)).toThrow(RangeError);
      expect(() => store.clauseByKey(0.5)).toThrow(RangeError);
      expect(() => store.clauseText(store.status().clauses)).toThrow(RangeError);
      expect(() => store.clauseLabel(store.status().clauses)).toThrow(RangeError);
      expect(() => store.clauseHeadings(store.status().clauses)).toThrow(RangeError);
    });

    test('files and unreadable files come back as they were put', async () => {
      const kept = makeFile(A, {
        retrieved: null,
        state: 'unreadable',
        encoding: null,
        url: 'https://example.gov.cn/?a=1&b="<2>"',
        diagnostics: [
          { code: 'not-text', severity: 'error', message: '不是文本。', span: { start: 0, end: 2 } },
        ],
      });
      store.putFile(kept, [], MODEL);
      const fetched = { at: '2024-05-06T07:08:09.123Z', from: 'https://example.gov.cn/a' };
      const other = makeFile(B, { retrieved: fetched });
      store.putFile(other, [], MODEL);
      await store.publish();
      expect(store.files()).toEqual([kept.file, other.file]);
      store.removeFile(B);
      await store.publish();
      expect(store.status()).toMatchObject({ files: 1, unreadable: 1, documents: 0 });
      expect(store.nearest(query(1), 3)).toEqual([]);
    });

    test('original, source and places of a file come back as they were put, and go with it', async () => {
      const kept = makeFile(A);
      const { sha256 } = kept.file;
      const twin = { ...makeFile(B), original: kept.original, file: { ...kept.file, path: B } };
      store.putFile(kept, [], MODEL);
      expect(store.originals().size).toBe(0);
      store.putFile(twin, [], MODEL);
      await store.publish();
      expect(store.originals()).toEqual(new Set([sha256]));
      expect(Buffer.from(store.original(sha256)!)).toEqual(kept.original);
      expect(store.source(A)).toBe(kept.source);
      expect(store.source(B)).toBe(twin.source);
      const all = { start: 0, end: kept.source.length };
      expect(store.places(A, all)).toEqual(kept.places);
      // Places are [0, 9), [10, 19) …
      const touching = (start: number, end: number) =>
        store.places(A, { start, end }).map((place) => place.start);
      expect(touching(0, 1)).toEqual([0]);
      expect(touching(8, 11)).toEqual([0, 10]);
      expect(touching(9, 10)).toEqual([]);
      expect(touching(9, 11)).toEqual([10]);
      expect(touching(55, 90)).toEqual([50, 60, 70, 80]);
      expect(touching(99, 500)).toEqual([]);

      // Put again with other places: those before are gone. The original is shared, so it stays until the last leaves.
      store.putFile({ ...kept, places: kept.places.slice(0, 1) }, [], MODEL);
      store.removeFile(B);
      await store.publish();
      expect(store.places(A, all)).toEqual(kept.places.slice(0, 1));
      expect(store.source(B)).toBeNull();
      expect(store.original(sha256)).not.toBeNull();
      expect(store.verify()).toEqual([]);
      store.removeFile(A);
      await store.publish();
      expect(store.originals().size).toBe(0);
      expect(store.original(sha256)).toBeNull();
    });

    test('any source text comes back equal', async () => {
      await fc.assert(
        fc.asyncProperty(anyText, async (source) => {
          store.putFile({ ...makeFile(A), source, places: [] }, [], MODEL);
          await store.publish({ derive: false });
          expect(store.source(A)).toBe(source);
        }),
        { numRuns: 40 },
      );
    });

    test('a document is listed with how much was doubted', async () => {
      await fill(store);
      for (const { id, diagnostics, warnings } of store.documents()) {
        expect(diagnostics).toBe(store.document(id)!.diagnostics.length);
        expect([diagnostics, warnings]).toEqual([2, 1]);
      }
    });

    test('passages keep kind, clause, span and token vectors', async () => {
      await fill(store);
      const expected = expectedPassages(store);
      expect(store.status().passages).toBe(expected.length);
      expected.forEach(({ passage, encoding, clauseKey }, key) => {
        expect(store.passage(key)).toEqual({ kind: passage.kind, clauseKey, span: passage.span });
        expect(store.tokenVectors(key)).toEqual(encoding.tokens);
      });
      expect(() => store.passage(expected.length)).toThrow(RangeError);
      expect(() => store.tokenVectors(expected.length)).toThrow(RangeError);
      for (let clause = 0; clause < store.status().clauses; clause++) {
        const { first, count } = store.passagesOf(clause);
        const own = Array.from({ length: count }, (_, i) => first + i).flatMap((passageKey) => {
          const vectors = store.tokenVectors(passageKey);
          return vectors === null || vectors.length === 0 ? [] : [{ passageKey, vectors }];
        });
        expect(store.clauseTokens(clause)).toEqual(own);
      }
      expect(() => store.clauseTokens(store.status().clauses)).toThrow(RangeError);
      const encoded = store.documents().flatMap(({ key }) => store.encoded(key));
      expect(encoded).toEqual(expected.map(({ passage, encoding }) => ({ passage, encoding })));
      expect(() => store.encoded(store.documents().length)).toThrow(RangeError);
    });

    test('late interaction of several queries equals that of each with the token vectors of each clause', async () => {
      await fill(store);
      const { clauses, model } = store.status();
      const random = makeRandom(9);
      const vectors = [2, 7].map((tokens) =>
        Int8Array.from({ length: tokens * model!.tokenDimension! }, () => Math.floor(random() * 255) - 127),
      );
      const queries = vectors.map((one) => prepareQuery(one, model!.tokenDimension!));
      const keys = Int32Array.from({ length: clauses }, (_, key) => key).filter((key) => key % 5 !== 2);
      const asked = Uint8Array.from(keys, (key) => key % 4);
      const found = store.interact(queries, keys, asked);
      const each = queries.map((one) => new Interaction([one]));
      keys.forEach((key, place) => {
        const { first, count } = store.passagesOf(key);
        const passages = Array.from(
          { length: count },
          (_, i) => store.tokenVectors(first + i) ?? new Int8Array(0),
        );
        each.forEach((one, query) => {
          const at = (place * queries.length + query) * ROW_LENGTH;
          const expected = one.score(passages, first, (asked[place]! >> query) & 1);
          expect(found.slice(at, at + ROW_LENGTH)).toEqual(expected.slice());
        });
      });
      expect(() => store.interact(queries, Int32Array.of(clauses), Uint8Array.of(1))).toThrow(RangeError);
      expect(store.interact(queries, Int32Array.of(), Uint8Array.of())).toEqual(Int32Array.of());
    });

    test('scan equals brute force', async () => {
      await fill(store);
      const expected = expectedPassages(store);
      const scores = store.scan(query(3));
      for (let clause = 0; clause < store.status().clauses; clause++) {
        const bestOf = (kind: PassageKind) =>
          expected
            .map(({ passage, encoding, clauseKey }, key) => ({ passage, encoding, clauseKey, key }))
            .filter(({ passage, clauseKey }) => passage.kind === kind && clauseKey === clause)
            .map(({ encoding, key }) => ({ key, score: bruteForce(query(3), encoding.sentence) }))
            .sort((a, b) => b.score - a.score)[0];
        const sentence = bestOf('sentence');
        expect(scores.sentenceKey[clause]).toBe(sentence?.key ?? -1);
        expect(scores.sentence[clause]).toBeCloseTo(sentence?.score ?? -1, 5);
        expect(scores.window[clause]).toBeCloseTo((bestOf('window') ?? sentence)?.score ?? -1, 5);
      }
      expect(() => store.scan(query(3).subarray(1))).toThrow(RangeError);
    });

    test('scanned together, queries have the scores that each has alone', async () => {
      await fill(store);
      const queries = [1, 2, 3, 4, 5].map(query);
      expect(store.scanAll(queries)).toEqual(queries.map((one) => store.scan(one)));
      expect(store.scanAll([])).toEqual([]);
      const finish = store.beginScan(queries);
      expect(store.clauseFrequencies('words', ['教师'])[0]).toBeGreaterThan(0);
      expect(finish()).toEqual(store.scanAll(queries));
      expect(() => store.scanAll([query(3), query(3).subarray(1)])).toThrow(RangeError);
    });

    test('the source map of a document is given without the document', async () => {
      await fill(store);
      for (const { id } of store.documents()) expect(store.sourceMap(id)).toEqual(store.document(id)!.map);
      expect(store.sourceMap('nowhere')).toBeNull();
    });

    test('nearest equals brute force, ties by key', async () => {
      await fill(store);
      const expected = expectedPassages(store)
        .map(({ encoding, clauseKey }, passageKey): PassageScore => {
          return { passageKey, clauseKey, score: bruteForce(query(4), encoding.sentence) };
        })
        .sort((a, b) => b.score - a.score || a.passageKey - b.passageKey);
      for (const k of [0, 1, 7, 1000]) {
        const found = store.nearest(query(4), k);
        expect(found.map(({ passageKey }) => passageKey)).toEqual(
          expected.slice(0, k).map(({ passageKey }) => passageKey),
        );
        found.forEach(({ score, clauseKey }, i) => {
          expect(score).toBeCloseTo(expected[i]!.score, 5);
          expect(clauseKey).toBe(expected[i]!.clauseKey);
        });
      }
      expect(store.nearest(query(4), -1)).toEqual([]);
      expect(() => store.nearest(query(4).subarray(1), 3)).toThrow(RangeError);
    });

    test('equal vectors are listed by key', async () => {
      const twin = makeDocument({ id: 'd', file: A, clauses: ['一。', '二。', '三。', '四。'] });
      const encodings = twin.encodings.map(() => twin.encodings[0]!);
      store.putFile(makeFile(A), [{ ...twin, encodings }], MODEL);
      await store.publish();
      expect(store.nearest(query(1), 3).map(({ passageKey }) => passageKey)).toEqual([0, 1, 2]);
    });

    test('lexical scores are those of the reference, whatever was put and removed before', async () => {
      const reference = createMemoryStore();
      await fill(reference);
      for (let round = 0; round < 4; round++) {
        await fill(store, corpus(round));
        store.removeFile(B);
        await store.publish();
      }
      await fill(store);
      const queries = [
        ['教师'],
        ['教师', '轮岗', '教师'],
        ['3.5%', '5g'],
        ['没有'],
        ['', '安全'],
        [],
        ['某区教育发展规划'],
      ];
      for (const field of LEXICAL_FIELDS) {
        for (const terms of [...queries, ['教师', '师轮', '轮岗', '办学']]) {
          const expected = reference.lexical(field, terms);
          const found = store.lexical(field, terms);
          expect([...found.keys()]).toEqual([...expected.keys()]);
          for (const [key, score] of found) expect(score).toBeCloseTo(expected.get(key)!, 6);
          expect(ranking(found)).toEqual(ranking(expected));
          for (const score of found.values()) expect(score).toBeGreaterThan(0);
          const column = new Float32Array(store.status().clauses).fill(7);
          store.lexicalShares(field, terms, 3, column);
          column.forEach((share, key) => expect(share).toBe(Math.fround((found.get(key) ?? 0) / 3)));
          for (const term of terms)
            expect([...store.clausesWith(field, term)].sort((a, b) => a - b)).toEqual([
              ...store.lexical(field, [term]).keys(),
            ]);
        }
      }
    });

    test('terms are renewed for every document at once, and the version is told', async () => {
      expect(store.termsVersion()).toBe(1);
      await fill(store);
      const before = store.lexical('words', ['教师', '轮岗', '新词']);
      const renewed = (id: string) => ({ words: ['新词', id], bigrams: [], headings: [] });
      await store.renewTerms(7, ({ clauses }) => clauses.map(({ id }) => renewed(id)));
      expect(store.termsVersion()).toBe(1);
      expect(store.lexical('words', ['教师', '轮岗', '新词'])).toEqual(before);
      await store.publish();
      expect(store.termsVersion()).toBe(7);
      expect(store.lexical('words', ['教师', '轮岗']).size).toBe(0);
      expect(store.clauseFrequencies('words', ['新词'])).toEqual([store.status().clauses]);
      for (const { key } of store.documents().map((entry) => ({ key: entry.firstClause })))
        expect([...store.lexical('words', [store.clauseByKey(key).id]).keys()]).toEqual([key]);
      expect(store.verify()).toEqual([]);
      // What is put later, and removed, is counted with the new ones.
      store.removeFile(A);
      await store.publish();
      expect(store.clauseFrequencies('words', ['新词'])).toEqual([store.status().clauses]);
    });

    test('terms are renewed whole or not at all', async () => {
      await fill(store);
      await expect(store.renewTerms(7, () => [])).rejects.toThrow(RangeError);
      await store.publish();
      expect([store.termsVersion(), store.status().generation]).toEqual([1, 1]);
      store.removeFile(A);
      await expect(
        store.renewTerms(7, ({ clauses }) => clauses.map(() => ({ words: [], bigrams: [], headings: [] }))),
      ).rejects.toThrow(TypeError);
    });

    test('keys do not depend on the order in which files were put', async () => {
      const other = open();
      await fill(store);
      await fill(other, corpus().reverse());
      expect(other.documents()).toEqual(store.documents());
      expect(other.nearest(query(5), 20)).toEqual(store.nearest(query(5), 20));
      expect(other.lexical('bigrams', ['教师', '办学'])).toEqual(store.lexical('bigrams', ['教师', '办学']));
      other.close();
    });

    test('another model is refused, and nothing is changed', async () => {
      await fill(store);
      const model = { ...MODEL, sha256: 'ef'.repeat(32) };
      const put = () => {
        store.putFile(
          makeFile('z.txt'),
          [makeDocument({ id: 'z', file: 'z.txt', clauses: ['一。'], model })],
          model,
        );
      };
      expect(put).toThrow(expect.objectContaining({ code: 'index-model' }));
      await store.publish();
      expect(store.status().generation).toBe(1);
      // The same weights in another folder are the same model.
      const moved = { ...MODEL, name: 'elsewhere' };
      store.putFile(makeFile('z.txt'), [makeDocument({ id: 'z', file: 'z.txt', clauses: ['一。'] })], moved);
      for (const { path } of store.files()) store.removeFile(path);
      store.removeFile('z.txt');
      put();
      await store.publish();
      expect(store.status().model).toEqual(model);
    });

    test('arrays that do not match and ids that are taken are refused, and nothing is changed', async () => {
      await fill(store);
      const good = makeDocument({ id: 'g', file: 'g.txt', clauses: ['一。', '二。'] });
      const taken = makeDocument({ id: 'doc-0-0', file: 'g.txt', clauses: ['一。'] });
      const wrong: IndexedDocument[][] = [
        [{ ...good, terms: good.terms.slice(1) }],
        [{ ...good, encodings: good.encodings.slice(1) }],
        [{ ...good, passages: good.passages.slice(1) }],
        [{ ...good, passages: good.passages.map((passage) => ({ ...passage, clauseId: 'none' })) }],
        [
          {
            ...good,
            encodings: good.encodings.map(() => ({ sentence: query(1).subarray(1), tokens: null })),
          },
        ],
        [
          {
            ...good,
            encodings: good.encodings.map(() => ({ sentence: query(1), tokens: new Int8Array(3) })),
          },
        ],
        [{ ...good, document: { ...good.document, file: 'h.txt' } }],
        [good, good],
        [good, taken],
      ];
      for (const documents of wrong) {
        expect(() => {
          store.putFile(makeFile('g.txt'), documents, MODEL);
        }).toThrow(RangeError);
      }
      const kept = makeFile('g.txt');
      const place = kept.places[1]!;
      const odd = [
        { ...kept, original: Buffer.from('x') },
        { ...kept, places: [place, kept.places[0]!] },
        { ...kept, places: [place, place] },
        { ...kept, places: [{ ...place, end: place.start - 1 }] },
        { ...kept, source: 'short' },
      ];
      for (const each of odd) expect(() => store.putFile(each, [good], MODEL)).toThrow(RangeError);
      await store.publish();
      expect(store.status()).toMatchObject({ generation: 1, files: 3 });
      expect(store.verify()).toEqual([]);
    });

    test('what was put can be changed by its owner without changing the store', async () => {
      const indexed = makeDocument({ id: 'd', file: A, clauses: ['一。'] });
      const before = structuredClone(indexed.document);
      store.putFile(makeFile(A), [indexed], MODEL);
      indexed.encodings[0]!.sentence.fill(0);
      (indexed.document.clauses as unknown[]).length = 0;
      await store.publish();
      expect(store.document('d')).toEqual(before);
      expect(store.verify()).toEqual([]);
    });

    test('any document comes back equal, whatever its characters', async () => {
      await fc.assert(
        fc.asyncProperty(arbitraryIndexed(A), async (indexed) => {
          store.putFile(makeFile(A), [indexed], MODEL);
          await store.publish({ derive: false });
          expect(store.document(indexed.document.id)).toEqual(indexed.document);
          for (const clause of indexed.document.clauses) expect(store.clause(clause.id)).toEqual(clause);
          for (const field of LEXICAL_FIELDS) {
            for (const [i, terms] of indexed.terms.entries()) {
              const present = terms[field].filter((term) => term !== '');
              if (present.length > 0) expect(store.lexical(field, [present[0]!]).has(i)).toBe(true);
            }
          }
        }),
        { numRuns: 60 },
      );
      expect(store.verify().filter(({ code }) => !isOfDerived(code))).toEqual([]);
    });
  });
}

/** Clause keys, best first; scores that differ by rounding only are ties, which go by key. */
function ranking(scores: ReadonlyMap<number, number>): number[] {
  return [...scores]
    .map(([key, score]): [number, number] => [key, Math.round(score * 1e9)])
    .sort(([keyA, a], [keyB, b]) => b - a || keyA - keyB)
    .map(([key]) => key);
}
