/** The results of a benchmark as a page of markdown. */
import type { MeasuredAlternative } from './alternatives.js';
import { INSTALL } from './alternatives/install.js';
import type { AnswerFigures } from './measure-answers.js';
import type { IngestFigures, Spent, Turn } from './measure-ingest.js';
import type { BenchmarkResults } from './results.js';
import type { Latency } from './latency.js';
import { percentile, sum } from './statistics.js';

export const ms = (value: number): string => `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
export const mb = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
const percent = (share: number): string => `${Math.round(100 * share)} %`;
const perSecond = (count: number, took: number): string =>
  Math.round((count * 1000) / took).toLocaleString('en');

/** What an ingest or the embedder reaches of onnxruntime alone over all turns, by the clock or by processor time. */
export function shareOfRaw(
  turns: readonly Turn[],
  of: 'ingest' | 'embedder' | 'raw',
  by: keyof Spent,
): number {
  return sum(turns.map(({ raw }) => raw[by])) / sum(turns.map((turn) => turn[of][by]));
}

export function benchmarkPage(results: BenchmarkResults): string {
  const { machine, corpus, ingest, stages, again, size, answers } = results;
  const [before, after] = machine.load.map((load) => load.toFixed(1));
  return `# Benchmarks

Written by \`${results.command}\` (scripts/benchmark.ts); not edited by hand. ${machine.processor}, ${machine.threads} threads;
load average ${before} at the beginning, ${after} at the end. Above the number of threads others were at work too: ratios and processor time say more than times.

${corpus.files} files, ${corpus.characters} characters, ${corpus.clauses} clauses, ${corpus.passages} passages.

## Ingest

${shares(ingest)}

${stagesTable(results)}

| again, model loaded anew each time | took |
| --- | ---: |
| nothing changed | ${ms(again.unchanged)} |
| ${again.changedFiles} of ${corpus.files} files changed by one clause | ${ms(again.changed)} |

## Index

${results.index.given ? 'An index that was made before' : 'The index of this ingest'}: ${results.index.documents} documents, ${results.index.clauses} clauses, ${results.index.passages} passages.
${mb(size.disk)} on disk, ${(size.disk / size.vectors).toFixed(1)} × the raw vectors (${mb(size.vectors)}).

| of it | MB |
| --- | ---: |
${size.parts.map(({ holds, bytes }) => `| ${holds} | ${(bytes / 1e6).toFixed(1)} |`).join('\n')}

${coldStart(answers, size.vectors)}

## Answers

${results.asks} questions each, in one process without HTTP. A process answers one question at a time: more clients wait for each other.

| kind | clients | p50 | p95 | p99 | processor, a question |
| --- | ---: | ---: | ---: | ---: | ---: |
${[
  ...latencies('search', answers.search),
  ...latencies('compare all jurisdictions', answers.compare),
  ...latencies('compare, ten topics at once', [answers.ten]),
].join('\n')}

## The same work by other means

${alternatives(results.alternatives, results.index.passages)}
`;
  /** Files and passages in the stages, beside what the embedding takes. */
  function stagesTable({ corpus: { characters, passages } }: BenchmarkResults): string {
    const embedding = sum(ingest.turns.map(({ embedder }) => embedder.wall));
    const row = (name: string, took: number) =>
      `| ${name} | ${ms(took)} | ${perSecond(characters, took)} | ${perSecond(passages, took)} |`;
    return `| stage, each alone | took | characters a second | passages a second |
| --- | ---: | ---: | ---: |
${[
  row('parse', stages.parse),
  row('cut into passages', stages.passages),
  row('index terms', stages.terms),
  row(`embed, on ${ingest.threads} threads`, embedding),
  row('write', stages.write),
  row('publish', stages.publish),
  row('graph (forced: none is made below 4·10⁶ passages)', stages.graph),
].join('\n')}`;
  }
}

function shares({ turns, threads, load }: IngestFigures): string {
  const texts = sum(turns.map((turn) => turn.texts));
  const characters = sum(turns.map((turn) => turn.characters));
  const row = (name: string, of: 'raw' | 'embedder' | 'ingest') => {
    const [wall, cpu] = (['wall', 'cpu'] as const).map((by) => sum(turns.map((turn) => turn[of][by])));
    const single = turns.map((turn) => shareOfRaw([turn], of, 'wall'));
    const spread = `${percent(percentile(single, 0))} to ${percent(percentile(single, 1))}`;
    return `| ${[
      name,
      perSecond(texts, wall!),
      perSecond(characters, wall!),
      percent(shareOfRaw(turns, of, 'wall')) + (of === 'raw' ? '' : ` (${spread})`),
      ms(cpu! / texts),
      percent(shareOfRaw(turns, of, 'cpu')),
    ].join(' | ')} |`;
  };
  return `The same ${texts} texts (each distinct passage once), one text a pass on ${threads} threads, in ${turns.length} turns in which all three took their share one after the other.
Processor time is that of all threads: what it shares with onnxruntime is what an ingest would reach if no thread ever waited.

| same texts | passages a second | characters a second | share of onnxruntime (of a turn) | processor, a passage | share |
| --- | ---: | ---: | ---: | ---: | ---: |
${row('onnxruntime alone, tokenised before, results thrown away', 'raw')}
${row('the embedder: tokenised, pooled, rounded, sent between threads', 'embedder')}
${row('the whole ingest: parsed, embedded, journalled, terms, written, published', 'ingest')}

The model is found, verified and loaded on all threads in ${ms(load)}, which is not counted above.`;
}

function coldStart({ open, model, first, rss }: AnswerFigures, vectors: number): string {
  const added = rss.first - rss.model;
  return `| cold start | took |
| --- | ---: |
| open | ${ms(open)} |
| model loaded | ${ms(model)} |
| first question, which reads the vectors | ${ms(first)} |
| **all** | **${ms(open + model + first)}** |

| resident memory | |
| --- | ---: |
| the process with its modules | ${mb(rss.bare)} |
| added by the model and the words | ${mb(rss.model - rss.bare)} |
| added by the index and the first question | ${mb(added)} (${(added / vectors).toFixed(2)} × the raw vectors) |
| after all questions | ${mb(rss.end)} |`;
}

function latencies(kind: string, measured: readonly Latency[]): string[] {
  return measured.map(
    ({ clients, p50, p95, p99, cpu }) =>
      `| ${[kind, clients, ...[p50, p95, p99, cpu].map(ms)].join(' | ')} |`,
  );
}

function alternatives(measured: readonly MeasuredAlternative[], passages: number): string {
  const shareOf = (recall: number, byVector: boolean) =>
    byVector ? recall.toFixed(3) : `(${recall.toFixed(2)})`;
  const rows = measured.flatMap(({ name, how, figures, byVector }) => {
    if (figures === null || typeof figures === 'string') return [];
    const { build, memory, disk, p50, p95, recall, filtered } = figures;
    const district =
      filtered === null ? 'no filter | ' : `${ms(filtered.p50)} | ${shareOf(filtered.recall, byVector)}`;
    return `| ${name} | ${how} | ${(build / 1000).toFixed(1)} s | ${mb(memory)} | ${disk === null ? 'none' : mb(disk)} | ${ms(p50)} | ${ms(p95)} | ${shareOf(recall, byVector)} | ${district} |`;
  });
  const missing = measured.filter(({ figures }) => figures === null).map(({ name }) => name);
  const failed = measured.flatMap(({ name, figures }) =>
    typeof figures === 'string' ? `${name} failed: ${figures.trim().slice(0, 200)}.` : [],
  );
  const versions = [
    ...new Set(measured.flatMap(({ version, figures }) => (figures === null ? [] : (version ?? [])))),
  ];
  return `The ${passages} passages of the index above with their vectors, the same questions (their vectors computed before), each in a process of its own.
Recall@10 is against comparing all vectors as floats, by clause for our scan, by passage for the others; in brackets where words are looked for
and not vectors, so that it tells how different the two are. "District": the ten best inside one of the eight places with the most passages.
Versions: ${versions.join(', ')}. ${missing.length > 0 ? `**Not installed here: ${missing.join(', ')}** (\`${INSTALL}\`).` : ''}${failed.join(' ')}

| | used as | build | memory added | on disk | p50 | p95 | recall@10 | district, p50 | recall@10 |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
${rows.join('\n')}

None but the first has clauses, headings, citations, or can tell "held and silent" from "not held": whatever is nearest comes back, also where
a document says nothing on the topic. Beyond that they lack:

${measured.map(({ name, lacks }) => `- ${name}: ${lacks}`).join('\n')}`;
}
