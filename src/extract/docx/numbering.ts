/** numbering.xml: the definitions of lists and their levels, ECMA-376 Part 1, 17.9. */
import { readXml } from '../xml.js';
import { integer } from './integer.js';
import { isOn } from './toggle.js';

export interface Level {
  readonly start: number;
  readonly format: string;
  /** Of a custom format: "001, 002, ...". */
  readonly pattern: string | null;
  /** 第%1条. */
  readonly text: string;
  readonly suffix: 'tab' | 'space' | 'nothing';
  /** 17.9.10: 0 never restarts; n restarts after a paragraph of a level up to n; null: after any higher level. */
  readonly restart: number | null;
  /** 17.9.4: every number in figures. */
  readonly legal: boolean;
  /** Paragraphs of this style are of this level. */
  readonly style: string | null;
}

/** One w:num: levels of an abstract list, some of them its own. */
export interface List {
  readonly abstractId: string;
  readonly levels: ReadonlyMap<number, Level>;
  /** Level → where this list starts anew. */
  readonly startOverrides: ReadonlyMap<number, number>;
}

export type Numbering = ReadonlyMap<string, List>;

interface Abstract {
  readonly levels: Map<number, Level>;
  /** 17.9.21: the levels are those of the list that this numbering style stands for. */
  link: string | null;
}

interface Instance {
  abstractId: string;
  readonly levels: Map<number, Level>;
  readonly starts: Map<number, number>;
}

export function readNumbering(bytes: Uint8Array | null): Numbering {
  if (bytes === null) return new Map();
  const reader = new Reader();
  readXml(bytes, reader);
  return resolve(reader);
}

/** No number is longer; a hostile one would be printed before every paragraph. */
const LONGEST_TEXT = 40;

class Reader {
  readonly abstracts = new Map<string, Abstract>();
  readonly instances = new Map<string, Instance>();
  /** Numbering style → the abstract list that is its own. */
  readonly styled = new Map<string, string>();
  private abstractId: string | null = null;
  private instance: Instance | null = null;
  private override = 0;
  private index = 0;
  private level: { -readonly [key in keyof Level]: Level[key] } | null = null;

  open(name: string, attributes: Readonly<Record<string, string | undefined>>): boolean {
    const val = attributes['val'];
    if (name === 'abstractNum') {
      this.abstractId = attributes['abstractNumId'] ?? '';
      this.abstracts.set(this.abstractId, { levels: new Map(), link: null });
    } else if (name === 'num') {
      this.instance = { abstractId: '', levels: new Map(), starts: new Map() };
      this.instances.set(attributes['numId'] ?? '', this.instance);
    } else if (name === 'abstractNumId' && this.instance !== null) this.instance.abstractId = val ?? '';
    else if (name === 'lvlOverride') this.override = integer(attributes['ilvl']) ?? 0;
    else if (name === 'startOverride') this.instance?.starts.set(this.override, integer(val) ?? 1);
    else if (name === 'lvl') {
      this.index = integer(attributes['ilvl']) ?? 0;
      this.level = blankLevel();
    } else if (name === 'numStyleLink' && this.abstractId !== null)
      this.abstracts.get(this.abstractId)!.link = val ?? null;
    else if (name === 'styleLink' && this.abstractId !== null) this.styled.set(val ?? '', this.abstractId);
    else if (this.level !== null) this.property(name, attributes);
    return name !== 'pPr' && name !== 'rPr';
  }

  private property(name: string, attributes: Readonly<Record<string, string | undefined>>): void {
    const level = this.level!;
    const val = attributes['val'];
    if (name === 'start') level.start = integer(val) ?? 0;
    else if (name === 'numFmt') {
      level.format = val ?? 'decimal';
      level.pattern = attributes['format'] ?? null;
    } else if (name === 'lvlText') level.text = (val ?? '').slice(0, LONGEST_TEXT);
    else if (name === 'suff') level.suffix = val === 'space' || val === 'nothing' ? val : 'tab';
    else if (name === 'lvlRestart') level.restart = integer(val);
    else if (name === 'isLgl') level.legal = isOn(attributes);
    else if (name === 'pStyle') level.style = val ?? null;
  }

  close(name: string): void {
    if (name === 'lvl' && this.level !== null) {
      const levels =
        this.instance !== null ? this.instance.levels : this.abstracts.get(this.abstractId ?? '')?.levels;
      levels?.set(this.index, this.level);
      this.level = null;
    } else if (name === 'abstractNum') this.abstractId = null;
    else if (name === 'num') this.instance = null;
  }
}

function blankLevel(): Level {
  // 17.9.25: a level that states no start begins at 0.
  return {
    start: 0,
    format: 'decimal',
    pattern: null,
    text: '',
    suffix: 'tab',
    restart: null,
    legal: false,
    style: null,
  };
}

function resolve({ abstracts, instances, styled }: Reader): Numbering {
  const lists = new Map<string, List>();
  for (const [numId, { abstractId, levels, starts }] of instances) {
    let id = abstractId;
    const linked = abstracts.get(id)?.link;
    if (linked != null) id = styled.get(linked) ?? id;
    lists.set(numId, {
      abstractId: id,
      levels: new Map([...(abstracts.get(id)?.levels ?? []), ...levels]),
      startOverrides: starts,
    });
  }
  return lists;
}
