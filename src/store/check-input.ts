/** Refuses what would make an index that contradicts itself: our bugs, so RangeError, before anything is changed. */
import type { ModelIdentity } from '../embed/embedder.js';
import type { PolicyDocument } from '../model/document.js';
import { contains } from '../model/span.js';
import type { ClauseTerms, IndexedDocument, KeptFile, TermsOf } from './store.js';

/** Throws RangeError unless what is kept agrees with the file, the documents are of it, their parallel arrays match and their ids are unique. */
export function checkInput(
  kept: KeptFile,
  documents: readonly IndexedDocument[],
  model: ModelIdentity,
): void {
  checkKept(kept);
  const { file } = kept;
  const documentIds = new Set<string>();
  const clauseIds = new Set<string>();
  for (const indexed of documents) {
    const { document } = indexed;
    if (document.file !== file.path) fail(`document ${document.id} is of ${document.file}, not ${file.path}`);
    addUnique(documentIds, document.id);
    for (const clause of document.clauses) {
      if (clause.documentId !== document.id) fail(`clause ${clause.id} is not of document ${document.id}`);
      addUnique(clauseIds, clause.id);
    }
    checkLengths(indexed);
    checkPassages(indexed, model);
  }
}

function checkKept({ file, original, source, places }: KeptFile): void {
  if (original !== null && original.length !== file.bytes) {
    fail(`${file.path}: original of ${original.length} bytes, file of ${file.bytes}`);
  }
  let before = { start: -1, end: 0 };
  for (const place of places) {
    const { start, end } = place;
    const inOrder = start > before.start && start >= before.end && end >= start && end <= source.length;
    if (!inOrder) fail(`${file.path}: place ${start}–${end} is out of order or of the source`);
    before = place;
  }
}

function checkLengths({ document, terms, passages, encodings }: IndexedDocument): void {
  if (terms.length !== document.clauses.length) {
    fail(`${document.id}: ${terms.length} term lists for ${document.clauses.length} clauses`);
  }
  if (encodings.length !== passages.length) {
    fail(`${document.id}: ${encodings.length} encodings for ${passages.length} passages`);
  }
}

function checkPassages({ document, passages, encodings }: IndexedDocument, model: ModelIdentity): void {
  const spans = new Map(document.clauses.map((clause) => [clause.id, clause.span]));
  const order = new Map(document.clauses.map((clause, i) => [clause.id, i]));
  let last = 0;
  passages.forEach((passage, i) => {
    const outer = spans.get(passage.clauseId);
    if (outer === undefined) fail(`${document.id}: passage ${i} is of an unknown clause ${passage.clauseId}`);
    else if (!contains(outer, passage.span)) fail(`${passage.clauseId}: passage ${i} leaves its clause`);
    const place = order.get(passage.clauseId) ?? last;
    if (place < last) fail(`${passage.clauseId}: passage ${i} stands out of the order of clauses`);
    last = place;
    checkEncoding(
      `${passage.clauseId}: passage ${i}`,
      encodings[i]!.sentence.length,
      encodings[i]!.tokens,
      model,
    );
  });
}

function checkEncoding(name: string, length: number, tokens: Int8Array | null, model: ModelIdentity): void {
  if (length !== model.dimension) fail(`${name}: vector of ${length}, model of ${model.dimension}`);
  if (tokens === null) return;
  if (model.tokenDimension === null || tokens.length % model.tokenDimension !== 0) {
    fail(`${name}: ${tokens.length} token numbers, model of ${model.tokenDimension ?? 'none'} per token`);
  }
}

function addUnique(seen: Set<string>, id: string): void {
  if (seen.has(id)) fail(`id given twice: ${id}`);
  seen.add(id);
}

function fail(message: string): never {
  throw new RangeError(message);
}

/** Throws RangeError when there is not one entry per clause. */
export function termsFor(document: PolicyDocument, termsOf: TermsOf): readonly ClauseTerms[] {
  const terms = termsOf(document);
  if (terms.length !== document.clauses.length)
    throw new RangeError(`${document.id}: ${terms.length} terms for ${document.clauses.length} clauses`);
  return terms;
}
