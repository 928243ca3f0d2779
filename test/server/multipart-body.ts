/** The body of a multipart request, byte for byte as a browser writes it. */

export interface Part {
  readonly name: string;
  /** Absent: a plain field. */
  readonly filename?: string;
  readonly content: string | Uint8Array;
}

const BOUNDARY = '----tiaowenBoundary7MA4YWxk';

export function multipartBody(parts: readonly Part[]): {
  payload: Buffer;
  headers: { 'content-type': string };
} {
  const pieces = parts.flatMap(({ name, filename, content }) => [
    `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"` +
      (filename === undefined ? '' : `; filename="${filename}"\r\nContent-Type: application/octet-stream`) +
      '\r\n\r\n',
    content,
    '\r\n',
  ]);
  return {
    payload: Buffer.concat([...pieces, `--${BOUNDARY}--\r\n`].map((piece) => Buffer.from(piece))),
    headers: { 'content-type': `multipart/form-data; boundary=${BOUNDARY}` },
  };
}
