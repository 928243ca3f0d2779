/** What a reader or parser doubted about a file; parsers report, they do not throw. */
import type { Span } from './span.js';

/** Stable kebab-case code, the place in the decoded source file (null: the file as a whole), and a sentence in Chinese. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: 'info' | 'warning' | 'error';
  readonly message: string;
  readonly span: Span | null;
}
