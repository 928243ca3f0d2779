/** The form in which texts are compared: never what is shown or quoted. */
import { toSimplified } from './simplify.js';

/** NFKC (full width → half width, ① → 1), lower case, simplified characters. Offsets do not survive: use it for terms only. */
export function normalize(text: string): string {
  return toSimplified(text.normalize('NFKC').toLowerCase());
}
