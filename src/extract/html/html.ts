/** A saved web page → blocks of its text. What the page prints around it is kept as noise. */
import { dropBoilerplate, toNoise } from '../boilerplate/boilerplate.js';
import { findFields } from '../boilerplate/fields.js';
import type { Extracted } from '../extracted.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import type { Noise } from '../../model/document.js';
import { findContent } from './content.js';
import { readFlow, type Piece } from './flow.js';
import { dropLinkLists } from './link-lists.js';
import { fillGaps } from './markup.js';
import { readPageFields } from './page-fields.js';
import { findSignature } from './signature.js';
import { statedInLines } from './stated-line.js';
import { findTitle } from './title.js';
import { attribute, readTree, type ElementNode } from './tree.js';

export type ExtractedPage = Pick<Extracted, 'url' | 'blocks' | 'fields' | 'noise' | 'diagnostics'>;

export function readHtml(source: string): ExtractedPage {
  const tree = readTree(source);
  const page = readPageFields(tree, source);
  const flow = readFlow(tree.root, source);
  const content = findContent(tree.root, flow.pieces);
  const text: Piece[] = [];
  const around: Piece[] = [];
  for (const piece of flow.pieces) (content.holds(piece) ? text : around).push(piece);
  const links = dropLinkLists(text);
  const title = findTitle(around, links.text, page.titles);
  const signature = findSignature(around, links.text);
  const taken = new Set([...title, ...signature]);
  // A 信息公开 table stands above the text, in a part of its own more often than not.
  const first = links.text[0]?.map[0]?.source ?? 0;
  const above = around.filter((piece) => !title.has(piece) && piece.map[0]!.source < first).slice(-60);
  const table = findFields(above);
  const stated = new Set([...table.taken].map((i) => above[i]!));
  const cleaned = dropBoilerplate([...title, ...links.text, ...signature]);
  const noise: Noise[] = [
    ...flow.dropped,
    ...around
      .filter((piece) => !taken.has(piece))
      .flatMap((piece) => toNoise(piece, stated.has(piece) ? 'metadata' : 'navigation')),
    ...links.dropped.flatMap((piece) => toNoise(piece, 'related')),
    ...cleaned.noise,
  ];
  return {
    url: page.url,
    blocks: cleaned.blocks.map(({ kind, text: own, map, cells }) => ({
      kind,
      text: own,
      map,
      ...(cells === undefined ? {} : { cells }),
    })),
    fields: [...table.fields, ...cleaned.fields, ...page.fields, ...statedInLines(above)],
    noise: fillGaps(source, cleaned.blocks, noise),
    diagnostics: flow.frames.flatMap(frameDiagnostic),
  };
}

/** The text of a frame is another file: the reader is told which. */
function frameDiagnostic(frame: ElementNode): Diagnostic[] {
  const address = attribute(frame, 'src').trim().slice(0, 300);
  if (address === '' || /^(?:about:|javascript:|data:)/i.test(address)) return [];
  return [
    {
      code: 'html-frame',
      severity: 'warning',
      message: `页面中嵌有框架“${address}”，其中的内容不在此文件内，未能读取。`,
      span: { start: frame.start, end: frame.end },
    },
  ];
}
