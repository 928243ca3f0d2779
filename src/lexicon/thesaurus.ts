/** The thesaurus: everyday words, abbreviations and old names → the words that documents use (lexicon/thesaurus.tsv). */
import { readFileSync } from 'node:fs';
import { normalize } from '../analysis/normalize.js';
import { wordStarts } from '../analysis/analyze.js';

/** A term that stands in a query, and what documents call it, the nearest first. */
export interface Synonym {
  readonly term: string;
  readonly official: readonly string[];
}

export interface Rewriting {
  /** The query, normalised, with each term replaced by its nearest official term. */
  readonly text: string;
  readonly used: readonly Synonym[];
}

export interface Thesaurus {
  /** Null when no term of the thesaurus stands in the text. The cost grows with the text, not with the thesaurus. */
  rewrite(text: string): Rewriting | null;
}

/** Reads the file; null when there is none: it can be deleted or renamed to switch it off. Lines that begin with # are off. */
export function readThesaurus(path: string): Thesaurus | null {
  let lines: string[];
  try {
    lines = readFileSync(path, 'utf8').split(/\r?\n/).slice(1);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  const rows = lines.filter((line) => line !== '' && !line.startsWith('#')).map((line) => line.split('\t'));
  return createThesaurus(
    rows.flatMap(([term, official]) => (term && official ? [{ term, official: official.split('；') }] : [])),
  );
}

export function createThesaurus(synonyms: readonly Synonym[]): Thesaurus {
  const byTerm = new Map(synonyms.map((synonym) => [normalize(synonym.term), synonym]));
  const longest = Math.max(0, ...[...byTerm.keys()].map((term) => term.length));
  return { rewrite: (text) => rewrite(normalize(text), byTerm, longest) };
}

/** Longest term first, and only where words begin and end: 职教 does not stand in 任职教师. */
function rewrite(text: string, byTerm: ReadonlyMap<string, Synonym>, longest: number): Rewriting | null {
  const edges = wordStarts(text);
  const used: Synonym[] = [];
  let rewritten = '';
  let at = 0;
  while (at < text.length) {
    const found = edges.has(at) ? longestAt(text, at, byTerm, longest, edges) : null;
    if (found === null) {
      rewritten += text[at];
      at++;
      continue;
    }
    used.push(found.synonym);
    rewritten += found.synonym.official[0];
    at = found.end;
  }
  return used.length === 0 ? null : { text: rewritten, used };
}

function longestAt(
  text: string,
  start: number,
  byTerm: ReadonlyMap<string, Synonym>,
  longest: number,
  edges: ReadonlySet<number>,
): { synonym: Synonym; end: number } | null {
  for (let end = Math.min(text.length, start + longest); end > start; end--) {
    const synonym = edges.has(end) ? byTerm.get(text.slice(start, end)) : undefined;
    if (synonym) return { synonym, end };
  }
  return null;
}
