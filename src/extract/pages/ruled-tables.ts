/** Tables that are drawn with ruling lines: grids → cells → rows. Merged cells stand in the first row that they reach. */
import { lineOf, toLines, type PrintedLine } from './printed-line.js';
import { around, type Box, type PrintedPage, type Rule, type Run } from './printed-page.js';

export interface PrintedRow {
  readonly box: Box;
  readonly page: number;
  /** The lines of each cell that holds text. */
  readonly cells: readonly (readonly PrintedLine[])[];
}

/** Ends of rules that are meant to touch stand this near, in points. */
const NEAR = 3;
/** Rules of a page beyond this number are a drawing. */
const MOST_RULES = 4_000;
/** And so is a grid of more cells. */
const MOST_CELLS = 20_000;
/** A cell with more text is a frame of the page. */
const LONGEST_CELL = 1_500;

export function findRuledTables(page: PrintedPage): { rows: PrintedRow[]; rest: Run[] } {
  let rest = [...page.runs];
  const rows: PrintedRow[] = [];
  if (page.rules.length > MOST_RULES) return { rows, rest };
  for (const rules of connected(page.rules)) {
    const grid = gridOf(rules);
    if (grid === null) continue;
    const [left, top, right, bottom] = around(rules);
    const inside = rest.filter(({ box }) => {
      const [x, y] = centre(box);
      return x > left && x < right && y > top && y < bottom;
    });
    const found = readGrid(grid, inside, page.number);
    if (found === null) continue;
    rows.push(...found);
    const taken = new Set(inside);
    rest = rest.filter((run) => !taken.has(run));
  }
  return { rows, rest };
}

function centre(box: Box): [number, number] {
  return [(box[0] + box[2]) / 2, (box[1] + box[3]) / 2];
}

function isHorizontal(rule: Rule): boolean {
  return rule[2] - rule[0] >= rule[3] - rule[1];
}

/** Groups of rules that touch. */
function connected(rules: readonly Rule[]): Rule[][] {
  const groups: { box: Box; rules: Rule[] }[] = [];
  for (const rule of rules) {
    const near = groups.filter(
      ({ box, rules: own }) => touches(box, rule) && own.some((other) => touches(other, rule)),
    );
    const merged = {
      box: around([rule, ...near.map((one) => one.box)]),
      rules: [rule, ...near.flatMap((one) => one.rules)],
    };
    for (const one of near) groups.splice(groups.indexOf(one), 1);
    groups.push(merged);
  }
  return groups.map((one) => one.rules);
}

function touches(a: Box, b: Box): boolean {
  return a[0] <= b[2] + NEAR && b[0] <= a[2] + NEAR && a[1] <= b[3] + NEAR && b[1] <= a[3] + NEAR;
}

interface Grid {
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly rules: readonly Rule[];
}

/** Two columns and two rows at least; a side that is left open ends where the rules across it end. */
function gridOf(rules: readonly Rule[]): Grid | null {
  const [left, top, right, bottom] = around(rules);
  const across = rules.filter(isHorizontal);
  const down = rules.filter((rule) => !isHorizontal(rule));
  if (across.length < 2 || down.length === 0) return null;
  const xs = cluster([left, right, ...down.map((rule) => (rule[0] + rule[2]) / 2)]);
  const ys = cluster([top, bottom, ...across.map((rule) => (rule[1] + rule[3]) / 2)]);
  return xs.length < 3 || ys.length < 3 || xs.length * ys.length > MOST_CELLS ? null : { xs, ys, rules };
}

function cluster(values: readonly number[]): number[] {
  const found: number[] = [];
  for (const value of [...values].sort((a, b) => a - b))
    if (found.length === 0 || value - found.at(-1)! > NEAR) found.push(value);
  return found;
}

function readGrid({ xs, ys, rules }: Grid, runs: readonly Run[], page: number): PrintedRow[] | null {
  const columns = xs.length - 1;
  const height = ys.length - 1;
  const owner = Array.from({ length: columns * height }, (_, i) => i);
  const find = (i: number): number => {
    while (owner[i] !== i) i = owner[i]!;
    return i;
  };
  const join = (a: number, b: number): void => {
    const [low, high] = [find(a), find(b)].sort((p, q) => p - q) as [number, number];
    owner[high] = low;
  };
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < columns; column++) {
      const x = (xs[column]! + xs[column + 1]!) / 2;
      const y = (ys[row]! + ys[row + 1]!) / 2;
      const at = row * columns + column;
      if (column + 1 < columns && !crossed(rules, xs[column + 1]!, y, false)) join(at, at + 1);
      if (row + 1 < height && !crossed(rules, x, ys[row + 1]!, true)) join(at, at + columns);
    }
  }
  const cells = new Map<number, Run[]>();
  for (const run of runs) {
    const [x, y] = centre(run.box);
    const column = lastBelow(xs, x);
    const row = lastBelow(ys, y);
    const key = find(Math.min(row, height - 1) * columns + Math.min(column, columns - 1));
    cells.set(key, [...(cells.get(key) ?? []), run]);
  }
  if ([...cells.values()].some((own) => own.reduce((sum, run) => sum + run.text.length, 0) > LONGEST_CELL))
    return null;
  const rows: PrintedRow[] = [];
  for (let row = 0; row < height; row++) {
    const own: PrintedLine[][] = [];
    for (let column = 0; column < columns; column++) {
      const lines = toLines(cells.get(row * columns + column) ?? [], page);
      if (lines.length > 0) own.push(lines);
    }
    if (own.length > 0) rows.push({ page, cells: own, box: around(own.flat().map((line) => line.box)) });
  }
  return rows.filter((row) => row.cells.length >= 2).length >= 2 ? rows : null;
}

function crossed(rules: readonly Rule[], x: number, y: number, horizontal: boolean): boolean {
  return rules.some(
    (rule) =>
      isHorizontal(rule) === horizontal &&
      rule[0] - NEAR <= x &&
      x <= rule[2] + NEAR &&
      rule[1] - NEAR <= y &&
      y <= rule[3] + NEAR,
  );
}

function lastBelow(edges: readonly number[], value: number): number {
  let at = 0;
  while (at + 1 < edges.length && edges[at + 1]! <= value) at++;
  return at;
}

/** A row as one line, where its place on the page is all that matters. */
export function rowLine(row: PrintedRow): PrintedLine {
  return lineOf(
    row.cells.flat().flatMap((line) => line.runs),
    row.page,
  );
}
