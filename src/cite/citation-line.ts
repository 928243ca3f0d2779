/** The one line to put under a quote, as a Chinese policy paper prints it. */
import {
  isoDate,
  issuersOf,
  oneLine,
  placeOf,
  present,
  TEMPLATE_MARK,
  type CitedClause,
  type CitedDocument,
} from './cited.js';

/**
 * 发文机关：《题名》（发文字号，日期），位置。 What the document does not state is left out.
 * The date is that of writing; a date of publication or of entry into force is named as such.
 */
export function citationLine(document: CitedDocument, clause: CitedClause): string {
  const issuers = issuersOf(document).join('、');
  const title = inBookMarks(document.title);
  const particulars = [present(document.documentNumber), dated(document), lapsed(document.status)].filter(
    Boolean,
  );
  const work = [
    title,
    document.template ? `（${TEMPLATE_MARK}）` : '',
    particulars.length > 0 ? `（${particulars.join('，')}）` : '',
  ].join('');
  const line = [[issuers, work].filter(Boolean).join('：'), placeOf(clause)].filter(Boolean).join('，');
  return `${line}。`;
}

/** GB/T 15834 4.15.3.5: marks inside 《》 become 〈〉, and the next level 《》 again. */
function inBookMarks(title: string): string {
  const text = withoutOuterMarks(oneLine(title));
  if (text === '') return '';
  let depth = 0;
  const inner = text.replace(/[《〈》〉]/gu, (mark) => {
    if (mark === '《' || mark === '〈') return depth++ % 2 === 0 ? '〈' : '《';
    // A closing mark with no opening one is a slip of the source: it stays, as the kind that cannot end ours.
    depth = Math.max(0, depth - 1);
    return depth % 2 === 0 ? '〉' : '》';
  });
  return `《${inner}》`;
}

/** "《X》" → "X", when the first mark closes only at the end. */
function withoutOuterMarks(title: string): string {
  if (!/^《.*》$/u.test(title)) return title;
  const inner = title.slice(1, -1);
  let depth = 0;
  for (const mark of inner) {
    if (mark === '《') depth++;
    if (mark === '》' && --depth < 0) return title;
  }
  return inner;
}

function dated(document: CitedDocument): string | null {
  const written = printed(document.writtenOn);
  if (written) return written;
  const published = printed(document.publishedOn);
  if (published) return `${published}发布`;
  const effective = printed(document.effectiveOn);
  return effective && `${effective}起施行`;
}

/** 2021年6月30日, 2021年6月 or 2021年. */
function printed(text: string | null): string | null {
  const date = isoDate(text);
  if (!date) return null;
  return date.map((part, index) => `${part}${'年月日'[index]}`).join('');
}

/** A reader must see that a quoted document no longer holds; that it does hold need not be said. */
function lapsed(status: string | null): string | null {
  const text = present(status);
  return text && /废止|失效/u.test(text) ? text : null;
}
