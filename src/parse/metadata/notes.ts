/** Collects what was doubted while metadata are read. */
import type { Diagnostic } from '../../model/diagnostic.js';
import type { Span } from '../../model/span.js';

export class Notes {
  readonly all: Diagnostic[] = [];

  add(code: string, severity: Diagnostic['severity'], message: string, span: Span | null): void {
    const known = this.all.some(
      (note) => note.code === code && note.span?.start === span?.start && note.span?.end === span?.end,
    );
    if (!known) this.all.push({ code, severity, message, span });
  }
}
