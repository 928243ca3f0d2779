/** A file that cannot be read: stable code and a sentence in Chinese that says why. */

export type ExtractErrorCode =
  | 'file-empty'
  | 'encoding-unknown'
  | 'file-not-text'
  | 'format-unsupported'
  | 'pdf-damaged'
  | 'pdf-encrypted'
  | 'pdf-no-text'
  | 'pdf-garbled'
  | 'pdf-too-large';

export class ExtractError extends Error {
  override readonly name = 'ExtractError';

  constructor(
    readonly code: ExtractErrorCode,
    message: string,
  ) {
    super(message);
  }
}
