/** The README is tested: every command, setting, route and error code stands in it. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { INSTALL } from '../scripts/benchmark/alternatives/install.js';
import { buildProgram } from '../src/cli/program.js';
import { services } from '../src/cli/services.js';
import { readConfig, SETTINGS } from '../src/config.js';
import { EXTRACT_ERROR_CODES } from '../src/extract/extract-error.js';
import { ERRORS } from '../src/model/errors.js';

const root = resolve(import.meta.dirname, '..');
/** Without the padding of its tables. */
const readme = readFileSync(resolve(root, 'README.md'), 'utf8')
  .replace(/ {2,}/g, ' ')
  .replace(/\| -+: \|/g, '|');
const manifest = JSON.parse(readFileSync(resolve(root, 'package.json'), 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
  readonly bin: Readonly<Record<string, string>>;
};

describe('README', () => {
  it('names every setting with its flag, variable and default', () => {
    for (const setting of SETTINGS) {
      const row = readme
        .split('\n')
        .find((line) => line.startsWith('|') && line.includes(`\`${setting.env}\``));
      expect(row, setting.env).toBeDefined();
      if (setting.flag !== null) expect(row).toContain(`\`${setting.flag}\``);
      expect(row).toContain(setting.default === '无' ? 'none' : setting.default);
    }
  });

  it('names every command with its own flags', () => {
    const program = buildProgram({
      terminal: { out: () => undefined, err: () => undefined, watched: false },
      services,
      config: readConfig,
      exitCode: 0,
    });
    const shared = new Set<string | null | undefined>(['--json', ...SETTINGS.map(({ flag }) => flag)]);
    for (const command of program.commands) {
      const row = readme.split('\n').find((line) => new RegExp(`^\\| \`${command.name()}[ \`]`).test(line));
      expect(row, command.name()).toBeDefined();
      const filters = /filters of search/.test(row!)
        ? readme.split('\n').find((line) => line.startsWith('| `search '))!
        : '';
      for (const { long } of command.options)
        if (!shared.has(long)) expect(row! + filters, command.name()).toContain(`\`${long}`);
    }
  });

  it('has every error code with its status', () => {
    for (const [code, { status, title }] of Object.entries(ERRORS)) {
      expect(readme).toContain(`| \`${code}\` | ${status} | ${title} |`);
    }
  });

  it('has every code of an unreadable file', () => {
    for (const code of EXTRACT_ERROR_CODES) expect(readme).toContain(`| \`${code}\` |`);
  });

  it('gives the two command lines, and scripts that exist', () => {
    expect(readme).toContain('npm install && npm start');
    expect(readme).toContain('npm install && npm test');
    for (const [, script] of readme.matchAll(/npm run ([\w:]+)/g))
      expect(manifest.scripts[script!], script).toBeDefined();
    expect(manifest.bin['tiaowen']).toBeDefined();
    expect(readme).toContain(INSTALL);
  });
});
