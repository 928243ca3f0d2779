/** The figures of an evaluation, as shared/eval/README.md defines them. */
import { mulberry32 } from '../mulberry32.js';

/** One (topic, document) cell. */
export interface CellResult {
  readonly topic: string;
  readonly query: string;
  readonly style: string;
  readonly file: string;
  /** Highest grade of the gold: 2, 1, or 0 for an empty list. */
  readonly grade: 0 | 1 | 2;
  /** Whether the best clause of the document is graded. */
  readonly right: boolean;
  readonly foundByUs: boolean;
  /** The score behind the decision: higher means found. */
  readonly score: number;
}

export interface TopicResult {
  readonly topic: string;
  readonly style: string;
  /** Null when nothing in the suite is graded for it. */
  readonly ndcg: number | null;
}

export interface Figures {
  readonly topics: number;
  /** Cells with a grade-2 place. */
  readonly cells: number;
  readonly hitAt1: number;
  readonly ndcgAt10: number;
  /** Of the outcome no-provision, over cells with grade 2 and empty cells; like f1 and auc NaN without empty cells. */
  readonly balancedAccuracy: number;
  readonly f1: number;
  readonly auc: number;
  readonly emptyCells: number;
}

export function figures(cells: readonly CellResult[], topics: readonly TopicResult[]): Figures {
  const provided = cells.filter(({ grade }) => grade === 2);
  const empty = cells.filter(({ grade }) => grade === 0);
  const judged = topics.flatMap(({ ndcg }) => ndcg ?? []);
  const truePositive = empty.filter(({ foundByUs }) => !foundByUs).length;
  const falsePositive = provided.filter(({ foundByUs }) => !foundByUs).length;
  const sensitivity = truePositive / empty.length;
  const specificity = 1 - falsePositive / provided.length;
  return {
    topics: topics.length,
    cells: provided.length,
    hitAt1: mean(provided.map(({ right }) => (right ? 1 : 0))),
    ndcgAt10: mean(judged),
    balancedAccuracy: (sensitivity + specificity) / 2,
    f1:
      empty.length === 0
        ? NaN
        : (2 * truePositive) / (2 * truePositive + falsePositive + (empty.length - truePositive)),
    auc: auc(
      provided.map(({ score }) => score),
      empty.map(({ score }) => score),
    ),
    emptyCells: empty.length,
  };
}

/** Gain 2^grade − 1, discount log2(rank + 1), cut at 10. `ideal` lists all grades there are. */
export function ndcgAt10(ranked: readonly number[], ideal: readonly number[]): number | null {
  const best = dcg([...ideal].sort((a, b) => b - a));
  return best === 0 ? null : dcg(ranked) / best;
}

function dcg(grades: readonly number[]): number {
  return grades.slice(0, 10).reduce((sum, grade, i) => sum + (2 ** grade - 1) / Math.log2(i + 2), 0);
}

/** Chance that a positive scores above a negative; ties count half. NaN without either. */
function auc(positives: readonly number[], negatives: readonly number[]): number {
  let wins = 0;
  for (const p of positives) for (const n of negatives) wins += p > n ? 1 : p === n ? 0.5 : 0;
  return wins / (positives.length * negatives.length);
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * 95 % interval of a figure, by resampling topics (2,000 times, with a fixed seed): cells of one topic stand or fall together, so
 * they are no independent draws. NaN where the figure is NaN.
 */
export function intervalOf(
  cells: readonly CellResult[],
  topics: readonly TopicResult[],
  figure: (f: Figures) => number,
): readonly [number, number] {
  const byTopic = topics.map((topic) => ({
    topic,
    cells: cells.filter((cell) => cell.topic === topic.topic),
  }));
  const random = mulberry32(1);
  const values: number[] = [];
  for (let i = 0; i < 2000; i++) {
    const drawn = byTopic.map(() => byTopic[Math.floor(random() * byTopic.length)]!);
    const value = figure(
      figures(
        drawn.flatMap((one) => one.cells),
        drawn.map((one) => one.topic),
      ),
    );
    if (!Number.isNaN(value)) values.push(value);
  }
  values.sort((a, b) => a - b);
  const at = (share: number): number => values[Math.floor(values.length * share)] ?? NaN;
  return [at(0.025), at(0.975)];
}
