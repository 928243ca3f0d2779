/** The source of a binary format grows no further than a limit: cells that are merged and numbers make more of a file than it holds. */
import { expect, it } from 'vitest';
import { Composer } from '../../src/extract/composer.js';
import { ExtractError } from '../../src/extract/extract-error.js';

it('Composer refuses more than twenty million characters, and gives each line its place', () => {
  const composer = new Composer();
  composer.text('一、任务');
  composer.row(['1', '', '新增托位']);
  expect(composer.source).toBe('一、任务\n1\t新增托位');
  expect(composer.blocks.map(({ map }) => map[0]!.source)).toEqual([0, 5]);
  const text = '甲'.repeat(9_999_000);
  composer.text(text);
  composer.text(text);
  expect(() => composer.text(text)).toThrow(ExtractError);
  expect(() => composer.aside(text, 'footnote')).toThrow('文字超出读取限度');
});
