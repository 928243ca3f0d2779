/** Places of an outline under construction. */
import type { ClauseKind } from '../model/clause.js';
import type { Form, Marker } from './marker.js';
import type { Unit } from './unit.js';

/** A place in the outline under construction. Offsets are in the document's clean text. */
export interface Node {
  readonly kind: ClauseKind;
  readonly form: Form | null;
  readonly key: string;
  readonly rank: number;
  readonly number: number | null;
  readonly suffix: number | null;
  readonly marker: Marker | null;
  /** `heading`: its line is a heading; `text`: its line is text, perhaps with a run-in heading; `plain`: no marker. */
  readonly style: 'heading' | 'text' | 'plain';
  readonly start: number;
  /** End of its own first line, and of all its own lines. */
  readonly lineEnd: number;
  end: number;
  readonly children: Node[];
  /** The last number of each key among its children. */
  readonly lastNumber: Map<string, number>;
  /** Numbered 1 again without a heading in between: the heading above it was lost. */
  orphan: boolean;
  /** Own lines after the first. */
  readonly more: { start: number; end: number }[];
}

/** A unit with its place in the clean text. */
export interface Placed {
  readonly unit: Unit;
  readonly start: number;
  readonly end: number;
  /** What stands before it is no body: a title, a notice, a signature. The outline starts again. */
  readonly restart: boolean;
}

export function node(
  kind: ClauseKind,
  marker: Marker | null,
  key: string,
  rank: number,
  number: number | null,
  style: Node['style'],
  start: number,
  end: number,
): Node {
  return {
    kind,
    form: marker?.form ?? null,
    key,
    rank,
    number,
    suffix: marker?.suffix ?? null,
    marker,
    style,
    start,
    lineEnd: end,
    end,
    children: [],
    lastNumber: new Map(),
    orphan: false,
    more: [],
  };
}
