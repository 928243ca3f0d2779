/** What an ingest tells while it runs, and what it found. */
import type { Diagnostic } from './model/diagnostic.js';
import type { Metadata, Noise } from './model/document.js';
import type { DocumentEntry, Store } from './store/store.js';

export interface IngestProgress {
  readonly phase: 'read' | 'embed' | 'publish';
  readonly filesDone: number;
  readonly filesTotal: number;
  readonly clauses: number;
  readonly passagesDone: number;
  /** Known so far: grows while files are read. */
  readonly passagesTotal: number;
  readonly elapsedMs: number;
  /** Estimated from the files done; null until there is something to go by. */
  readonly remainingMs: number | null;
  readonly file: string | null;
}

/** How far work on an index is that is not an ingest: another who writes, rows that are brought to this format, documents whose terms are made anew, checks, source files compared. */
export interface IndexProgress {
  readonly phase: 'wait' | 'upgrade' | 'renew' | 'verify' | 'sources';
  readonly done: number;
  readonly total: number;
}

export type Progress = IngestProgress | IndexProgress;

export interface IngestedDocument {
  readonly id: string;
  readonly title: string;
  readonly jurisdiction: string | null;
  /** Written, else published, else effective. */
  readonly date: string | null;
  readonly template: boolean;
  readonly clauses: number;
  readonly warnings: number;
}

export interface IngestedFile {
  readonly path: string;
  readonly state: 'added' | 'updated' | 'unchanged' | 'removed' | 'unreadable';
  readonly documents: readonly IngestedDocument[];
  readonly diagnostics: readonly Diagnostic[];
  /** What was left out of its documents as no policy text. */
  readonly noise: { readonly pieces: number; readonly characters: number };
}

export interface IngestReport {
  readonly files: readonly IngestedFile[];
  readonly clauses: number;
  readonly passages: number;
  readonly generation: number;
  readonly elapsedMs: number;
}

/** The report on files in these states, from what the store now holds. */
export function summarize(
  store: Store,
  states: ReadonlyMap<string, IngestedFile['state']>,
  elapsedMs: number,
): IngestReport {
  const sources = new Map(store.files().map((file) => [file.path, file]));
  const byFile = new Map<string, DocumentEntry[]>();
  for (const entry of store.documents()) byFile.set(entry.file, [...(byFile.get(entry.file) ?? []), entry]);
  const files = [...states]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, state]): IngestedFile => ({
      path,
      state,
      documents: (byFile.get(path) ?? []).map(({ id, metadata, clauses, warnings }) => ({
        id,
        title: metadata.title,
        jurisdiction: metadata.jurisdiction?.name ?? null,
        date: dateOf(metadata),
        template: metadata.template,
        clauses,
        warnings,
      })),
      diagnostics: sources.get(path)?.diagnostics ?? [],
      noise: amountOf(sources.get(path)?.noise ?? []),
    }));
  const { clauses, passages, generation } = store.status();
  return { files, clauses, passages, generation, elapsedMs };
}

/** Characters count from the first to the last of each piece. */
function amountOf(noise: readonly Noise[]): IngestedFile['noise'] {
  return {
    pieces: noise.length,
    characters: noise.reduce((sum, { span }) => sum + span.end - span.start, 0),
  };
}

function dateOf({ writtenOn, publishedOn, effectiveOn }: Metadata): string | null {
  return writtenOn ?? publishedOn ?? effectiveOn;
}
