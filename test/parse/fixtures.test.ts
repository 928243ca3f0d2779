/** Every fixture: the tree, the noise and the metadata that a careful reader expects, against what the parser gives. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseFileSync } from '../../src/parse/parse-file.js';
import { compareGold } from './gold/compare-gold.js';
import { readGold } from './gold/read-gold.js';
import { DAMAGES, spoil } from './gold/spoil.js';

const ROOT = join(import.meta.dirname, '../..');
const FIXTURES = join(ROOT, 'test/fixtures');

const SHOWN = Number(process.env['FIXTURE_DIFFERENCES'] ?? 5);
const figures: string[] = [];

/** What must hold over all texts that a damage fits, clauses weighted alike: [boundary F1, share of right paths]. */
const LEAST: Readonly<Record<string, readonly [number, number]>> = {
  'half-width': [0.99, 0.99],
  'blank lines': [0.99, 0.99],
  indented: [0.99, 0.99],
  framed: [0.99, 0.99],
  captions: [0.99, 0.99],
  wrapped: [0.96, 0.96],
  'other markers': [0.99, 0.99],
  'broken at figures': [0.97, 0.98],
  'lost stops': [0.98, 0.97],
  'lost headings': [0.99, 0.99],
  'framed, half-width, captions': [0.99, 0.99],
  joined: [0.91, 0.9],
  'joined and paged': [0.94, 0.94],
};

const slugs = readdirSync(FIXTURES, { withFileTypes: true })
  .filter((one) => one.isDirectory())
  .map((one) => one.name)
  .sort();

describe('fixtures', () => {
  it.each(slugs)('%s', (slug) => {
    const folder = join(FIXTURES, slug);
    expect(existsSync(join(folder, 'gold.txt')), `test/fixtures/${slug}/gold.txt is missing`).toBe(true);
    const gold = readGold(readFileSync(join(folder, 'gold.txt'), 'utf8'));
    const bytes = readFileSync(
      gold.sourcePath === null ? join(folder, 'source.txt') : join(ROOT, gold.sourcePath),
    );
    // The offsets of the gold are those of the source: without its marks it is the source, to the character.
    expect(gold.source).toBe(bytes.toString('utf8'));
    const name = gold.sourcePath === null ? `${slug}.txt` : gold.sourcePath.replace(/^corpus\//, '');
    const { differences, f1, paths, clauses } = compareGold(gold, parseFileSync(bytes, name));
    figures.push(
      `${slug.padEnd(36)} clauses ${String(clauses).padStart(3)}  F1 ${f1.toFixed(3)}  paths ${paths.toFixed(3)}  differences ${differences.length}`,
    );
    const shown = [...differences.slice(0, SHOWN), ...(differences.length > SHOWN ? ['…'] : [])].join('\n');
    expect(shown, `${slug}: ${differences.length} differences\n${shown}`).toBe('');
  });

  afterAll(() => {
    process.stderr.write(`${figures.join('\n')}\n`);
  });
});

describe('the same texts, spoilt', () => {
  it.each(DAMAGES)('$name', (damage) => {
    const worst: [number, string][] = [];
    let total = 0;
    let right = 0;
    let rightPaths = 0;
    for (const slug of slugs) {
      const text = spoil(readFileSync(join(FIXTURES, slug, 'gold.txt'), 'utf8'), damage);
      if (text === null) continue;
      const gold = readGold(text);
      const { f1, paths, clauses } = compareGold(
        gold,
        parseFileSync(Buffer.from(gold.source), `${slug}.txt`),
      );
      total += clauses;
      right += f1 * clauses;
      rightPaths += paths * clauses;
      if (f1 < 1 || paths < 1)
        worst.push([f1 + paths, `${slug} F1 ${f1.toFixed(3)} paths ${paths.toFixed(3)}`]);
    }
    const said = worst.sort(([a], [b]) => a - b).map(([, line]) => line);
    process.stderr.write(
      `${damage.name}: ${total} clauses, F1 ${(right / total).toFixed(3)}, paths ${(rightPaths / total).toFixed(3)}\n`,
    );
    const [f1, paths] = LEAST[damage.name]!;
    const message = `${damage.name}: not right are\n${said.slice(0, SHOWN).join('\n')}`;
    expect(right / total, message).toBeGreaterThanOrEqual(f1);
    expect(rightPaths / total, message).toBeGreaterThanOrEqual(paths);
  });
});
