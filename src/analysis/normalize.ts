/** The form in which texts are compared: never what is shown or quoted. */

/** NFKC (full width → half width, ① → 1), lower case. Offsets do not survive: use it for terms only. */
export function normalize(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
