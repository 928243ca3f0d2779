/** What a writer that died between publishing and deriving may leave behind: the next one makes it again. */
export function isOfDerived(code: string): boolean {
  return /^(graph|columns|tokens)-out-of-step$/.test(code);
}
