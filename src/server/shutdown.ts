/** Stops a server without losing a request that was begun. */
import type { FastifyInstance } from 'fastify';

export interface Stopping {
  readonly app: FastifyInstance;
  /** Called once no request runs any more. */
  readonly afterwards: () => Promise<void>;
  /** Running requests get this long, then their connections are closed. Default 10 s. */
  readonly graceMs?: number;
  readonly onStopping?: (signal: string) => void;
}

/** The part of `process` that is used: tests give their own. */
export interface SignalSource {
  on(signal: 'SIGINT' | 'SIGTERM', listener: (signal: string) => void): unknown;
  off(signal: 'SIGINT' | 'SIGTERM', listener: (signal: string) => void): unknown;
  exit(code: number): void;
}

/** Resolves when the server has stopped after SIGINT or SIGTERM. A second signal exits at once. */
export function stopOnSignals(stopping: Stopping, source: SignalSource = process): Promise<void> {
  const { app, afterwards, graceMs = 10_000, onStopping } = stopping;
  return new Promise((resolve, reject) => {
    let stopped = false;
    const listener = (signal: string) => {
      if (stopped) {
        source.exit(130);
        return;
      }
      stopped = true;
      onStopping?.(signal);
      const timer = setTimeout(() => app.server.closeAllConnections(), graceMs);
      app
        .close()
        .then(afterwards)
        .then(resolve, reject)
        .finally(() => {
          clearTimeout(timer);
          source.off('SIGINT', listener);
          source.off('SIGTERM', listener);
        });
    };
    source.on('SIGINT', listener);
    source.on('SIGTERM', listener);
  });
}
