/** A file that cannot be read: stable code and a sentence in Chinese that says why. The README lists the codes. */

export const EXTRACT_ERROR_CODES = [
  'file-empty',
  'encoding-unknown',
  'file-not-text',
  'format-unsupported',
  'archive-broken',
  'archive-too-large',
  'file-encrypted',
  'document-broken',
  'no-text-layer',
  'text-embedded',
  'text-garbled',
  'document-too-large',
  'pdf-damaged',
] as const;

export type ExtractErrorCode = (typeof EXTRACT_ERROR_CODES)[number];

export class ExtractError extends Error {
  override readonly name = 'ExtractError';

  constructor(
    readonly code: ExtractErrorCode,
    message: string,
  ) {
    super(message);
  }
}
