/** GB/T 7714: one entry of a Chinese reference list. */
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

/** 8.1.2: of more than three authors the first three are given. */
const AUTHORS_NAMED = 3;

/**
 * 发文机关. 题名: 发文字号: 位置[A/OL]. (发布日期): 页码[引用日期]. 网址.
 * Number and place stand as 其他题名信息, as in the standard's own "康熙字典: 巳集上: 水部[M]"; 引文页码 is given where the original has pages.
 * The form is the same in the editions of 2015 and 2025.
 */
export function gbt7714(document: CitedSource, clause: CitedClause, accessedOn?: string): string {
  const issuers = issuersOf(document);
  const named = issuers.slice(0, AUTHORS_NAMED).join(', ') + (issuers.length > AUTHORS_NAMED ? ', 等' : '');
  const title = oneLine(document.title) + (document.template ? `（${TEMPLATE_MARK}）` : '');
  const url = present(document.url)?.replaceAll(' ', '%20') ?? null;
  const issued = issueDateOf(document);
  const accessed = isoDate(accessedOn);
  const work = [title, present(document.documentNumber), placeOf(clause)].filter(Boolean).join(': ');
  const place = [issued && `(${digits(issued)})`, pageRange(clause)].filter(Boolean).join(': ');
  const dates = place + (accessed ? `[${digits(accessed)}]` : '');
  const mark = typeMark(document, url !== null || accessed !== null);
  return `${[named, `${work}[${mark}]`, dates, url].filter(Boolean).join('. ')}.`;
}

/** A 公文 is an archival record; a text without issuer and number is only known as a web page (EB is always online). */
function typeMark(document: CitedSource, online: boolean): string {
  const official = issuersOf(document).length > 0 || present(document.documentNumber) !== null;
  if (!official) return 'EB/OL';
  return online ? 'A/OL' : 'A';
}
