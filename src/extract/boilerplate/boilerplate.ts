/** Tells policy text from the page around it: what is dropped is kept as noise with its reason and place. */
import { isTraditional, simplifiedLetters } from '../../analysis/letters.js';
import type { Noise } from '../../model/document.js';
import { sourceOf } from '../../model/source-map.js';
import type { Block, StatedField } from '../extracted.js';
import { findCaptions } from './captions.js';
import { findFields } from './fields.js';
import { ANYWHERE } from './lexicon.js';

export interface Cleaned {
  readonly blocks: readonly Block[];
  readonly noise: readonly Noise[];
  readonly fields: readonly StatedField[];
}

/** Works line by line; what needs the structure of the text (footers after a signature) is the parser's to find. */
export function dropBoilerplate(printed: readonly Block[]): Cleaned {
  const all = inSimplified(printed);
  const { fields, taken } = findFields(all);
  const captions = findCaptions(all);
  const names = findFileNames(all);
  const blocks: Block[] = [];
  const noise: Noise[] = [];
  all.forEach((block, i) => {
    const reason = taken.has(i)
      ? 'metadata'
      : captions.has(i)
        ? 'caption'
        : names.has(i)
          ? 'upload'
          : lexicalReason(block.text);
    if (reason === null) blocks.push(printed[i]!);
    else noise.push(...toNoise(block, reason));
  });
  return { blocks, noise, fields };
}

/** All patterns are written in simplified characters. */
function inSimplified(blocks: readonly Block[]): readonly Block[] {
  if (!isTraditional(blocks.map(({ text }) => text))) return blocks;
  return blocks.map((block) => ({ ...block, text: simplifiedLetters(block.text) }));
}

/** "某某方案.doc" above the text that has this title itself: the name of the uploaded file. */
function findFileNames(all: readonly Block[]): Set<number> {
  const names = new Set<number>();
  all.slice(0, 4).forEach((block, i) => {
    const match = /^(.{4,120})\.(?:docx?|pdf|wps|txt|rtf)$/i.exec(block.text.trim());
    if (match === null) return;
    const title = match[1]!.replace(/\s+/g, '');
    if (all.slice(i + 1, i + 40).some((other) => other.text.replace(/\s+/g, '') === title)) names.add(i);
  });
  return names;
}

/** The lines of a statute: most of a corpus, and never of the page. */
const NUMBERED =
  /^\s*(?:第[一二三四五六七八九十百千零〇]{1,7}[编章节条]|[（(][一二三四五六七八九十]{1,3}[）)])/;

/** The reason why a line is of the page and not of the text, by its words alone; null for text. */
export function lexicalReason(line: string): string | null {
  if (line.length > 600 || NUMBERED.test(line)) return null;
  const compact = line.replace(/\s+/g, '').replace(/^[-•●·▪◦*](?=[\u4e00-\u9fff])/, '');
  return ANYWHERE.find((rule) => rule.pattern.test(compact))?.reason ?? null;
}

/** A block as noise: one entry for each stretch of the source. */
export function toNoise(block: Pick<Block, 'map'>, reason: string): Noise[] {
  return block.map.map((segment) => ({ span: sourceOf(segment), reason }));
}
