/**
 * Gold of the parser: the source text itself with marks in it. A mark ⟦…⟧ opens a piece that runs to the next mark; without
 * the marks the text is the source, character for character. The grammar stands in test/fixtures/README.md.
 */
import type { ClauseKind } from '../../../src/model/clause.js';

/** What a stretch of the source is. `outside` is a title, header, signature, contents or noise: either will do. */
export type PieceRole = 'clause' | 'heading' | 'front' | 'contents' | 'noise' | 'outside';

export interface Piece {
  readonly role: PieceRole;
  /** Of a clause or heading; several where a reader could name either. Empty: not judged. */
  readonly kinds: readonly ClauseKind[];
  /** Of a numbered clause, as printed; null: not judged. */
  readonly label: string | null;
  /** Of a heading, from 1. */
  readonly level: number;
  /** The run-in heading of a clause; null: not judged. */
  readonly title: string | null;
  /** Counts of 款, 项, 目; a kind that is not named is not judged. */
  readonly parts: Readonly<Partial<Record<'款' | '项' | '目', number>>>;
  /**
   * A heading whose upper level was lost: the path may begin with it or hold what stands above it in the text. A clause
   * that closes the text: it may stand under any of the headings above it or under none.
   */
  readonly detached: boolean;
  /** A judgement on which careful readers may differ: the runner tolerates other cuts here. */
  readonly doubtful: boolean;
  /** 0-based among the documents of the file. */
  readonly document: number;
  /** Index among the pieces of the headings above, outermost first. */
  readonly path: readonly number[];
  /** Source offsets of its non-blank characters, without the noise inside it. */
  readonly places: number[];
}

/** One field of the expected metadata: the values that will do, as printed in the gold. */
export type ExpectedFields = ReadonlyMap<string, readonly string[]>;

export interface Gold {
  /** Path of the source from the repository root when it is not source.txt beside the gold. */
  readonly sourcePath: string | null;
  readonly documents: readonly ExpectedFields[];
  readonly source: string;
  readonly pieces: readonly Piece[];
}

const FIELDS = [
  'title',
  'kind',
  'issuers',
  'documentNumber',
  'writtenOn',
  'publishedOn',
  'effectiveOn',
  'status',
  'period',
  'addressees',
  'jurisdiction',
  'template',
] as const;
export type Field = (typeof FIELDS)[number];
export { FIELDS };

const OUTSIDE: Readonly<Record<string, PieceRole>> = {
  题名: 'front',
  首: 'front',
  尾: 'front',
  目录: 'contents',
  噪: 'noise',
  外: 'outside',
};

const NAMED: Readonly<Record<string, ClauseKind>> = {
  引言: 'preamble',
  导语: 'lead',
  段: 'paragraph',
  点: 'bullet',
  行: 'row',
  问: 'question',
  附件: 'annex',
  题: 'topic',
};

const NUMERAL = '[〇○零一二三四五六七八九十百千两\\d０-９]+';
const FORMS: readonly (readonly [RegExp, ClauseKind])[] = [
  [new RegExp(`^第${NUMERAL}[编編]`), 'part'],
  [new RegExp(`^第${NUMERAL}章`), 'chapter'],
  [new RegExp(`^第${NUMERAL}[节節]`), 'division'],
  [new RegExp(`^第${NUMERAL}[条條]`), 'article'],
  [/^[一二三四五六七八九十百]+[、.．，,]?/, 'section'],
  [/^[（(]\s*[一二三四五六七八九十百]+\s*[）)]/, 'subsection'],
  [/^[㈠-㈩]/, 'subsection'],
  [/^[（(]\s*[\d０-９]+\s*[）)]/, 'subitem'],
  [/^[⑴-⒇]/, 'subitem'],
  [/^[\d０-９]+[）)]/, 'subitem'],
  [/^[\d０-９]+[.．、，]?/, 'item'],
  [/^[⒈-⒛]/, 'item'],
  [/^[①-⑳]/, 'point'],
  [/^(附件|附表|附录)/, 'annex'],
  [/^(问|Q\d*)[：:]/, 'question'],
];

/** The kind that a printed marker has, or null when there is none. */
export function kindOfMarker(text: string): ClauseKind | null {
  return FORMS.find(([form]) => form.test(text))?.[1] ?? null;
}

/** Throws when the gold itself is malformed: that is a mistake of its writer. */
export function readGold(text: string): Gold {
  const cut = text.indexOf('\n===\n');
  if (cut < 0) throw new Error('gold: no line "===" between metadata and text');
  const documents: Map<string, string[]>[] = [];
  let sourcePath: string | null = null;
  for (const line of text.slice(0, cut).split('\n')) {
    if (line.trim() === '' || line.startsWith('//')) continue;
    const [, name, value] = /^(\w+):?\s*(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) throw new Error(`gold: not understood: ${line}`);
    if (name === 'source') sourcePath = value;
    else if (name === 'document') documents.push(new Map());
    else if (!(FIELDS as readonly string[]).includes(name)) throw new Error(`gold: no such field: ${line}`);
    else
      documents.at(-1)!.set(
        name,
        value.split(' | ').map((one) => one.trim()),
      );
  }
  const { source, pieces } = readPieces(text.slice(cut + 5));
  const last = pieces.reduce((most, piece) => Math.max(most, piece.document), 0);
  if (documents.length !== last + 1) throw new Error(`gold: ${documents.length} metadata, ${last + 1} texts`);
  return { sourcePath, documents, source, pieces };
}

function readPieces(marked: string): Pick<Gold, 'source' | 'pieces'> {
  const pieces: Piece[] = [];
  const stack: { level: number; index: number }[] = [];
  let source = '';
  let document = 0;
  let current: Piece | null = null;
  let main: Piece | null = null;
  for (const part of marked.split(/(⟦[^⟧]*⟧)/)) {
    if (!part.startsWith('⟦')) {
      for (let i = 0; i < part.length; i++) {
        if (!/\S/.test(part[i]!)) continue;
        if (current === null) throw new Error(`gold: text before the first mark: ${part.slice(0, 20)}`);
        current.places.push(source.length + i);
      }
      source += part;
      continue;
    }
    const mark = part.slice(1, -1).trim();
    if (mark === '文') {
      document++;
      stack.length = 0;
      continue;
    }
    if (mark === '续') {
      if (main === null) throw new Error('gold: nothing to go on with');
      current = main;
      continue;
    }
    current = { ...readMark(mark), document, path: [], places: [] };
    const under = /↑(\d)/.exec(mark)?.[1];
    while (under !== undefined && stack.length > 0 && stack.at(-1)!.level > Number(under)) stack.pop();
    if (current.role === 'heading') {
      while (stack.length > 0 && stack.at(-1)!.level >= current.level) stack.pop();
    }
    current = { ...current, path: stack.map((one) => one.index) };
    if (current.role === 'heading') stack.push({ level: current.level, index: pieces.length });
    pieces.push(current);
    if (current.role !== 'noise') main = current;
  }
  for (const [i, piece] of pieces.entries()) {
    if (piece.places.length === 0) throw new Error(`gold: piece ${i} is empty`);
    if (piece.role !== 'heading' || piece.kinds.length > 0) continue;
    const printed = piece.places.map((place) => source[place]).join('');
    pieces[i] = { ...piece, kinds: [kindOfMarker(printed) ?? 'topic'] };
  }
  return { source, pieces };
}

function readMark(mark: string): Omit<Piece, 'document' | 'path' | 'places'> {
  const base = { kinds: [], label: null, level: 0, title: null, parts: {}, detached: false } as const;
  const doubtful = /(^|\s)[?？]$/.test(mark);
  const [first, ...rest] = mark.replace(/\s*[?？]$/, '').split(/\s+/);
  if (first === undefined || first === '') throw new Error(`gold: empty mark ⟦${mark}⟧`);
  const outside = OUTSIDE[first];
  if (outside !== undefined) return { ...base, role: outside, doubtful };
  if (/^#+$/.test(first)) {
    const kinds = kindsOf(rest.filter((word) => word !== '脱'));
    return { ...base, role: 'heading', level: first.length, kinds, detached: rest.includes('脱'), doubtful };
  }
  const parts: Partial<Record<'款' | '项' | '目', number>> = {};
  let title: string | null = null;
  const kinds: string[] = [];
  for (const word of rest.filter((one) => one !== '脱' && !one.startsWith('↑'))) {
    const [, kind, count] = /^([款项目])=(\d+)$/.exec(word) ?? [];
    if (kind !== undefined) parts[kind as '款' | '项' | '目'] = Number(count);
    else if (/^“.*”$/.test(word)) title = word.slice(1, -1);
    else kinds.push(word);
  }
  const named = first.split('/').map((one) => NAMED[one]);
  if (named.every((one) => one !== undefined)) {
    return { ...base, role: 'clause', kinds: named, title, parts, detached: rest.includes('脱'), doubtful };
  }
  const kind = kindOfMarker(first);
  if (kind === null) throw new Error(`gold: no such mark ⟦${mark}⟧`);
  return {
    ...base,
    role: 'clause',
    kinds: kinds.length > 0 ? kindsOf(kinds) : [kind],
    label: first,
    title,
    parts,
    detached: rest.includes('脱'),
    doubtful,
  };
}

function kindsOf(words: readonly string[]): readonly ClauseKind[] {
  return words.flatMap((word) => word.split('/')) as readonly ClauseKind[];
}
