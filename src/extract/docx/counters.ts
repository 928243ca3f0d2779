/** Counts the paragraphs of all lists and prints their numbers as Word shows them. */
import { formatNumber } from './number-format.js';
import type { Level, List, Numbering } from './numbering.js';
import type { Style, Styles } from './styles.js';

/** What a paragraph itself says: w:numPr. */
export interface NumberProperties {
  readonly numId: string | null;
  readonly level: number | null;
}

const BULLET = '•';

export class Counters {
  /** By abstract list: all lists that share one count on together. */
  private readonly counts = new Map<string, Map<number, number>>();
  private readonly begun = new Set<string>();

  constructor(
    private readonly numbering: Numbering,
    private readonly styles: Styles,
  ) {}

  /** The number of the next paragraph with what parts it from the text; '' for a paragraph without one. */
  next(own: NumberProperties, styleId: string | null): string {
    const chain = this.styles.chain(styleId ?? this.styles.standard);
    const numId = own.numId ?? chain.find((style) => style.numId !== null)?.numId ?? null;
    const list = numId === null || numId === '0' ? undefined : this.numbering.get(numId);
    if (list === undefined) return '';
    const index = own.level ?? (own.numId === null ? levelOfStyle(list, chain) : 0);
    const level = list.levels.get(index);
    if (level === undefined) return '';
    this.count(numId!, list, index, level);
    return this.print(list, index, level);
  }

  private count(numId: string, list: List, index: number, level: Level): void {
    let counts = this.counts.get(list.abstractId);
    if (counts === undefined) this.counts.set(list.abstractId, (counts = new Map()));
    const override = list.startOverrides.get(index);
    const key = `${numId} ${index}`;
    // 17.9.26: a list that overrides the start begins anew where it is first used, and goes on from there.
    if (override !== undefined && !this.begun.has(key)) counts.set(index, override);
    else {
      const before = counts.get(index);
      counts.set(index, before === undefined ? (override ?? level.start) : before + 1);
    }
    this.begun.add(key);
    for (const deeper of counts.keys()) {
      if (deeper <= index) continue;
      const restart = list.levels.get(deeper)?.restart ?? null;
      if (restart === null || (restart > 0 && index < restart)) counts.delete(deeper);
    }
  }

  private print(list: List, index: number, level: Level): string {
    const counts = this.counts.get(list.abstractId)!;
    if (level.format === 'bullet') return withSuffix(bullet(level.text), level.suffix);
    const text = level.text.replace(/%([1-9])/g, (_, digit: string) => {
      const at = Number(digit) - 1;
      const shown = list.levels.get(at);
      if (shown === undefined || at > index) return '';
      // A level above that no paragraph has used yet is shown as it would start.
      const number = counts.get(at) ?? list.startOverrides.get(at) ?? shown.start;
      const figures = level.legal && shown.format !== 'none' && shown.format !== 'bullet';
      return formatNumber(number, figures ? 'decimal' : shown.format, shown.pattern);
    });
    return withSuffix(text, level.suffix);
  }
}

/** 17.9.23: the level that names the style, or the one that the style names. */
function levelOfStyle(list: List, chain: readonly Style[]): number {
  for (const { id } of chain) for (const [index, level] of list.levels) if (level.style === id) return index;
  return chain.find((style) => style.level !== null)?.level ?? 0;
}

/** Symbol fonts keep their signs in the private use area: what is printed is a bullet of some shape. */
function bullet(text: string): string {
  const sign = text.trim();
  return sign === '' || /[\ue000-\uf8ff]|^[a-zA-Z§·]$/.test(sign) ? (sign === '' ? '' : BULLET) : sign;
}

/**
 * What Word prints as a gap of some width is a space here, and nothing after a mark that brings its own gap. After "1." it is kept only
 * before a figure or a letter (see join()).
 */
function withSuffix(text: string, suffix: Level['suffix']): string {
  if (text === '') return '';
  return suffix === 'nothing' || /[、，。．：；）)】〕》①-⒛㈠-㈩]\s*$/.test(text)
    ? text
    : `${text.trimEnd()} `;
}

/** Number and text as one line: "1." and "加强领导" stand together as they are typed, "1." and "2025年" do not. */
export function join(number: string, text: string): string {
  const rest = number === '' ? text : text.replace(/^[ \t\u3000]+/, '');
  return /\. $/.test(number) && !/^[\dA-Za-z]/.test(rest) ? number.trimEnd() + rest : number + rest;
}
