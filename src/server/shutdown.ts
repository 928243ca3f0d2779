/** Stops a server without losing a request that was begun. */
import type { FastifyInstance } from 'fastify';

/** Once stopping, each answer closes its connection: an idle one that is kept alive would hold the server up. */
export function closeConnectionsWhenStopping(app: FastifyInstance): void {
  let stopping = false;
  app.addHook('preClose', async () => {
    stopping = true;
  });
  app.addHook('onSend', async (_request, reply) => {
    if (stopping) reply.header('connection', 'close');
  });
}

export interface StopOptions {
  /** Running requests get this long, then their connections are closed. Default 10 s. */
  readonly graceMs?: number;
  readonly onStopping?: () => void;
}

/** The part of `process` that is used: tests give their own. */
export interface SignalSource {
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): SignalSource;
  off(signal: 'SIGINT' | 'SIGTERM', listener: () => void): SignalSource;
  exit(code: number): void;
}

/**
 * Ctrl-C under `npm start` arrives twice, from the terminal and from npm, which hands it on: a repeat within this time is the same
 * wish, not a second one.
 */
export const SAME_SIGNAL_MS = 500;

/** Resolves when the server has stopped after SIGINT or SIGTERM. A second signal exits at once. */
export function stopOnSignals(
  app: FastifyInstance,
  { graceMs = 10_000, onStopping }: StopOptions = {},
  source: SignalSource = process,
): Promise<void> {
  return new Promise((resolve, reject) => {
    let stopping: number | null = null;
    const listener = () => {
      if (stopping !== null) {
        if (performance.now() - stopping > SAME_SIGNAL_MS) source.exit(130);
        return;
      }
      stopping = performance.now();
      onStopping?.();
      const timer = setTimeout(() => app.server.closeAllConnections(), graceMs);
      app
        .close()
        .then(resolve, reject)
        .finally(() => {
          clearTimeout(timer);
          source.off('SIGINT', listener).off('SIGTERM', listener);
        });
    };
    source.on('SIGINT', listener).on('SIGTERM', listener);
  });
}
