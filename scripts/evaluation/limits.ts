/** The paths that a large index takes, and what is found on them against the full one. */
import { LATE_LIMITS, type LateLimits } from '../../src/search/candidates.js';
import { changedCells } from './changed-cells.js';
import { figures, type CellResult, type TopicResult } from './metrics.js';

export interface Path {
  readonly name: string;
  /** Whether the vectors are compared as int8, as above 20,000 passages. */
  readonly rounded: boolean;
  /** How much late interaction reads in an index of so many documents. */
  late(documents: number): LateLimits;
}

export interface PathResult {
  readonly path: Path;
  readonly cells: CellResult[];
  readonly topics: TopicResult[];
}

/** All clauses of all documents. */
export const WHOLE: LateLimits = {
  mostPerDocument: Infinity,
  leastPerDocument: 2,
  budget: Infinity,
  mostDocuments: Infinity,
};

/** What is read of an index of `documents` as if it were one of `of`, above a thousand: the same share of all documents, some clauses of each. */
function asOf(of: number, clauses: number): (documents: number) => LateLimits {
  return (documents) => ({
    mostPerDocument: clauses,
    leastPerDocument: clauses,
    budget: 0,
    mostDocuments: Math.max(1, Math.ceil((documents * LATE_LIMITS.mostDocuments) / of)),
  });
}

/** Five clauses of a document are what is read; others are what could be. */
const limited = (of: number, clauses: number): Path => ({
  name: `late interaction as among ${of.toLocaleString('en')} documents, ${clauses} clauses of each`,
  rounded: false,
  late: asOf(of, clauses),
});

export const PATHS: readonly Path[] = [
  { name: 'full: floats, every clause by late interaction', rounded: false, late: () => WHOLE },
  { name: 'int8 vectors', rounded: true, late: () => WHOLE },
  ...[2, 5, 16].flatMap((clauses) => [limited(1_025, clauses), limited(3_400, clauses)]),
];

/** Lines of markdown. The first result is the one that the others are set against. */
export function limitsPage(suite: string, documents: number, results: readonly PathResult[]): string[] {
  const [full] = results.map(({ cells, topics }) => figures(cells, topics));
  const rows = results.map(({ path, cells, topics }, i) => {
    const own = figures(cells, topics);
    const cell = (value: number, before: number) =>
      points(value) + (i === 0 ? '' : ` (${signed(value - before)})`);
    return `| ${[
      path.name,
      cell(own.hitAt1, full!.hitAt1),
      cell(own.ndcgAt10, full!.ndcgAt10),
      cell(own.balancedAccuracy, full!.balancedAccuracy),
      cell(own.auc, full!.auc),
      i === 0 ? '' : changedCells(results[0]!.cells, cells).length,
    ].join(' | ')} |`;
  });
  const { topics, cells, emptyCells } = full!;
  return [
    `## ${suite}`,
    '',
    `${topics} topics, ${cells} cells with a provision, ${emptyCells} empty cells; ${documents} documents in the index. One cell is ${points(1 / cells)} points of hit@1.`,
    '',
    '| path | hit@1 | nDCG@10 | bal. acc. | AUC | cells changed |',
    '| --- | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
    '',
  ];
}

const points = (value: number): string => (100 * value).toFixed(1);
/** "+0.0" never comes as "-0.0". */
const signed = (value: number): string => {
  const rounded = Math.round(value * 1000) / 10 || 0;
  return `${rounded < 0 ? '−' : '+'}${Math.abs(rounded).toFixed(1)}`;
};
