/**
 * Writes test/fixtures/<slug>/source.txt from the gold beside it: the gold without its marks.
 * `npx tsx scripts/make-fixture.ts [SLUG...]`, all fixtures when none is named. Never touches a gold.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readGold } from '../test/parse/gold/read-gold.js';

const folder = join(import.meta.dirname, '../test/fixtures');
const named = process.argv.slice(2);
for (const slug of named.length > 0 ? named : readdirSync(folder).sort()) {
  const path = join(folder, slug, 'gold.txt');
  if (!existsSync(path)) continue;
  try {
    const gold = readGold(readFileSync(path, 'utf8'));
    if (gold.sourcePath === null) writeFileSync(join(folder, slug, 'source.txt'), gold.source);
  } catch (error) {
    process.stderr.write(`${slug}: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
