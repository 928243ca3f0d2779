/** What a page of an OFD prints, as its file says it: lengths in millimetres, y downwards. */
import type { Matrix } from '../pages/matrix.js';

/** Letters from a starting point on, each so far from the one before. */
export interface TextCode {
  /** null: where the code before began. */
  readonly x: number | null;
  readonly y: number | null;
  /** "g 3 4.2 5" is 4.2 4.2 4.2 5. */
  readonly deltaX: string;
  readonly deltaY: string;
  readonly text: string;
}

export interface TextObject {
  readonly kind: 'text';
  readonly place: Matrix;
  readonly size: number;
  /** Width of the letters in parts of their usual width. */
  readonly stretch: number;
  readonly weight: number;
  readonly font: string;
  /** Degrees clockwise: where the next letter stands, and how each is turned. */
  readonly readDirection: number;
  readonly charDirection: number;
  readonly codes: readonly TextCode[];
}

export interface PathObject {
  readonly kind: 'path';
  readonly place: Matrix;
  readonly stroke: boolean;
  readonly fill: boolean;
  /** "M 0 0 L 10 0 C". */
  readonly data: string;
}

export interface ImageObject {
  readonly kind: 'image';
}

/** A drawing that the resources hold. */
export interface CompositeObject {
  readonly kind: 'composite';
  readonly place: Matrix;
  readonly resource: string;
}

export type PageObject = TextObject | PathObject | ImageObject | CompositeObject;
