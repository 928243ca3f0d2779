/** Which cells a change of the ranking or the judgement moved: the figures alone hide what was lost for what was won. */
import type { CellResult } from './metrics.js';

/** The cells of one run, by suite, as `npm run eval -- --save FILE` writes them. */
export type SavedCells = Readonly<Record<string, readonly CellResult[]>>;

/** One line of markdown per cell whose first clause or outcome is right in one run only; cells of one run only are left out. */
export function changedCells(before: readonly CellResult[], after: readonly CellResult[]): string[] {
  const known = new Map(before.map((cell) => [keyOf(cell), cell]));
  return after.flatMap((now) => {
    const then = known.get(keyOf(now));
    if (then === undefined) return [];
    const changes = [
      ...(now.grade === 2 && then.right !== now.right
        ? [now.right ? 'first clause now right' : 'first clause now wrong']
        : []),
      ...(now.grade !== 1 && then.foundByUs !== now.foundByUs
        ? [
            `now ${now.foundByUs ? 'found' : 'no provision'}, ${(now.grade === 2) === now.foundByUs ? 'rightly' : 'wrongly'} (${then.score.toFixed(2)} → ${now.score.toFixed(2)})`,
          ]
        : []),
    ];
    return changes.length === 0
      ? []
      : [`| ${now.style} | ${now.query} | ${now.file} | ${changes.join('; ')} |`];
  });
}

function keyOf({ topic, file }: CellResult): string {
  return `${topic}\n${file}`;
}
