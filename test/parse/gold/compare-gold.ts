/** The tree that the parser gives against the gold: what differs, in words, and the two figures of a fixture. */
import type { Clause, Heading } from '../../../src/model/clause.js';
import type { Metadata, ParsedFile, PolicyDocument } from '../../../src/model/document.js';
import { FIELDS, type Field, type Gold, type Piece } from './read-gold.js';

export interface Comparison {
  /** Each names the place and shows both sides; empty when all is right. */
  readonly differences: readonly string[];
  /** F1 of clauses with right boundaries and all their text; clauses that are marked doubtful count on neither side. */
  readonly f1: number;
  /** Share of the gold clauses with right boundaries and the right heading path. */
  readonly paths: number;
  readonly clauses: number;
}

interface Found<T> {
  readonly node: T;
  readonly document: number;
  readonly places: readonly number[];
}

export function compareGold(gold: Gold, { documents, file }: ParsedFile): Comparison {
  const { source, pieces } = gold;
  const differences: string[] = [];
  const say = (place: number, text: string): void => {
    differences.push(`line ${lineOf(source, place)}: ${text}`);
  };
  if (documents.length !== gold.documents.length) {
    const titles = documents.map((one) => one.metadata.title).join(' / ');
    differences.push(`documents: expected ${gold.documents.length}, got ${documents.length}: ${titles}`);
  }
  const clauses = documents.flatMap((one, i) => found(one, i, one.clauses, source));
  const headings = documents.flatMap((one, i) => found(one, i, one.headings, source));
  const front = documents.flatMap((one, i) => found(one, i, one.frontMatter, source));
  const owner = new Array<Found<Clause> | Found<Heading> | 'front' | 'noise' | undefined>(source.length);
  for (const one of [...clauses, ...headings]) for (const place of one.places) owner[place] = one;
  for (const one of front) for (const place of one.places) owner[place] = 'front';
  for (const { span } of file.noise) owner.fill('noise', span.start, span.end);

  const doubtful = new Set(pieces.flatMap((one) => (one.doubtful ? one.places : [])));
  const byEnds = new Map(clauses.map((one) => [ends(one.places), one]));
  const headingByEnds = new Map(headings.map((one) => [ends(one.places), one]));
  const matched = new Set<Found<Clause>>();
  let right = 0;
  let rightPaths = 0;
  let expected = 0;
  for (const piece of pieces) {
    const at = piece.places[0]!;
    if (piece.role === 'clause' || piece.role === 'heading') {
      if (piece.doubtful) continue;
      const hit = (piece.role === 'clause' ? byEnds : headingByEnds).get(ends(piece.places));
      if (piece.role === 'heading') {
        if (hit === undefined)
          say(at, `heading ${quote(source, piece.places)}\n    got ${around(owner, piece, source)}`);
        else compareKind(piece, hit.node as Heading, at, say);
        continue;
      }
      expected++;
      if (hit === undefined) {
        say(at, `clause ${quote(source, piece.places)}\n    got ${around(owner, piece, source)}`);
        continue;
      }
      const clause = hit as Found<Clause>;
      matched.add(clause);
      // A clause that holds noise or lost a figure inside is not right, though it begins and ends where it should.
      if (clause.places.length === piece.places.length) right++;
      if (hit.document !== piece.document) {
        say(at, `clause of document ${piece.document + 1} in document ${hit.document + 1}`);
      }
      compareClause(piece, clause, source, at, say);
      if (comparePath(gold, piece, clause.node, at, say)) rightPaths++;
      continue;
    }
    const wrong = piece.doubtful ? undefined : piece.places.find((place) => isTaken(piece, owner[place]));
    if (wrong !== undefined) {
      say(wrong, `${piece.role} ${quote(source, piece.places)}\n    is in ${describe(owner[wrong], source)}`);
    }
  }
  let extra = matched.size - right;
  for (const one of clauses) {
    if (matched.has(one) || one.places.every((place) => doubtful.has(place))) continue;
    extra++;
    say(one.places[0] ?? 0, `no such clause in the gold: ${describe(one, source)}`);
  }
  gold.documents.forEach((fields, i) => {
    const document = documents[i];
    if (document === undefined) return;
    for (const field of FIELDS) {
      const want = fields.get(field) ?? [field === 'template' ? 'no' : '无'];
      const got = shown(document.metadata, field);
      if (want.includes('?') || want.some((one) => fold(one) === fold(got))) continue;
      differences.push(`document ${i + 1} ${field}: expected ${want.join(' | ')}, got ${got}`);
    }
  });
  const all = right + extra;
  const precision = all === 0 ? 1 : right / all;
  const recall = expected === 0 ? 1 : right / expected;
  return {
    differences,
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    paths: expected === 0 ? 1 : rightPaths / expected,
    clauses: expected,
  };
}

type Say = (place: number, text: string) => void;

function compareKind(piece: Piece, node: Clause | Heading, at: number, say: Say): void {
  if (piece.kinds.length > 0 && !piece.kinds.includes(node.kind)) {
    say(at, `kind: expected ${piece.kinds.join(' or ')}, got ${node.kind}`);
  }
}

function compareClause(
  piece: Piece,
  { node, places }: Found<Clause>,
  source: string,
  at: number,
  say: Say,
): void {
  compareKind(piece, node, at, say);
  if (piece.label !== null && bare(piece.label) !== bare(node.label)) {
    say(at, `label: expected ${piece.label}, got ${node.label}`);
  }
  const want = piece.places.map((place) => source[place]).join('');
  if (places.length !== piece.places.length) {
    const inside = places.find((place, i) => place !== piece.places[i]) ?? places.length;
    say(inside, `clause holds what it should not, or lost something: …${source.slice(inside, inside + 20)}…`);
  } else if (node.text.replace(/\s/g, '') !== want) {
    say(at, `text is not the source's: ${node.text.slice(0, 40)}`);
  }
  if (piece.title !== null) {
    const got =
      node.title === null
        ? '无'
        : node.text.slice(node.title.start - node.span.start, node.title.end - node.span.start);
    if (fold(got) !== fold(piece.title)) say(at, `run-in heading: expected ${piece.title}, got ${got}`);
  }
  for (const [kind, count] of Object.entries(piece.parts)) {
    const got = node.parts.filter((part) => part.kind === kind).length;
    if (got !== count) say(at, `${node.label}: expected ${count} ${kind}, got ${got}`);
  }
}

/** Headings that are marked doubtful may stand in the path or not. */
function comparePath(gold: Gold, piece: Piece, clause: Clause, at: number, say: Say): boolean {
  const text = (index: number): string =>
    fold(gold.pieces[index]!.places.map((place) => gold.source[place]).join(''));
  const loose = new Set(
    gold.pieces.flatMap((one, i) => (one.role === 'heading' && one.doubtful ? [text(i)] : [])),
  );
  const want = piece.path.map(text).filter((one) => !loose.has(one));
  const got = clause.headingPath.map(fold).filter((one) => !loose.has(one));
  if (want.join('\n') === got.join('\n')) return true;
  if (piece.detached && want.slice(0, got.length).join('\n') === got.join('\n')) return true;
  const lost = piece.path.findLastIndex((index) => gold.pieces[index]!.detached);
  if (lost > 0 && piece.path.slice(lost).map(text).join('\n') === got.join('\n')) return true;
  say(
    at,
    `path of ${clause.text.slice(0, 16)}: expected ${want.join(' › ') || '(none)'}\n    got ${got.join(' › ') || '(none)'}`,
  );
  return false;
}

/** Whether an owner is wrong for a piece that is neither clause nor heading. */
function isTaken(
  piece: Piece,
  owner: Found<Clause> | Found<Heading> | 'front' | 'noise' | undefined,
): boolean {
  if (owner === undefined) return true;
  if (owner === 'noise') return piece.role === 'front';
  return owner !== 'front';
}

function found<T extends { readonly span: { readonly start: number; readonly end: number } }>(
  { text, map }: PolicyDocument,
  document: number,
  nodes: readonly T[],
  source: string,
): Found<T>[] {
  const home = new Array<number>(text.length).fill(-1);
  for (const { clean, source: from, length } of map)
    for (let i = 0; i < length; i++) home[clean + i] = from + i;
  return nodes.map((node) => ({
    node,
    document,
    places: home
      .slice(node.span.start, node.span.end)
      .filter((place) => place >= 0 && /\S/.test(source[place]!)),
  }));
}

function ends(places: readonly number[]): string {
  return `${places[0]}-${places.at(-1)}`;
}

function around(
  owner: readonly (Found<Clause> | Found<Heading> | 'front' | 'noise' | undefined)[],
  { places }: Piece,
  source: string,
): string {
  const owners = new Set(places.map((place) => owner[place]));
  return [...owners]
    .slice(0, 4)
    .map((one) => describe(one, source))
    .join('\n    and ');
}

function describe(
  owner: Found<Clause> | Found<Heading> | 'front' | 'noise' | undefined,
  source: string,
): string {
  if (owner === undefined) return 'nothing';
  if (typeof owner === 'string') return owner;
  const name = 'ordinal' in owner.node ? `clause ${owner.node.label}` : 'heading';
  return `${name} (${owner.node.kind}) ${quote(source, owner.places)}`;
}

function quote(source: string, places: readonly number[]): string {
  const text = places.map((place) => source[place]).join('');
  return text.length <= 40 ? `「${text}」` : `「${text.slice(0, 18)}…${text.slice(-18)}」`;
}

function shown(metadata: Metadata, field: Field): string {
  const value = metadata[field];
  if (field === 'template') return metadata.template ? 'yes' : 'no';
  if (field === 'issuers') return metadata.issuers.join('; ') || '无';
  if (field === 'period')
    return metadata.period === null ? '无' : `${metadata.period.from}-${metadata.period.to}`;
  if (field === 'jurisdiction') {
    return metadata.jurisdiction === null
      ? '无'
      : `${metadata.jurisdiction.name} ${metadata.jurisdiction.code}`;
  }
  return typeof value === 'string' ? value : '无';
}

/** Widths and white space do not tell two names apart. */
function fold(text: string): string {
  return text.normalize('NFKC').replace(/\s/g, '');
}

function bare(label: string): string {
  return fold(label).replace(/[.、,:]/g, '');
}

function lineOf(source: string, place: number): number {
  return source.slice(0, place).split('\n').length;
}
