/** Numbers as a reader writes them: labels, locators and the pieces of an id. */
import type { ClauseKind } from '../model/clause.js';
import type { Node } from './node.js';

/** The names of places in ids. They are stored and linked to: never change one. */
const CODE: Readonly<Record<ClauseKind, string>> = {
  part: 'part',
  chapter: 'ch',
  division: 'div',
  article: 'art',
  section: 'sec',
  subsection: 'sub',
  item: 'item',
  subitem: 'subitem',
  point: 'pt',
  bullet: 'bul',
  paragraph: 'par',
  lead: 'lead',
  preamble: 'preamble',
  annex: 'annex',
  row: 'row',
  topic: 'topic',
  question: 'q',
};

/** "sec-3", "art-10-1", "par-2"; `counted` is its place among its kind under the same parent, from 1. */
export function idPiece(node: Node, counted: number): string {
  if (node.kind === 'lead' || node.kind === 'preamble') return CODE[node.kind];
  if (node.kind === 'row' && node.children.length > 0) return 'head';
  if (node.marker?.path != null) return `${CODE[node.kind]}-${node.marker.path.join('-')}`;
  const suffix = node.suffix === null ? '' : `-${node.suffix}`;
  return `${CODE[node.kind]}-${node.number ?? counted}${suffix}`;
}

/** "第十二条", "（一）", "1.", "①", "第2段", "第3点", "引言". */
export function labelOf(node: Node, counted: number): string {
  const printed = fold(node.marker?.printed ?? '');
  switch (node.kind) {
    case 'paragraph':
      return `第${counted}段`;
    case 'bullet':
      return `第${counted}点`;
    case 'row':
      return `第${counted}行`;
    case 'preamble':
      return '引言';
    case 'lead':
      return '导语';
    case 'topic':
      return `第${counted}节`;
    case 'question':
      return `问${node.number ?? counted}`;
    case 'annex':
      return printed.replace(/[：:．.、]+$/, '') || '附件';
    case 'part':
    case 'chapter':
    case 'division':
    case 'article':
      return printed;
    default:
      return numberLabel(node, printed);
  }
}

/** Brackets as printed in a Chinese text, whatever their width in the source. */
function numberLabel(node: Node, printed: string): string {
  if (node.marker?.path != null) return node.marker.path.join('.');
  const bare = printed.replace(/[\s（()）〔〕、.．]/g, '');
  switch (node.form) {
    case 'section':
      return `${bare}、`;
    case 'subsection':
    case 'subitem':
      return /[\u2474-\u2487\u3220-\u3229]/.test(bare) ? bare : `（${bare}）`;
    case 'item':
      return /[\u2488-\u249b]/.test(bare) ? bare : `${bare}.`;
    case 'half':
      return `${bare}）`;
    default:
      return bare || printed;
  }
}

/** The piece of a locator: "第三部分", "第二章", "（二）", "第1项", "第2段". */
export function locatorPiece(node: Node, counted: number, heading: string): string {
  switch (node.kind) {
    case 'section':
      return node.marker?.path != null
        ? node.marker.path.join('.')
        : `第${fold(node.marker?.printed ?? '').replace(/[、.．]/g, '')}部分`;
    case 'item':
      return node.marker?.path != null ? node.marker.path.join('.') : `第${node.number ?? counted}项`;
    case 'topic':
      return `“${heading}”`;
    case 'row':
      return node.children.length > 0 ? '' : labelOf(node, counted);
    default:
      return labelOf(node, counted);
  }
}

export function fold(text: string): string {
  return text.replace(/[\s　]+/g, '');
}
