/** A whole number as an attribute states it. */

/** null for none, and for what is out of any document's range. */
export function integer(value: string | undefined): number | null {
  return value !== undefined && /^\s*-?\d{1,9}\s*$/.test(value) ? parseInt(value, 10) : null;
}
