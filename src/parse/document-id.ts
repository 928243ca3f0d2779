/** Document ids: division code and 发文字号, else title and date. They stand in links and are never recomputed from the words of a body. */
import type { Metadata } from '../model/document.js';

const LONGEST_TITLE = 60;

/** Unique among `taken`. A text that states no title is named after its file. */
export function documentId(metadata: Metadata, file: string, taken: ReadonlySet<string>): string {
  const code = metadata.jurisdiction?.code ?? 'x';
  const date = metadata.writtenOn ?? metadata.publishedOn ?? metadata.effectiveOn;
  const name =
    metadata.documentNumber ??
    [metadata.title.slice(0, LONGEST_TITLE) || stem(file), ...(date === null ? [] : [date])].join('-');
  const base = `${code}-${safe(name)}`;
  let id = base;
  for (let n = 2; taken.has(id); n++) id = `${base}~${n}`;
  return id;
}

/** Keeps Chinese; drops what a link or a file name cannot hold. */
function safe(name: string): string {
  return name
    .normalize('NFC')
    .replace(/[\s　]+/g, '')
    .replace(/[^\p{L}\p{N}〔〕（）—-]/gu, '')
    .replace(/^-+|-+$/g, '');
}

function stem(file: string): string {
  return (
    file
      .split('/')
      .at(-1)!
      .replace(/\.[^.]*$/, '') || '无题'
  );
}
