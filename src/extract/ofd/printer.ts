/** Objects of a page → pieces of text and ruling lines at their places. */
import { MOST_PIECES, MOST_RULES } from '../pages/limits.js';
import { apply, multiply, type Matrix } from '../pages/matrix.js';
import { tooLarge } from '../pages/page-failure.js';
import type { PrintedPage, Rule } from '../pages/printed-page.js';
import { isRule } from '../pages/rule-shape.js';
import { toPiece, uprightPage, type Piece, type Sheet } from '../pages/upright-page.js';
import type { Budget } from './budget.js';
import type { PageObject, TextObject } from './page-object.js';
import { boxesOf } from './path-boxes.js';
import type { Resources } from './resources.js';
import { stretchesOf } from './stretches.js';

/** Drawings inside of drawings. */
const DEEPEST = 8;
const BOLD = 600;
const POINTS_PER_MILLIMETRE = 72 / 25.4;
const SCALE: Matrix = [POINTS_PER_MILLIMETRE, 0, 0, POINTS_PER_MILLIMETRE, 0, 0];

export function toPoints(millimetres: number): number {
  return millimetres * POINTS_PER_MILLIMETRE;
}

/** Throws ExtractError document-too-large. */
export class Printer {
  /** Whether anything stands on the page that may show words: pictures and drawings too. */
  isBlank = true;
  private readonly pieces: Piece[] = [];
  private readonly rules: Rule[] = [];

  constructor(
    private readonly sheet: Sheet,
    private readonly resources: Resources,
    private readonly budget: Budget,
  ) {}

  print(objects: readonly PageObject[], around: Matrix = SCALE, depth = 0): void {
    for (const object of objects) {
      this.budget.spend(object);
      this.isBlank = false;
      if (object.kind === 'image') continue;
      const matrix = multiply(around, object.place);
      if (object.kind === 'text') this.text(object, matrix);
      else if (object.kind === 'composite') {
        const unit = depth < DEEPEST ? this.resources.units.get(object.resource) : undefined;
        if (unit !== undefined) this.print(unit, matrix, depth + 1);
      } else if (this.rules.length < MOST_RULES)
        for (const box of boxesOf(object)) {
          const placed = apply(matrix, box);
          if (isRule(placed)) this.rules.push(placed);
        }
    }
  }

  page(): PrintedPage {
    return uprightPage(this.sheet, this.pieces, this.rules);
  }

  private text(object: TextObject, matrix: Matrix): void {
    const { size, charDirection } = object;
    const bold = object.weight >= BOLD || this.resources.bold.has(object.font);
    const turn = (charDirection * Math.PI) / 180;
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    for (const { text, x, y, length } of stretchesOf(object)) {
      const [a, b, c, d, e, f] = multiply(matrix, [cos, sin, -sin, cos, x, y]);
      // Letters stand on their base line with y upwards, the page counts y downwards.
      const at: Matrix = [a * size, b * size, -c * size, -d * size, e, f];
      const piece = toPiece(text, at, length * Math.hypot(a, b), bold, this.sheet);
      if (piece !== null) this.pieces.push(piece);
      if (this.pieces.length > MOST_PIECES)
        throw tooLarge('OFD', `第 ${this.sheet.number} 页有超过 ${MOST_PIECES} 段文字`);
    }
  }
}
