/** Word's .docx → lines, with the automatic numbers that Word prints and the file does not hold. */
import { dropBoilerplate } from '../boilerplate/boilerplate.js';
import { Composer } from '../composer.js';
import { ExtractError } from '../extract-error.js';
import type { Extracted } from '../extracted.js';
import type { Diagnostic } from '../../model/diagnostic.js';
import { readXml } from '../xml.js';
import type { Zip } from '../zip.js';
import { Body, type Seen } from './body.js';
import { Counters } from './counters.js';
import { compose } from './flow.js';
import { readNotes } from './notes.js';
import { readNumbering } from './numbering.js';
import { relationsOf } from './package.js';
import { readStyles } from './styles.js';

const MEDIA_TYPE = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** The main part, wherever the package keeps it; null when this is no Word document. */
export function findDocument(zip: Zip): string | null {
  const stated = relationsOf(zip, '').get('officeDocument') ?? 'word/document.xml';
  const isWord = zip.names.some((name) => name.replace(/^\/+/, '').toLowerCase() === stated.toLowerCase());
  return isWord && !/^(?:xl|ppt)\//i.test(stated) ? stated : null;
}

/** Throws ExtractError. */
export function readDocx(zip: Zip, main: string): Extracted {
  const relations = relationsOf(zip, main);
  const part = (kind: string): Uint8Array | null => {
    const path = relations.get(kind);
    return path === undefined ? null : zip.read(path);
  };
  const styles = readStyles(part('styles'));
  const body = new Body(styles, new Counters(readNumbering(part('numbering')), styles));
  readXml(zip.read(main)!, body);
  const composer = new Composer();
  compose(body.items, composer);
  if (composer.blocks.length === 0) throw nothing(body.seen);
  for (const kind of ['footnotes', 'endnotes'])
    for (const note of readNotes(part(kind))) composer.aside(note, 'footnote');
  const { blocks, noise, fields } = dropBoilerplate(composer.blocks);
  return {
    mediaType: MEDIA_TYPE,
    encoding: 'utf-8',
    url: null,
    source: composer.source,
    blocks,
    fields,
    noise: [...noise, ...composer.noise],
    diagnostics: doubts(body.seen),
  };
}

function nothing({ pictures, embedded }: Seen): ExtractError {
  if (embedded > 0)
    return new ExtractError(
      'text-embedded',
      '文件的正文是嵌入的另一个文件，无法直接读取。请用 Word 打开后另存为 .docx 再试。',
    );
  return pictures > 0
    ? new ExtractError('no-text-layer', '文件中只有图片，无文字层，需先 OCR。')
    : new ExtractError('file-empty', '文件是空的：没有可读的文字。');
}

function doubts({ hidden, changes, embedded }: Seen): Diagnostic[] {
  const found: Diagnostic[] = [];
  const add = (code: string, severity: Diagnostic['severity'], message: string): void => {
    found.push({ code, severity, message, span: null });
  };
  if (changes > 0) add('docx-changes', 'info', '文件带有修订记录，已按接受全部修订后的文字读取。');
  if (hidden > 0) add('docx-hidden', 'info', `文件中有 ${hidden} 个字设为隐藏，未予读取。`);
  if (embedded > 0) add('docx-embedded', 'warning', '文件中嵌有另一个文件，其中的内容未能读取。');
  return found;
}
