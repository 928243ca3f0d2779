/** A parsed text as an indented outline: `# heading`, `[label] text`. For tests that show the whole expected tree. */
import { parseFileSync } from '../../src/parse/parse-file.js';
import type { PolicyDocument } from '../../src/model/document.js';
import { expectSound } from './accounted.js';

export function treesOf(text: string): string[] {
  const parsed = parseFileSync(new TextEncoder().encode(text), 'a.txt');
  expectSound(parsed, text);
  return parsed.documents.map(treeOf);
}

function treeOf({ headings, clauses }: PolicyDocument): string {
  const lines = [
    ...headings.map(({ span, depth, text }) => ({ at: span.start, depth, line: `# ${text}` })),
    ...clauses.map(({ span, headingPath, label, text }) => ({
      at: span.start,
      depth: headingPath.length,
      line: `[${label}] ${text.replaceAll('\n', '⏎')}`,
    })),
  ];
  return lines
    .sort((a, b) => a.at - b.at)
    .map(({ depth, line }) => '  '.repeat(depth) + line)
    .join('\n');
}
