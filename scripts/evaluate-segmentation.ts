/** Measures the segmentation of statutes against a gold standard, and checks a large corpus: `tsx scripts/evaluate-segmentation.ts [EVAL] [SCALE]`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PolicyDocument } from '../src/model/document.js';
import { toSource } from '../src/model/source-map.js';
import { parseFileSync } from '../src/parse/parse-file.js';

interface GoldArticle {
  readonly article: string;
  /** Code points of the source file. */
  readonly start: number;
  readonly end: number;
  readonly path: readonly string[];
}

const evaluation = process.argv[2] ?? '../shared/eval/regulations';
const scale = process.argv[3];

/** F1 of (article, start, end) and of (article, start, end, path), paths compared without white space. */
function evaluate(folder: string): void {
  const gold = JSON.parse(readFileSync(join(folder, 'segmentation.json'), 'utf8')) as Record<
    string,
    readonly GoldArticle[]
  >;
  const total = { gold: 0, found: 0, right: 0, rightPath: 0 };
  for (const [file, articles] of Object.entries(gold)) {
    const bytes = readFileSync(join(folder, file));
    const { documents } = parseFileSync(bytes, file);
    const codePoints = codePointOffsets(bytes.toString('utf8'));
    const found = documents.flatMap((document) => foundArticles(document, codePoints));
    const key = (one: GoldArticle): string => `${one.article} ${one.start} ${one.end}`;
    const paths = new Map(found.map((one) => [key(one), compact(one.path)]));
    const right = articles.filter((one) => paths.has(key(one)));
    const rightPath = right.filter((one) => paths.get(key(one)) === compact(one.path));
    total.gold += articles.length;
    total.found += found.length;
    total.right += right.length;
    total.rightPath += rightPath.length;
    for (const one of articles) {
      if (paths.get(key(one)) === compact(one.path)) continue;
      const near = found.find((other) => other.article === one.article);
      console.log(
        `${file} ${one.article}: 应为 ${one.start}–${one.end} ${one.path.join('/')}，得到 ${near === undefined ? '无' : `${near.start}–${near.end} ${near.path.join('/')}`}`,
      );
    }
  }
  const f1 = (right: number): string => ((2 * right) / (total.gold + total.found)).toFixed(4);
  console.log(
    `条 ${total.gold}，得到 ${total.found}；边界 F1 ${f1(total.right)}，连同章节路径 F1 ${f1(total.rightPath)}`,
  );
}

function foundArticles(document: PolicyDocument, codePoints: Int32Array): GoldArticle[] {
  return document.clauses
    .filter((clause) => clause.kind === 'article')
    .map((clause) => {
      const source = toSource(document.map, clause.span)!;
      return {
        article: clause.label,
        start: codePoints[source.start]!,
        end: codePoints[source.end]!,
        path: clause.headingPath,
      };
    });
}

/** The number of code points before each UTF-16 offset. */
function codePointOffsets(text: string): Int32Array {
  const offsets = new Int32Array(text.length + 1);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    offsets[i + 1] = offsets[i]! + (code >= 0xdc00 && code < 0xe000 ? 0 : 1);
  }
  return offsets;
}

function compact(path: readonly string[]): string {
  return path.join('/').replace(/\s/g, '');
}

/** Every file parses, loses nothing, and counts its articles 1..N or says where not. */
function checkScale(folder: string): void {
  const files = (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => name.endsWith('.txt'))
    .sort();
  const contents = files.map((name) => readFileSync(join(folder, name)));
  const begun = performance.now();
  const parsed = contents.map((bytes, i) => parseFileSync(bytes, files[i]!));
  const seconds = (performance.now() - begun) / 1000;
  const megabytes = contents.reduce((sum, bytes) => sum + bytes.length, 0) / 1e6;
  let clauses = 0;
  let lost = 0;
  let unreadable = 0;
  let silent = 0;
  let several = 0;
  parsed.forEach(({ file, documents }, i) => {
    if (file.state !== 'read') {
      unreadable++;
      console.log(`${files[i]!}: ${file.diagnostics.map((one) => one.message).join(' ')}`);
      return;
    }
    clauses += documents.reduce((sum, document) => sum + document.clauses.length, 0);
    if (documents.length > 1) several++;
    const missing = uncovered(
      contents[i]!.toString('utf8').replace(/^\ufeff/, ''),
      documents,
      file.noise.map((one) => one.span),
    );
    if (missing !== null) {
      lost++;
      console.log(`${files[i]!}: 未归类 ${missing}`);
    }
    const inOrder = documents.every(
      (document) =>
        countsThrough(document) || document.diagnostics.some((one) => one.code.startsWith('number-')),
    );
    if (!inOrder) {
      silent++;
      console.log(`${files[i]!}: 条的编号不连续而没有提示`);
    }
  });
  console.log(
    `${files.length} 个文件，${megabytes.toFixed(1)} MB，${seconds.toFixed(1)} 秒，${(megabytes / seconds).toFixed(1)} MB/秒；条款 ${clauses}；` +
      `不可读 ${unreadable}，有遗漏 ${lost}，编号不连续而无提示 ${silent}，多文件 ${several}`,
  );
}

function countsThrough(document: PolicyDocument): boolean {
  const articles = document.clauses.filter(
    (clause) => clause.kind === 'article' && !clause.id.includes('-1-'),
  );
  const numbers = articles.filter((clause) => !/之/.test(clause.label)).map((clause) => clause.number);
  return numbers.every((number, i) => number === i + 1);
}

/** The first stretch of the source that is in no clause, heading, front matter or noise, or in two of them; null when all is well. */
function uncovered(
  source: string,
  documents: readonly PolicyDocument[],
  noise: readonly { start: number; end: number }[],
): string | null {
  const times = new Uint8Array(source.length);
  for (const { start, end } of noise) for (let i = start; i < end; i++) times[i]!++;
  for (const { map, clauses, headings, frontMatter } of documents) {
    for (const { span } of [...clauses, ...headings, ...frontMatter]) {
      for (const { clean, source: from, length } of map) {
        const start = Math.max(span.start, clean);
        const end = Math.min(span.end, clean + length);
        for (let i = start; i < end; i++) times[i - clean + from]!++;
      }
    }
  }
  for (let i = 0; i < source.length; i++) {
    if (times[i] !== 1 && /\S/.test(source[i]!)) return `${times[i]} 次：${source.slice(i, i + 30)}`;
  }
  return null;
}

if (evaluation !== '-') evaluate(evaluation);
if (scale !== undefined) checkScale(scale);
