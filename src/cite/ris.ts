/** RIS: one record, lines of "XX  - value" ended by CR LF as the format asks. */
import {
  digits,
  isoDate,
  issueDateOf,
  issuersOf,
  oneLine,
  placeOf,
  present,
  TEMPLATE_MARK,
  type CitedClause,
  type CitedSource,
  type IsoDate,
} from './cited.js';
import { isStatute } from './statute.js';

export function ris(document: CitedSource, clause: CitedClause, accessedOn?: string): string {
  const issued = issueDateOf(document);
  const accessed = isoDate(accessedOn);
  const lines: [tag: string, value: string | null][] = [
    ['TY', isStatute(document.kind) ? 'STAT' : 'GOVDOC'],
    // A comma would part surname from given name.
    ...issuersOf(document).map((issuer): [string, string] => ['AU', issuer.replaceAll(',', '，')]),
    ['TI', oneLine(document.title)],
    ['PY', issued && digits([issued[0]])],
    ['DA', issued && slashed(issued)],
    ['M1', present(document.documentNumber)],
    ['M3', present(document.kind)],
    ['SE', placeOf(clause)],
    ['SP', clause.pages ? String(clause.pages.first) : null],
    ['EP', clause.pages && clause.pages.last > clause.pages.first ? String(clause.pages.last) : null],
    ['N1', document.template ? TEMPLATE_MARK : null],
    ['UR', present(document.url)],
    ['Y2', accessed && slashed(accessed)],
    ['LA', 'zh-CN'],
  ];
  const body = lines.flatMap(([tag, value]) => (value ? [`${tag}  - ${value}\r\n`] : []));
  return `${body.join('')}ER  - \r\n`;
}

/** YYYY/MM/DD/ with empty parts for what is unknown. */
function slashed(date: IsoDate): string {
  return digits(date, '/') + '/'.repeat(4 - date.length);
}
