/** What came back during a soak test, as tables and faults. */
import type { Answer } from './ask.js';
import type { Client } from './clients.js';

interface Minute {
  readonly times: number[];
  readonly memory: number[];
  refused: number;
}

export class Record {
  readonly faults = new Map<string, number>();
  readonly #started = performance.now();
  readonly #byClient = new Map<string, { times: number[]; statuses: Map<number, number> }>();
  readonly #minutes: Minute[] = [];

  fault(text: string): void {
    this.faults.set(text, (this.faults.get(text) ?? 0) + 1);
  }

  /** Times of clients that want an answer count for the minute in which it came. */
  note(client: Client, answer: Answer & { readonly undocumented?: boolean }): void {
    const { status, headers, body, ms } = answer;
    const seen = this.#byClient.get(client.name) ?? { times: [], statuses: new Map<number, number>() };
    this.#byClient.set(client.name, seen);
    seen.times.push(ms);
    seen.statuses.set(status, (seen.statuses.get(status) ?? 0) + 1);
    const minute = this.#minute();
    if (client.orderly && status !== 0) minute.times.push(ms);
    const busy = (status === 503 || status === 429) && headers['retry-after'] !== undefined;
    if (busy) minute.refused++;
    else if (status >= 500 || status === 429) this.fault(`${client.name}: ${status} ${body.slice(0, 160)}`);
    if (status === 0 && client.orderly) this.fault(`${client.name}: no answer`);
    const unexpected = status > 0 && client.expected !== undefined && !client.expected.includes(status);
    if (unexpected) this.fault(`${client.name}: unexpected ${status} ${body.slice(0, 160)}`);
    if (answer.undocumented && status > 0) this.fault(`${client.name}: ${status} is not in the document`);
  }

  memory(mib: number): void {
    this.#minute().memory.push(mib);
  }

  /** The first quarter is warm-up: caches fill, the compiler works, the model for uploads is loaded. */
  checkMemory(): void {
    const samples = this.#minutes.flatMap(({ memory }) => memory);
    const steady = samples.slice(Math.floor(samples.length / 4));
    const half = Math.floor(steady.length / 2);
    const [before, after] = [at(steady.slice(0, half), 0.5), at(steady.slice(half), 0.5)];
    if (after > before * 1.1 + 20)
      this.fault(`memory grew from ${before.toFixed(0)} to ${after.toFixed(0)} MiB`);
  }

  report(): string {
    const lines = [
      '| minute | answers | p50 ms | p95 ms | p99 ms | 429 and 503 with Retry-After | memory, MiB |',
      '| ---: | ---: | ---: | ---: | ---: | ---: | ---: |',
    ];
    this.#minutes.forEach(({ times, memory, refused }, i) => {
      const cells = [i + 1, times.length, ...percentiles(times), refused, at(memory, 0.5).toFixed(0)];
      lines.push(`| ${cells.join(' | ')} |`);
    });
    lines.push(
      '',
      '| client | requests | p50 ms | p95 ms | p99 ms | answers |',
      '| --- | ---: | ---: | ---: | ---: | --- |',
    );
    for (const [name, { times, statuses }] of this.#byClient) {
      const counts = [...statuses]
        .sort(([a], [b]) => a - b)
        .map(([status, count]) => `${status || 'closed'} × ${count}`);
      lines.push(`| ${[name, times.length, ...percentiles(times), counts.join(', ')].join(' | ')} |`);
    }
    lines.push('', this.faults.size === 0 ? 'No fault.' : 'Faults:');
    for (const [text, count] of this.faults) lines.push(`- ${count} × ${text}`);
    return lines.join('\n');
  }

  #minute(): Minute {
    const i = Math.floor((performance.now() - this.#started) / 60_000);
    while (this.#minutes.length <= i) this.#minutes.push({ times: [], memory: [], refused: 0 });
    return this.#minutes[i]!;
  }
}

function percentiles(times: readonly number[]): string[] {
  return [0.5, 0.95, 0.99].map((share) => at(times, share).toFixed(0));
}

/** 0 for no value. */
function at(values: readonly number[], share: number): number {
  return [...values].sort((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? 0;
}
