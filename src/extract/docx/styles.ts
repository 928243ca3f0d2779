/** styles.xml: what a paragraph has from its style, and what that has from the style it is based on. */
import { readXml, type Attributes } from '../xml.js';
import { integer } from './integer.js';
import { isOn } from './toggle.js';

/** null: the style does not say. */
export interface Style {
  readonly id: string;
  readonly basedOn: string | null;
  numId: string | null;
  level: number | null;
  hidden: boolean | null;
  indented: boolean | null;
}

export interface Styles {
  /** The style of a paragraph that names none. */
  readonly standard: string | null;
  /** The style and those it is based on, nearest first. */
  chain(id: string | null): readonly Style[];
}

/** A style that is based on itself, in so many steps, is broken. */
const LONGEST_CHAIN = 30;

export function readStyles(bytes: Uint8Array | null): Styles {
  const styles = new Map<string, Style>();
  let standard: string | null = null;
  if (bytes !== null) standard = read(bytes, styles);
  const chains = new Map<string, readonly Style[]>();
  return {
    standard,
    chain(id) {
      if (id === null) return [];
      let chain = chains.get(id);
      if (chain === undefined) chains.set(id, (chain = follow(id, styles)));
      return chain;
    },
  };
}

function follow(id: string, styles: ReadonlyMap<string, Style>): Style[] {
  const chain: Style[] = [];
  let next: string | null = id;
  while (next !== null && chain.length < LONGEST_CHAIN) {
    const style: Style | undefined = styles.get(next);
    if (style === undefined) break;
    chain.push(style);
    next = style.basedOn;
  }
  return chain;
}

function read(bytes: Uint8Array, styles: Map<string, Style>): string | null {
  let standard: string | null = null;
  let id = '';
  let basedOn: string | null = null;
  let own = blank();
  readXml(bytes, {
    open(name, attributes) {
      if (name === 'style') {
        id = attributes['styleId'] ?? '';
        basedOn = null;
        own = blank();
        const isDefault = attributes['default'] !== undefined && isOn({ val: attributes['default'] });
        if (isDefault && attributes['type'] === 'paragraph') standard = id;
      } else if (name === 'basedOn') basedOn = attributes['val'] ?? null;
      else if (name === 'numId') own.numId = attributes['val'] ?? null;
      else if (name === 'ilvl') own.level = integer(attributes['val']);
      else if (name === 'vanish') own.hidden = isOn(attributes);
      else if (name === 'ind') own.indented = isIndented(attributes) ?? own.indented;
      // What a table style does to its first row is no style of a paragraph.
      return !/^(?:pPrChange|rPrChange|tblStylePr|docDefaults|latentStyles)$/.test(name);
    },
    close(name) {
      if (name === 'style') styles.set(id, { id, basedOn, ...own });
    },
  });
  return standard;
}

function blank(): Omit<Style, 'id' | 'basedOn'> {
  return { numId: null, level: null, hidden: null, indented: null };
}

/** Whether the first line is set in; null when not said. In hundredths of a character, or in twentieths of a point. */
export function isIndented({ firstLine, firstLineChars }: Attributes): boolean | null {
  const value = integer(firstLineChars) ?? integer(firstLine);
  return value === null ? null : value > 0;
}
