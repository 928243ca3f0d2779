/** A text as a .docx whose numbers are all automatic: what a typist who lets Word count would have made of it. */
import { numeralValue } from '../../../src/analysis/numerals.js';
import { abstractList, docx, inList, level, list, paragraph, run, startAt } from './docx-file.js';

interface Family {
  readonly pattern: RegExp;
  readonly format: string;
  readonly text: string;
}

const CHINESE = '[一二三四五六七八九十百零]{1,5}';

/** In the order of their abstract lists. */
const FAMILIES: readonly Family[] = [
  { pattern: new RegExp(`^第(${CHINESE})章`), format: 'chineseCountingThousand', text: '第%1章' },
  { pattern: new RegExp(`^第(${CHINESE})节`), format: 'chineseCountingThousand', text: '第%1节' },
  { pattern: new RegExp(`^第(${CHINESE})条`), format: 'chineseCountingThousand', text: '第%1条' },
  { pattern: new RegExp(`^(${CHINESE})、`), format: 'chineseCountingThousand', text: '%1、' },
  { pattern: new RegExp(`^（(${CHINESE})）`), format: 'chineseCountingThousand', text: '（%1）' },
  { pattern: /^(\d{1,3})\.(?!\d)/, format: 'decimal', text: '%1.' },
  { pattern: /^（(\d{1,3})）/, format: 'decimal', text: '（%1）' },
  { pattern: /^([①-⑳])/, format: 'decimalEnclosedCircle', text: '%1' },
];

export interface NumberedCopy {
  readonly bytes: Uint8Array;
  /** How many numbers are automatic. */
  readonly numbers: number;
}

export function numberedCopy(source: string): NumberedCopy {
  const lists: string[] = [];
  const counts = FAMILIES.map(() => ({ value: 0, numId: 0 }));
  let numbers = 0;
  const lines = source.split(/\r?\n/);
  const body = lines.map((line, i) => {
    const text = line.trim();
    if (text.includes('\t')) return rowOf(text, isRow(lines[i - 1]), isRow(lines[i + 1]));
    const index = FAMILIES.findIndex(({ pattern }) => pattern.test(text));
    const { pattern } = FAMILIES[index] ?? { pattern: null };
    const found = pattern?.exec(text);
    const value = found == null ? null : valueOf(found[1]!);
    if (found == null || value === null || value === 0) return paragraph(run(line));
    const count = counts[index]!;
    if (count.numId === 0 || value !== count.value + 1) {
      count.numId = lists.length + 1;
      lists.push(list(count.numId, index, startAt(0, value)));
    }
    count.value = value;
    numbers++;
    return paragraph(run(text.slice(found[0].length)), inList(count.numId));
  });
  const abstracts = FAMILIES.map(({ format, text }, i) =>
    abstractList(i, level(0, format, text, '<w:suff w:val="nothing"/>')),
  );
  return { bytes: docx({ body: body.join(''), numbering: abstracts.join('') + lists.join('') }), numbers };
}

function isRow(line: string | undefined): boolean {
  return line?.trim().includes('\t') ?? false;
}

/** A line with tabs as a row; neighbouring rows are one table. */
function rowOf(text: string, hasRowAbove: boolean, hasRowBelow: boolean): string {
  const cells = text.split('\t').map((cell) => `<w:tc>${paragraph(run(cell))}</w:tc>`);
  const row = `<w:tr>${cells.join('')}</w:tr>`;
  return `${hasRowAbove ? '' : '<w:tbl>'}${row}${hasRowBelow ? '' : '</w:tbl>'}`;
}

function valueOf(numeral: string): number | null {
  return /[①-⑳]/.test(numeral) ? numeral.charCodeAt(0) - 0x245f : numeralValue(numeral);
}
