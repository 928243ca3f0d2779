/** One file → its documents with their clause trees. Never throws: a file that cannot be read is kept as unreadable. */
import { createHash } from 'node:crypto';
import { ExtractError } from '../extract/extract-error.js';
import { extract, extractSync } from '../extract/extract.js';
import type { Extracted } from '../extract/extracted.js';
import { NO_HINTS, type Hints } from '../extract/hints.js';
import { toNoise } from '../extract/boilerplate/boilerplate.js';
import type { Noise, ParsedFile, PolicyDocument, SourceFile } from '../model/document.js';
import { parseDocument } from './document.js';
import { splitDocuments } from './documents.js';
import { joinFlatTables } from './flat-tables.js';
import { toLine } from './line.js';
import type { MetadataPart } from './metadata/read-metadata.js';
import { dropPageMarks } from './page-marks.js';
import { rejoin } from './rejoin.js';
import { openSeries } from './series.js';
import { dropTail } from './tail.js';
import { markSamples } from './samples.js';
import { readingOf } from './script.js';
import { splitLines, type Unit } from './unit.js';
import type { SourceMap } from '../model/source-map.js';

/** `path` is relative to the corpus folder, with forward slashes. */
export async function parseFile(
  bytes: Uint8Array,
  path: string,
  hints: Hints = NO_HINTS,
): Promise<ParsedFile> {
  const parsed = await parseAsIs(bytes, path, hints);
  return { ...parsed, file: { ...parsed.file, url: parsed.file.url ?? hints.url } };
}

async function parseAsIs(bytes: Uint8Array, path: string, hints: Hints): Promise<ParsedFile> {
  try {
    return parseExtracted(await extract(bytes, path, hints), bytes, path);
  } catch (error) {
    return unreadable(error, bytes, path);
  }
}

/** parseFile() for the formats that are read without waiting; any other is unreadable here. */
export function parseFileSync(bytes: Uint8Array, path: string): ParsedFile {
  try {
    return parseExtracted(extractSync(bytes, path), bytes, path);
  } catch (error) {
    return unreadable(error, bytes, path);
  }
}

function unreadable(error: unknown, bytes: Uint8Array, path: string): ParsedFile {
  const known = error instanceof ExtractError;
  const code = known ? error.code : 'parser-failed';
  const message = known
    ? error.message
    : `解析时出现内部错误：${error instanceof Error ? error.message : String(error)}`;
  return {
    file: {
      ...fileOf(bytes, path),
      mediaType: 'application/octet-stream',
      encoding: null,
      url: null,
      state: 'unreadable',
      noise: [],
      diagnostics: [{ code, severity: 'error', message, span: null }],
    },
    source: '',
    places: [],
    documents: [],
  };
}

function parseExtracted(original: Extracted, bytes: Uint8Array, path: string): ParsedFile {
  const { extracted, asPrinted } = readingOf(original);
  const noise: Noise[] = [...extracted.noise];
  const paged = dropPageMarks(joinFlatTables(extracted.blocks.map(toLine)));
  noise.push(...paged.noise);
  const series = openSeries(rejoin(paged.lines, paged.afterBreak));
  const split = splitLines(series.lines, series.opens);
  const framed = dropFrame(split, new Set([...series.captions].map((i) => series.lines[i]!.map)));
  const tailed = dropTail(framed.units, extracted.noise);
  noise.push(...framed.noise, ...tailed.noise);
  const documents: PolicyDocument[] = [];
  const taken = new Set<string>();
  let notice: readonly MetadataPart[] = [];
  for (const { start, end } of splitDocuments(tailed.units)) {
    const parsed = parseDocument({
      units: tailed.units.slice(start, end),
      file: path,
      ordinal: documents.length,
      source: extracted.source,
      // A 信息公开 table speaks of the first text below it.
      fields: documents.length === 0 ? extracted.fields : [],
      taken,
      notice,
    });
    notice = parsed.notice;
    noise.push(...parsed.noise);
    if (parsed.document.text === '') continue;
    documents.push(parsed.document);
    taken.add(parsed.document.id);
  }
  const { mediaType, encoding, url, diagnostics } = extracted;
  return {
    file: {
      ...fileOf(bytes, path),
      mediaType,
      encoding,
      url,
      state: 'read',
      noise: noise.sort((a, b) => a.span.start - b.span.start),
      diagnostics,
    },
    source: original.source,
    places: original.places ?? [],
    documents: markSamples(documents).map(asPrinted),
  };
}

/** How many lines may stand above the first text of a series. */
const LONGEST_FRAME = 12;

/** The name of a series and what a share site says above its first text are no document. */
function dropFrame(
  units: readonly Unit[],
  captions: ReadonlySet<SourceMap>,
): { units: readonly Unit[]; noise: readonly Noise[] } {
  const first = units.findIndex((unit) => unit.opensDocument);
  const above =
    first > 0 && first <= LONGEST_FRAME && units.slice(0, first).every((unit) => unit.marker === null)
      ? first
      : 0;
  const isFrame = (unit: Unit, i: number): boolean => i < above || captions.has(unit.line.map);
  return {
    units: units.filter((unit, i) => !isFrame(unit, i)),
    noise: units.filter(isFrame).flatMap((unit) => toNoise(unit.line, 'caption')),
  };
}

/** When the bytes came is known to whoever got them. */
function fileOf(
  bytes: Uint8Array,
  path: string,
): Pick<SourceFile, 'path' | 'sha256' | 'bytes' | 'retrieved'> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { path, sha256, bytes: bytes.length, retrieved: null };
}
