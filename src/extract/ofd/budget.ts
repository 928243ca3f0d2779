/** What one file may make us print: a template of great length, or a drawing inside of drawings, is asked for in a few bytes. */
import { tooLarge } from '../pages/page-failure.js';
import type { PageObject } from './page-object.js';

/** Objects and letters of all pages: some fifty times those of the longest yearbook. */
const MOST = 20_000_000;
/** Bytes of path data that cost as much as a letter. */
const PATH_BYTES = 8;

export class Budget {
  private spent = 0;

  /** Throws ExtractError document-too-large. */
  spend(object: PageObject): void {
    this.spent += 1;
    if (object.kind === 'text') for (const { text } of object.codes) this.spent += text.length;
    else if (object.kind === 'path') this.spent += object.data.length / PATH_BYTES;
    if (this.spent > MOST) throw tooLarge('OFD', `图元和字符超过 ${MOST} 个`);
  }
}
