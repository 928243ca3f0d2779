/** One request and its whole answer, over HTTP or over a bare socket, to a server on this machine. */
import { request, type IncomingHttpHeaders } from 'node:http';
import { connect } from 'node:net';

export interface Answer {
  /** HTTP status; 0 when the server closed the connection without an answer, as it may to a client that breaks the protocol. */
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly ms: number;
}

export interface Ask {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

export function ask(port: number, { method = 'GET', path, headers = {}, body }: Ask): Promise<Answer> {
  const started = performance.now();
  return new Promise((resolve) => {
    const failed = () => resolve({ status: 0, headers: {}, body: '', ms: performance.now() - started });
    const sent = request({
      host: '127.0.0.1',
      port,
      method,
      path,
      headers: { ...headers, ...(body && { 'content-length': String(body.length) }) },
    });
    sent.on('error', failed).on('response', (answer) => {
      const chunks: Buffer[] = [];
      answer
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('error', failed)
        .on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            body: Buffer.concat(chunks).toString('utf8'),
            ms: performance.now() - started,
          }),
        );
    });
    sent.end(body);
  });
}

/**
 * Writes the pieces to the bare socket with a pause before each, and hangs up `lingerMs` after the last or when the server closes; the status of
 * what came back, if anything did.
 */
export function sendPieces(
  port: number,
  pieces: readonly string[],
  pauseMs: number,
  lingerMs: number,
): Promise<Answer> {
  const started = performance.now();
  return new Promise((resolve) => {
    let back = '';
    const left = [...pieces];
    const socket = connect(port, '127.0.0.1', () => write());
    const write = () => {
      if (socket.destroyed) return;
      const piece = left.shift();
      if (piece === undefined) setTimeout(() => socket.destroy(), lingerMs);
      else socket.write(piece, () => setTimeout(write, pauseMs));
    };
    socket.setEncoding('latin1').on('data', (text: string) => (back += text));
    socket
      .on('error', () => undefined)
      .on('close', () =>
        resolve({
          status: Number(/^HTTP\/1\.\d (\d{3})/.exec(back)?.[1] ?? 0),
          headers: /\r\nretry-after:/i.test(back) ? { 'retry-after': 'given' } : {},
          body: back.slice(back.indexOf('\r\n\r\n') + 4),
          ms: performance.now() - started,
        }),
      );
  });
}
