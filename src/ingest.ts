/** Files → parse → terms, passages and vectors → store, with progress and a report. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { clauseTerms } from './analysis/clause-terms.js';
import { listSources } from './corpus-folder.js';
import type { Embedder, Encoding } from './embed/embedder.js';
import type { ParsedFile, PolicyDocument, SourceFile } from './model/document.js';
import type { Passage } from './model/passage.js';
import { summarize, type IngestedFile, type IngestProgress, type IngestReport } from './ingest-report.js';
import { parseFile } from './parse/parse-file.js';
import { passagesOf } from './parse/passages.js';
import type { IndexedDocument, Store } from './store/store.js';

export interface IngestOptions {
  readonly corpus: string;
  readonly store: Store;
  readonly embedder: Embedder;
  readonly onProgress?: (progress: IngestProgress) => void;
  readonly signal?: AbortSignal;
}

/** About so many passages, of one or several files, are embedded and put at a time: their vectors wait in memory. */
const PASSAGES_PER_ROUND = 2048;

/** A file that was read, with the passages of each of its documents. */
interface Pending {
  readonly parsed: ParsedFile;
  readonly passages: readonly (readonly Passage[])[];
}

/**
 * Brings the store in step with the corpus folder: new and changed files are read (by SHA-256), files that are gone leave the
 * index. A file that cannot be read is kept in the list as unreadable; the others go on. Aborting throws the signal's reason
 * and leaves the index as it was: nothing is seen before it is published.
 */
export async function ingest(options: IngestOptions): Promise<IngestReport> {
  const { corpus, store, embedder, signal } = options;
  const started = performance.now();
  const paths = await listSources(corpus);
  const known = new Map(store.files().map((file) => [file.path, file]));
  const states = new Map<string, IngestedFile['state']>();
  const owners = new Map(store.documents().map((entry) => [entry.id, entry.file]));

  const wanted = new Set(paths);
  for (const path of known.keys()) {
    if (wanted.has(path)) continue;
    store.removeFile(path);
    states.set(path, 'removed');
  }
  for (const [id, file] of owners) if (!wanted.has(file)) owners.delete(id);

  const count = { files: 0, clauses: 0, passagesDone: 0, passagesTotal: 0 };
  /** Files of the round that is being embedded, as far as they are done: a fraction. */
  let underWay = 0;
  const report = (phase: IngestProgress['phase'], file: string | null) => {
    const elapsedMs = performance.now() - started;
    const { files, ...others } = count;
    const progress = files + underWay;
    const remainingMs = progress > 0 ? (elapsedMs / progress) * (paths.length - progress) : null;
    options.onProgress?.({
      phase,
      filesDone: files,
      filesTotal: paths.length,
      ...others,
      elapsedMs,
      remainingMs,
      file,
    });
  };

  let round: Pending[] = [];
  const flush = async () => {
    const texts = round.flatMap(({ passages }) => passages.flat().map((passage) => passage.text));
    const before = count.passagesDone;
    const encodings = await embedder.embedPassages(texts, {
      onProgress: (done) => {
        count.passagesDone = before + done;
        underWay = (round.length * done) / texts.length;
        report('embed', round.at(-1)?.parsed.file.path ?? null);
      },
      ...(signal ? { signal } : {}),
    });
    underWay = 0;
    let next = 0;
    for (const { parsed, passages } of round) {
      const documents = parsed.documents.map((document, i): IndexedDocument => {
        const own = passages[i]!;
        const indexed = {
          document,
          terms: clauseTerms(document),
          passages: own,
          encodings: own.map((passage, k) => kept(passage, encodings[next + k]!)),
        };
        next += own.length;
        return indexed;
      });
      store.putFile(parsed.file, documents, embedder.identity);
      count.files++;
      report('embed', parsed.file.path);
    }
    round = [];
  };

  let waiting = 0;
  for (const path of paths) {
    signal?.throwIfAborted();
    const bytes = await readFile(join(corpus, path)).catch(
      (error: unknown) => error as NodeJS.ErrnoException,
    );
    const old = known.get(path);
    if (Buffer.isBuffer(bytes) && old?.sha256 === sha256(bytes)) {
      states.set(path, old.state === 'unreadable' ? 'unreadable' : 'unchanged');
      count.files++;
      continue;
    }
    const parsed = Buffer.isBuffer(bytes)
      ? withUniqueIds(await parseFile(bytes, path), owners)
      : inaccessible(path, bytes);
    states.set(path, parsed.file.state === 'unreadable' ? 'unreadable' : old ? 'updated' : 'added');
    const passages = parsed.documents.map((document) => passagesThatFit(document, embedder));
    round.push({ parsed, passages });
    waiting += passages.flat().length;
    count.passagesTotal += passages.flat().length;
    count.clauses += parsed.documents.reduce((sum, document) => sum + document.clauses.length, 0);
    report('read', path);
    if (waiting >= PASSAGES_PER_ROUND) {
      await flush();
      waiting = 0;
    }
  }
  if (round.length > 0) await flush();
  report('publish', null);
  await store.publish();
  return summarize(store, states, performance.now() - started);
}

/**
 * Token vectors are kept for sentences only: what late interaction needs of a window is the better of its two sentences, token by
 * token, which measured the same (docs/evaluation.md) and takes a third of the space.
 */
function kept(passage: Passage, encoding: Encoding): Encoding {
  return passage.kind === 'sentence' ? encoding : { sentence: encoding.sentence, tokens: null };
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A file that the system would not let us read. Its hash is empty, so that the next ingest tries it again. */
function inaccessible(path: string, error: NodeJS.ErrnoException): ParsedFile {
  const message = `无法读取文件（${error.code ?? error.message}）。请检查它是否存在以及读取权限。`;
  const file: SourceFile = {
    path,
    sha256: '',
    bytes: 0,
    mediaType: 'application/octet-stream',
    encoding: null,
    url: null,
    state: 'unreadable',
    noise: [],
    diagnostics: [{ code: 'file-inaccessible', severity: 'error', message, span: null }],
  };
  return { file, documents: [] };
}

/**
 * Passages that the model takes whole. A character is at most one token for nearly every text, so a limit in characters is tried
 * first; a clause where that fails (decomposed letters can give more tokens) is split finer until it fits.
 */
function passagesThatFit(document: PolicyDocument, embedder: Embedder): Passage[] {
  const room = embedder.maxTokens - 2;
  return document.clauses.flatMap((clause) => {
    for (let limit = room; limit > 8; limit >>= 1) {
      const passages = passagesOf(clause, limit);
      if (
        passages.every(
          ({ text }) => text.length * 4 < room || embedder.countTokens(text) <= embedder.maxTokens,
        )
      )
        return passages;
    }
    return passagesOf(clause, 8);
  });
}

/**
 * Document ids are unique in an index. Two files that hold the same document (a page saved twice) would share one: the later
 * gets the start of its file's hash behind its id, which does not depend on what else is there.
 */
function withUniqueIds(parsed: ParsedFile, owners: Map<string, string>): ParsedFile {
  const { path, sha256: hash } = parsed.file;
  const documents = parsed.documents.map((document) => {
    const owner = owners.get(document.id);
    const taken = owner !== undefined && owner !== path;
    const named = taken ? renamed(document, `${document.id}~${hash.slice(0, 8)}`) : document;
    owners.set(named.id, path);
    return named;
  });
  return { file: parsed.file, documents };
}

function renamed(document: PolicyDocument, id: string): PolicyDocument {
  const swap = (old: string) => id + old.slice(document.id.length);
  return {
    ...document,
    id,
    headings: document.headings.map((heading) => ({
      ...heading,
      id: swap(heading.id),
      parentId: heading.parentId === null ? null : swap(heading.parentId),
    })),
    clauses: document.clauses.map((clause) => ({
      ...clause,
      id: swap(clause.id),
      documentId: id,
      headingIds: clause.headingIds.map(swap),
    })),
  };
}
