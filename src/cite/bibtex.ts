/** BibTeX: one @misc entry, which BibTeX and biblatex both read. */
import {
  digits,
  isoDate,
  issueDateOf,
  issuersOf,
  oneLine,
  pageRange,
  placeOf,
  present,
  TEMPLATE_MARK,
  type CitedClause,
  type CitedSource,
} from './cited.js';
import { entryKey } from './entry-key.js';

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

export function bibtex(document: CitedSource, clause: CitedClause, accessedOn?: string): string {
  const [year, month, day] = issueDateOf(document) ?? [];
  const accessed = isoDate(accessedOn);
  const note = [placeOf(clause), document.template ? TEMPLATE_MARK : null].filter(Boolean).join('；');
  const fields: [name: string, value: string | null][] = [
    // Each issuer in braces of its own, or BibTeX would cut it into given name and surname.
    [
      'author',
      issuersOf(document)
        .map((issuer) => `{${escapeTex(issuer)}}`)
        .join(' and '),
    ],
    ['title', `{${escapeTex(oneLine(document.title))}}`],
    ['type', escaped(document.kind)],
    ['number', escaped(document.documentNumber)],
    ['year', year === undefined ? null : String(year)],
    ['day', day === undefined ? null : String(day)],
    ['pages', pageRange(clause, '--')],
    ['note', escapeTex(note)],
    ['url', escapeUrl(document.url)],
    ['urldate', accessed && digits(accessed)],
    ['langid', 'chinese'],
  ];
  const lines = fields.flatMap(([name, value]) => (value ? [`  ${name} = {${value}}`] : []));
  // A month is one of BibTeX's own macros and takes no braces.
  if (month !== undefined) lines.push(`  month = ${MONTHS[month - 1]}`);
  return `@misc{${entryKey(document, clause)},\n${lines.join(',\n')}\n}\n`;
}

function escaped(text: string | null): string | null {
  const line = present(text);
  return line && escapeTex(line);
}

const TEX: Readonly<Record<string, string>> = {
  // BibTeX counts braces even behind a backslash, so "\{" would leave an entry open.
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

function escapeTex(text: string): string {
  return text.replace(/[\\{}~^&%$#_]/gu, (sign) => TEX[sign] ?? `\\${sign}`);
}

/** Within url = {…} only braces, backslashes and spaces do harm; they are percent-encoded. */
function escapeUrl(url: string | null | undefined): string | null {
  return present(url)?.replace(/[{}\\ ]/gu, encodeURIComponent) ?? null;
}
