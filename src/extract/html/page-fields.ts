/** What a page says of itself outside its text: meta elements, its title, its address. */
import type { StatedField } from '../extracted.js';
import type { Span } from '../../model/span.js';
import { attribute, elementsIn, type ElementNode, type HtmlTree } from './tree.js';
import { decodeReferences } from './references.js';

/** 国办发〔2014〕57号 and 《政府网站发展指引》 附件: names of meta elements, in the words that 信息公开 tables use. */
const META: Readonly<Record<string, string>> = {
  articletitle: '标题',
  pubdate: '发布日期',
  'article:published_time': '发布日期',
  contentsource: '来源',
  source: '来源',
  keywords: '关键词',
  description: '内容概述',
  author: '作者',
  columnname: '栏目名称',
  sitename: '网站名称',
  // When the page was generated, not when the document was written.
  maketime: '页面生成时间',
};

export interface PageFields {
  readonly fields: readonly StatedField[];
  readonly url: string | null;
  /** The title that the page states: ArticleTitle, else <title>. */
  readonly titles: readonly string[];
}

export function readPageFields({ root, comments }: HtmlTree, source: string): PageFields {
  const fields: StatedField[] = [];
  const titles: string[] = [];
  let url = savedFrom(source, comments);
  let pageTitle: StatedField | null = null;
  for (const element of elementsIn(root)) {
    const { name } = element;
    if (name === 'link' && /\bcanonical\b/i.test(element.attributes['rel'] ?? ''))
      url ??= address(attribute(element, 'href'));
    else if (name === 'title') pageTitle ??= titleOf(element, source);
    else if (name === 'meta') {
      const key = (element.attributes['name'] ?? element.attributes['property'] ?? '').toLowerCase();
      if (key === 'og:url') url ??= address(attribute(element, 'content'));
      const known = Object.hasOwn(META, key) ? META[key] : undefined;
      const value = attribute(element, 'content').trim();
      if (known === undefined || value === '') continue;
      fields.push({ name: known, value, span: placeOf(element, source) });
      if (key === 'articletitle') titles.push(value);
    }
  }
  if (pageTitle !== null) {
    titles.push(pageTitle.value);
    fields.push({ ...pageTitle, name: '网页标题' });
  }
  return { fields, url, titles };
}

function titleOf(element: ElementNode, source: string): StatedField | null {
  const [first] = element.children;
  const last = element.children.at(-1);
  if (first === undefined || last === undefined) return null;
  const span = { start: first.start, end: last.end };
  const value = decodeReferences(source.slice(span.start, span.end)).replace(/\s+/g, ' ').trim();
  return value === '' ? null : { name: '网页标题', value, span };
}

/** Browsers write the address of a saved page into a comment: <!-- saved from url=(0042)http://… -->. */
function savedFrom(source: string, comments: readonly Span[]): string | null {
  for (const { start, end } of comments.slice(0, 20)) {
    const match = /saved from url=\(\d+\)\s*([^\s<>]+)/i.exec(
      source.slice(start, Math.min(end, start + 3000)),
    );
    if (match !== null) return address(match[1]!);
  }
  return null;
}

function address(value: string): string | null {
  return /^https?:\/\/[^\s]+$/i.test(value.trim()) ? value.trim() : null;
}

/** Place of the value of `content`. */
function placeOf({ start, end, attributes }: ElementNode, source: string): Span | null {
  const raw = attributes['content'] ?? '';
  const at = source.slice(start, end).search(/content\s*=/i);
  const from = at < 0 ? -1 : source.indexOf(raw, start + at + 'content'.length + 1);
  return from < 0 || from + raw.length > end ? null : { start: from, end: from + raw.length };
}
