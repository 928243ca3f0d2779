import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readSayings } from '../../src/lexicon/sayings.js';

function fileOf(...lines: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'tiaowen-sayings-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'sayings.jsonl');
  writeFileSync(path, lines.join('\n') + '\n');
  return path;
}

it('gives each saying with its topic and meaning; the first row has a saying that stands in two', () => {
  const first = fileOf('{"topic":"课后服务","sayings":["三点半谁接娃","放学没人管"],"field":"教育"}', '');
  const second = fileOf(
    '{"topic":"托管","question":"假期由谁托管？","sayings":["放学没人管","暑假娃放哪"],"clause":"1"}',
  );
  expect(readSayings([first, second])).toEqual([
    { text: '三点半谁接娃', topic: '课后服务', meaning: '课后服务' },
    { text: '放学没人管', topic: '课后服务', meaning: '课后服务' },
    { text: '暑假娃放哪', topic: '托管', meaning: '托管，假期由谁托管？' },
  ]);
});

it('is switched off row by row, or as a file', () => {
  const path = fileOf('{"topic":"课后服务","sayings":["三点半谁接娃"],"off":true}');
  expect(readSayings([path, join(path, '..', 'nowhere.jsonl')])).toEqual([]);
});

it.each([
  '{',
  '[]',
  '{"topic":"课后服务"}',
  '{"topic":"","sayings":["一"]}',
  '{"topic":"甲","sayings":["一",2]}',
])('names the line that is no row: %s', (line) => {
  const path = fileOf('{"topic":"托管","sayings":["暑假娃放哪"]}', line);
  expect(() => readSayings([path])).toThrow(
    expect.objectContaining({
      code: 'lexicon-invalid',
      message: expect.stringContaining('sayings.jsonl 第 2 行') as string,
    }),
  );
});
