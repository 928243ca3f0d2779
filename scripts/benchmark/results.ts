/** All that one run of the benchmark measures. Times in milliseconds, sizes in bytes. */
import type { MeasuredAlternative } from './alternatives.js';
import type { SizeFigures } from './index-size.js';
import type { AnswerFigures } from './measure-answers.js';
import type { IngestFigures } from './measure-ingest.js';
import type { StageFigures } from './measure-stages.js';

export interface BenchmarkResults {
  readonly command: string;
  readonly machine: {
    readonly processor: string;
    readonly threads: number;
    /** Load averages over one minute at the beginning and at the end. */
    readonly load: readonly [number, number];
  };
  readonly corpus: {
    readonly files: number;
    readonly characters: number;
    readonly clauses: number;
    readonly passages: number;
  };
  readonly ingest: IngestFigures;
  readonly stages: StageFigures;
  readonly again: {
    readonly unchanged: number;
    readonly changed: number;
    readonly changedFiles: number;
  };
  /** What size, answers and alternatives are of. */
  readonly index: {
    readonly given: boolean;
    readonly documents: number;
    readonly clauses: number;
    readonly passages: number;
  };
  readonly size: SizeFigures;
  readonly answers: AnswerFigures;
  /** Questions of each kind and number of clients. */
  readonly asks: number;
  readonly alternatives: readonly MeasuredAlternative[];
}
