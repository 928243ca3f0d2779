/** How far an ingest is and how long it will take. */
import type { IngestProgress } from '../ingest-report.js';

/** What a text costs beyond its characters, in characters: a pass of the network over one text alone has its own price. */
const PER_TEXT = 20;

/**
 * Work is counted in characters to embed, which take nearly all the time: those that wait are known, those of files not read yet are
 * estimated from their bytes by what the files read so far gave. What is taken from the index or a journal costs nothing and is not counted.
 */
export class Pace {
  readonly #started = performance.now();
  readonly #report: (progress: IngestProgress) => void;
  readonly #filesTotal: number;
  readonly #bytesTotal: number;
  readonly #count = { filesDone: 0, clauses: 0, passagesDone: 0, passagesTotal: 0 };
  #bytesRead = 0;
  #costRead = 0;
  #costWaiting = 0;
  #costDone = 0;
  #embeddingMs = 0;
  #last: number | null = null;

  /** `bytes`: of all files that are new or changed. */
  constructor(files: number, bytes: number, report: (progress: IngestProgress) => void) {
    this.#filesTotal = files;
    this.#bytesTotal = bytes;
    this.#report = report;
  }

  get elapsedMs(): number {
    return performance.now() - this.#started;
  }

  skipped(): void {
    this.#count.filesDone++;
  }

  read(
    path: string,
    found: { readonly bytes: number; readonly clauses: number; readonly passages: number },
  ): void {
    this.#bytesRead += found.bytes;
    this.#count.clauses += found.clauses;
    this.#count.passagesTotal += found.passages;
    this.#tell('read', path);
  }

  /** These are going to be embedded; `passages` in all wait for them. */
  embedding(texts: readonly string[]): void {
    const cost = texts.reduce((sum, text) => sum + text.length + PER_TEXT, 0);
    this.#costRead += cost;
    this.#costWaiting += cost;
    this.#last = performance.now();
  }

  embedded(text: string, path: string | null, passages: number): void {
    const cost = text.length + PER_TEXT;
    const now = performance.now();
    this.#embeddingMs += now - (this.#last ?? now);
    this.#last = now;
    this.#costWaiting -= cost;
    this.#costDone += cost;
    this.#count.passagesDone += passages;
    this.#tell('embed', path);
  }

  /** Passages whose vectors were there. */
  reused(passages: number): void {
    this.#count.passagesDone += passages;
  }

  stored(path: string): void {
    this.#count.filesDone++;
    this.#tell('embed', path);
  }

  publishing(): void {
    this.#tell('publish', null);
  }

  #tell(phase: IngestProgress['phase'], file: string | null): void {
    this.#report({
      phase,
      filesTotal: this.#filesTotal,
      ...this.#count,
      elapsedMs: this.elapsedMs,
      remainingMs: this.#remainingMs(),
      file,
    });
  }

  /** Null until something was embedded. */
  #remainingMs(): number | null {
    if (this.#costDone === 0) return null;
    const unread = Math.max(0, this.#bytesTotal - this.#bytesRead);
    const perByte = this.#bytesRead === 0 ? 0 : this.#costRead / this.#bytesRead;
    return ((this.#costWaiting + unread * perByte) * this.#embeddingMs) / this.#costDone;
  }
}
