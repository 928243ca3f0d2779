/** How long answers take when several clients ask at once. */
import { percentile } from './statistics.js';

/** Milliseconds. */
export interface Latency {
  readonly clients: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Processor time a question, on average: what others on the machine do not lengthen. */
  readonly cpu: number;
}

/** `clients` askers, each of which asks its next question when its last was answered; `asks` questions in all. */
export async function measureLatency(
  clients: number,
  asks: number,
  ask: (n: number) => Promise<unknown>,
): Promise<Latency> {
  const times: number[] = [];
  let next = 0;
  const before = process.cpuUsage();
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < asks) {
        const n = next++;
        const from = performance.now();
        await ask(n);
        times.push(performance.now() - from);
      }
    }),
  );
  const { user, system } = process.cpuUsage(before);
  return {
    clients,
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    p99: percentile(times, 0.99),
    cpu: (user + system) / 1000 / asks,
  };
}
