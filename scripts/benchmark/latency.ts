/** How long answers take when several clients ask at once. */
export interface Latency {
  readonly clients: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

/** `clients` askers, each of which asks its next question when its last was answered; `asks` questions in all. Milliseconds. */
export async function measureLatency(
  clients: number,
  asks: number,
  ask: (n: number) => Promise<unknown>,
): Promise<Latency> {
  const times: number[] = [];
  let next = 0;
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
  times.sort((a, b) => a - b);
  const at = (share: number) => times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? 0;
  return { clients, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
