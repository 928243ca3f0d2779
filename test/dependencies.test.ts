/** What can be audited without a network: where each dependency comes from, that it is whole, what may run when it is installed, its licence. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

interface LockedPackage {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly license?: string;
  readonly hasInstallScript?: boolean;
  readonly link?: boolean;
}

const root = resolve(import.meta.dirname, '..');
const read = (file: string): unknown => JSON.parse(readFileSync(resolve(root, file), 'utf8'));
const { packages } = read('package-lock.json') as {
  readonly packages: Readonly<Record<string, LockedPackage>>;
};
const manifest = read('package.json') as {
  readonly allowScripts: Readonly<Record<string, boolean>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};
const locked = Object.entries(packages).filter(([path]) => path !== '');
const nameOf = (path: string): string =>
  path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** Terms under which a package may be used beside an MIT program; LGPL libraries are loaded, never linked in. */
const LICENCES =
  /^(?:MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|MPL-2\.0|LGPL-3\.0-or-later|Zlib|CC0-1\.0|WTFPL)$/;

describe('dependencies', () => {
  it('are locked by a strong hash, and come from the registry by version', () => {
    expect(locked.length).toBeGreaterThan(100);
    for (const [path, { integrity, resolved, link }] of locked) {
      expect(integrity, path).toMatch(/^sha512-/);
      expect(resolved, path).toBeUndefined();
      expect(link, path).toBeUndefined();
    }
    for (const range of Object.values({ ...manifest.dependencies, ...manifest.devDependencies }))
      expect(range).toMatch(/^\^\d+\.\d+\.\d+$/);
  });

  it('run at install only what was looked at', () => {
    const scripted = locked
      .filter(([, { hasInstallScript }]) => hasInstallScript)
      .map(([path]) => nameOf(path));
    for (const name of scripted) expect(manifest.allowScripts, name).toHaveProperty([name]);
  });

  it('have licences that fit', () => {
    for (const [path, { license }] of locked) {
      const terms = (license ?? '').replace(/[()]/g, '').split(/ (?:AND|OR) /);
      for (const term of terms) expect(term, path).toMatch(LICENCES);
    }
  });
});
