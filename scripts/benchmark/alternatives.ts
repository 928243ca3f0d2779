/** All alternatives that are installed, each in a process of its own, over the passages of one index. */
import { mkdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Config } from '../../src/config.js';
import { openEmbedder } from '../../src/open.js';
import { ALTERNATIVES } from './alternatives/all.js';
import type { Alternative } from './alternatives/alternative.js';
import { writeData } from './alternatives/data.js';
import { measureApart } from './child.js';
import type { AlternativeFigures } from './measure-alternative.js';
import { TOPICS } from './topics.js';

export interface MeasuredAlternative extends Pick<Alternative, 'name' | 'how' | 'lacks' | 'byVector'> {
  /** Null: part of this program's own packages. */
  readonly version: string | null;
  /** Null: not installed. A text: what went wrong. */
  readonly figures: AlternativeFigures | string | null;
}

/** `packages`: the folder that optional packages were installed into; `work`: a folder for temporary files. */
export async function measureAlternatives(
  config: Config,
  packages: string,
  work: string,
): Promise<MeasuredAlternative[]> {
  const folder = join(work, 'data');
  await mkdir(folder, { recursive: true });
  const embedder = await openEmbedder(config);
  await writeData(config.index, TOPICS, embedder, folder).finally(() => embedder.close());
  const measured: MeasuredAlternative[] = [];
  for (const { name, needs, how, lacks, byVector } of ALTERNATIVES) {
    const version = needs === null ? null : await installedVersion(packages, needs);
    const figures =
      needs !== null && version === null
        ? null
        : await measureApart<AlternativeFigures>('measure-alternative.ts', folder, packages, name).catch(
            reasonOf,
          );
    measured.push({
      name,
      how,
      lacks,
      byVector,
      version: needs && `${needs} ${version ?? ''}`.trim(),
      figures,
    });
  }
  return measured;
}

async function installedVersion(packages: string, name: string): Promise<string | null> {
  try {
    const entry = createRequire(join(packages, 'from-here.js')).resolve(name);
    // Not every package exports its package.json: it lies in a folder above the entry.
    const root = entry.slice(
      0,
      entry.lastIndexOf(join('node_modules', name)) + join('node_modules', name).length,
    );
    const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
    return version;
  } catch {
    return null;
  }
}

/** The line that says what went wrong, of all that a process said when it failed. */
function reasonOf(error: unknown): string {
  const lines = String(error).split('\n');
  return lines.findLast((line) => /error/i.test(line)) ?? lines[0]!;
}
