/** What was measured of growth, kept in docs/scale.json: one entry a size, so that a large run need not be repeated for a small one. */

/** Milliseconds; `cpu` of processor time on average. */
export interface Asked {
  readonly p50: number;
  readonly p95: number;
  readonly cpu: number;
}

export interface ScaleEntry {
  readonly files: number;
  readonly documents: number;
  readonly clauses: number;
  readonly passages: number;
  /** Short hash of the commit that was measured, and the day. */
  readonly commit: string;
  readonly on: string;
  /** Load average of the machine at the end. */
  readonly load: number;
  /** Milliseconds until the first question is answered. */
  readonly cold: number;
  /** Processor time of it. */
  readonly coldCpu: number;
  /** Bytes of resident memory that the index added, at the end. */
  readonly memory: number;
  /** Bytes of the vectors as they are kept in memory. */
  readonly vectors: number;
  /** Bytes on disk. */
  readonly disk: number;
  readonly search: Asked;
  readonly compare: Asked;
  /** Milliseconds of a second ingest with nothing changed; null: not measured. */
  readonly unchanged: number | null;
  /** Milliseconds of an ingest after one file of a hundred changed, and how many those were; null: not measured. */
  readonly changed: { readonly files: number; readonly took: number } | null;
}

/** Ascending by passages; what was measured anew takes the place of an older entry of the same number of files. */
export function mergeScale(kept: readonly ScaleEntry[], fresh: readonly ScaleEntry[]): ScaleEntry[] {
  const byFiles = new Map([...kept, ...fresh].map((entry) => [entry.files, entry]));
  return [...byFiles.values()].sort((a, b) => a.passages - b.passages);
}

/** Puts `block` between the marks `<!-- name -->` and `<!-- /name -->` of a page. Throws when they are not there, in this order. */
export function replaceBlock(page: string, name: string, block: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [page.indexOf(open), page.indexOf(close)];
  if (from < 0 || to < from) throw new Error(`the page has no ${open} … ${close}`);
  return `${page.slice(0, from + open.length)}\n\n${block}\n\n${page.slice(to)}`;
}
