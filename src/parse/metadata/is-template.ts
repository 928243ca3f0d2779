/** Whether a document is a 范本. */
import type { Resolution } from '../jurisdiction/resolve.js';
import type { Title } from './document-title.js';
import type { Notes } from './notes.js';
import type { Region } from './region.js';
import { templateEvidence } from './template.js';

/**
 * 范本: placeholders where names and years should stand, and neither an organ nor a title that names a place. A form in the
 * annex of a real document (____年__月__日) has its issuer above it.
 */
export function isTemplate(
  title: Title,
  issuers: readonly string[],
  { clue }: Resolution,
  body: Region,
  notes: Notes,
): boolean {
  const message = '以占位符代替地名或年份，按范本处理，不认定适用地域。';
  const blank = /[_＿×✕]{1,4}|某[省市县区]|[XxＸ]{1,3}[省市县区镇乡]|20[XxＸ_＿*]{1,2}/.exec(
    title.region.text,
  );
  if (blank !== null) {
    const span = title.region.locate(blank.index, blank.index + blank[0].length);
    notes.add('template', 'info', `标题${message}`, span);
    return true;
  }
  if (clue !== null && clue.source !== 'text' && clue.source !== 'stated') return false;
  const { count, sorts, first } = templateEvidence(body.text);
  // "区实施…行动计划", "镇创建…方案": the name was struck out of the title, and the kind of the place is left.
  const struck =
    issuers.length === 0 &&
    /^[省市县区镇乡](?=实施|创建|推进|开展|关于|落实|全面|深化|加强|20)/.test(title.region.text.trim());
  // 市教育局 without a name may be real or not: then the blanks must be many.
  const template =
    (struck && count >= 1) ||
    (issuers.length > 0 ? count >= 6 && sorts >= 2 : count >= 3 || (count >= 2 && sorts >= 2));
  if (template && first !== null)
    notes.add('template', 'info', `文中${message}`, body.locate(first.start, first.end));
  return template;
}
