/** Chinese words for what the API names by codes. */
import type { DocumentRef, Outcome } from '../../model/answer.js';
import type { CitationStyle } from '../../model/citation.js';

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  found: '有规定',
  'no-provision': '未见规定',
  'not-covered': '未收录',
  unreadable: '未能解析',
};

export const STYLE_WORDS: Readonly<Record<CitationStyle, string>> = {
  gbt7714: 'GB/T 7714',
  bibtex: 'BibTeX',
  ris: 'RIS',
  'csl-json': 'CSL-JSON',
};

const NOISE_WORDS: Readonly<Record<string, string>> = {
  navigation: '导航',
  breadcrumb: '当前位置',
  share: '分享按钮',
  metadata: '网页信息栏',
  caption: '图片说明',
  related: '相关链接',
  colophon: '编辑与来源说明',
  'page-number': '页码',
  upload: '上传信息',
  rule: '分隔线',
  'site-footer': '页脚',
};
export const noiseWord = (reason: string) => NOISE_WORDS[reason] ?? reason;

/** Where a document applies: the place that it names, or why there is none. */
export function placeWord({
  jurisdiction,
  template,
}: Pick<DocumentRef, 'jurisdiction' | 'template'>): string {
  return jurisdiction?.name ?? (template ? '范本' : '地域未载明');
}

/** 2021-06-30 → 2021年6月30日; a month or a year alone stays one. */
export function dateWord(iso: string): string {
  const [year, month, day] = iso.split('-');
  return [year && `${year}年`, month && `${Number(month)}月`, day && `${Number(day)}日`]
    .filter(Boolean)
    .join('');
}

/** 2024-05-06T07:08:09Z → 2024年5月6日 15:08, in the time of the reader's machine. */
export function momentWord(iso: string): string {
  const at = new Date(iso);
  const two = (part: number) => String(part).padStart(2, '0');
  return (
    `${at.getFullYear()}年${at.getMonth() + 1}月${at.getDate()}日 ` +
    `${two(at.getHours())}:${two(at.getMinutes())}`
  );
}

/** Bytes as KB or MB, as file managers say them. */
export function sizeWord(bytes: number): string {
  if (bytes < 1024) return `${bytes} 字节`;
  const kilobytes = bytes / 1024;
  return kilobytes < 1000 ? `${kilobytes.toFixed(0)} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}

/** The date to know a document by, and what kind of date it is when not that of writing. */
export function documentDate({ writtenOn, publishedOn, effectiveOn }: DocumentRef): string {
  if (writtenOn) return dateWord(writtenOn);
  if (publishedOn) return `${dateWord(publishedOn)}发布`;
  if (effectiveOn) return `${dateWord(effectiveOn)}起施行`;
  return '日期未载明';
}
