/** The bundled corpus: kept byte for byte, and every quote of it verbatim and located. */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listSources } from '../src/corpus-folder.js';
import { toSource } from '../src/model/source-map.js';
import { contains } from '../src/model/span.js';
import { parseFileSync } from '../src/parse/parse-file.js';
import { passagesOf } from '../src/parse/passages.js';

const CORPUS = resolve(import.meta.dirname, '../corpus');
interface Entry {
  readonly file: string;
  readonly sha256: string;
}
const { files } = JSON.parse(readFileSync(join(CORPUS, 'manifest.json'), 'utf8')) as { files: Entry[] };

describe('the bundled corpus', () => {
  it('is what the manifest says', async () => {
    expect((await listSources(CORPUS)).sort()).toEqual(files.map(({ file }) => file).sort());
    for (const { file, sha256 } of files) {
      expect(
        createHash('sha256')
          .update(readFileSync(join(CORPUS, file)))
          .digest('hex'),
        file,
      ).toBe(sha256);
    }
  });

  it.each(files)('$file: quotes are slices, in the clean text and in the source', ({ file }) => {
    const bytes = readFileSync(join(CORPUS, file));
    const source = new TextDecoder().decode(bytes);
    const { documents } = parseFileSync(bytes, file);
    expect(documents.length).toBeGreaterThan(0);
    for (const { text, map, clauses } of documents) {
      expect(clauses.length).toBeGreaterThan(0);
      for (const clause of clauses) {
        expect(clause.text).toBe(text.slice(clause.span.start, clause.span.end));
        const place = toSource(map, clause.span)!;
        // What was left out between the two ends (a page number, a line break) is never part of the quote.
        const quoted = [...clause.text].filter((c) => c.trim() !== '');
        let at = place.start;
        for (const c of quoted) {
          at = source.indexOf(c, at) + c.length;
          expect(at).toBeGreaterThan(0);
        }
        expect(at).toBe(place.end);
        for (const passage of passagesOf(clause, 510)) {
          expect(contains(clause.span, passage.span)).toBe(true);
          expect(passage.text).toBe(text.slice(passage.span.start, passage.span.end));
        }
      }
    }
  });
});
