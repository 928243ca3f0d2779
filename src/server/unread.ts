/** An answer that is made before the body of its request arrived still reaches a client that sends first and listens then, as browsers do. */
import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

/**
 * To close a connection on which bytes are left unread resets it, and a reset takes away the answer that was sent. So what a client
 * still sends after its answer is read and dropped, up to `maxBytes`; who sends more is cut off. Where the connection ends with the answer,
 * the answer waits for that. Call it after the hooks that may close a connection.
 */
export function readToTheEnd(app: FastifyInstance, { maxBytes }: { readonly maxBytes: number }): void {
  app.addHook('onSend', async ({ raw }, reply) => {
    if (!hasBody(raw) || raw.complete || raw.readableEnded || raw.destroyed) return;
    const read = drop(raw, maxBytes);
    if (!reply.raw.shouldKeepAlive || reply.getHeader('connection') === 'close') {
      await read;
      return;
    }
    // On its way already.
    void read.then((whole) => {
      if (!whole) raw.destroy();
    });
  });
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/** Whether that was all: false after more than `maxBytes`, or when the client left. */
function drop(raw: IncomingMessage, maxBytes: number): Promise<boolean> {
  return new Promise((resolve) => {
    let left = maxBytes;
    raw.unpipe();
    raw
      .on('data', (chunk: Buffer) => {
        left -= chunk.length;
        if (left < 0) resolve(false);
      })
      .on('end', () => resolve(true))
      .on('close', () => resolve(false))
      .on('error', () => resolve(false))
      .resume();
  });
}
