/** OFD (GB/T 33190) → its text line by line, with the page and place of each. Notes and seals that were put on later are not the text. */
import { ExtractError } from '../extract-error.js';
import type { Extracted } from '../extracted.js';
import { unreadAttachments } from '../pages/attached-files.js';
import { extractPages } from '../pages/extract-pages.js';
import { MOST_PAGES, MOST_PIECES_OF_ALL } from '../pages/limits.js';
import { tooLarge } from '../pages/page-failure.js';
import type { PrintedPage } from '../pages/printed-page.js';
import { folderOf } from '../part-path.js';
import { readXml } from '../xml.js';
import type { Zip } from '../zip.js';
import { Budget } from './budget.js';
import { ContentReader } from './content-reader.js';
import { findPart, readDocuments, requirePart, type OfdDocument } from './package.js';
import { Printer, toPoints } from './printer.js';
import { Resources } from './resources.js';
import { numbersOf } from './values.js';

/** A4, in millimetres: what a file that states no size is printed on. */
const USUAL_BOX = [0, 0, 210, 297];

export function isOfd(zip: Zip): boolean {
  return has(zip, 'ofd.xml');
}

/** Throws ExtractError: file-encrypted, document-broken, document-too-large, file-empty, no-text-layer, text-garbled. */
export function readOfd(zip: Zip): Extracted {
  // GM/T 0099: where parts are encrypted this one says how; the others may be stand-ins.
  if (has(zip, 'encryptions.xml'))
    throw new ExtractError('file-encrypted', 'OFD 文件已加密，无法读取。请解密后另存再试。');
  const documents = readDocuments(zip);
  const count = documents.reduce((sum, { pages }) => sum + pages.length, 0);
  if (count > MOST_PAGES) throw tooLarge('OFD', `共 ${count} 页，限 ${MOST_PAGES} 页`);
  const pages: PrintedPage[] = [];
  const budget = new Budget();
  let isBlank = true;
  let pieces = 0;
  for (const document of documents) {
    const reader = new DocumentReader(zip, document, budget);
    for (const path of document.pages) {
      const printer = reader.read(path, pages.length + 1);
      const page = printer.page();
      pieces += page.runs.length;
      if (pieces > MOST_PIECES_OF_ALL) throw tooLarge('OFD', `文字超过 ${MOST_PIECES_OF_ALL} 段`);
      isBlank &&= printer.isBlank;
      pages.push(page);
    }
  }
  if (isBlank) throw new ExtractError('file-empty', '文件是空的：没有可读的文字。');
  const extracted = extractPages(pages, 'OFD');
  const attached = unreadAttachments(documents.flatMap(({ attachments }) => attachments));
  return { ...extracted, diagnostics: [...extracted.diagnostics, ...attached] };
}

function has({ names }: Zip, part: string): boolean {
  return names.some((name) => name.replace(/^\.?\/+/, '').toLowerCase() === part);
}

/** What the pages of one document share is read once. */
class DocumentReader {
  private readonly templates = new Map<string, ContentReader>();
  private readonly resources = new Resources();
  private readonly known = new Set<string>();

  constructor(
    private readonly zip: Zip,
    private readonly document: OfdDocument,
    private readonly budget: Budget,
  ) {
    for (const path of document.resources) this.addResources(document.folder, path);
  }

  read(path: string, number: number): Printer {
    const part = requirePart(this.zip, this.document.folder, path);
    const content = new ContentReader();
    readXml(part.bytes, content);
    const templates = content.templates.flatMap((id) => this.template(id) ?? []);
    for (const resource of content.resources) this.addResources(folderOf(part.path), resource);
    const [, , width, height] =
      [
        content.physicalBox,
        ...templates.map((template) => template.physicalBox),
        this.document.physicalBox,
      ].reduce<readonly number[] | null>((found, box) => found ?? sizeOf(box), null) ?? USUAL_BOX;
    const sheet = { number, width: toPoints(width!), height: toPoints(height!) };
    const printer = new Printer(sheet, this.resources, this.budget);
    for (const one of [...templates, content]) printer.print(one.objects);
    return printer;
  }

  private template(id: string): ContentReader | null {
    const known = this.templates.get(id);
    if (known !== undefined) return known;
    const path = this.document.templates.get(id);
    const part = path === undefined ? null : findPart(this.zip, this.document.folder, path);
    if (part === null) return null;
    const content = new ContentReader();
    readXml(part.bytes, content);
    for (const resource of content.resources) this.addResources(folderOf(part.path), resource);
    this.templates.set(id, content);
    return content;
  }

  private addResources(folder: string, path: string): void {
    const part = findPart(this.zip, folder, path);
    if (part === null || this.known.has(part.path)) return;
    this.known.add(part.path);
    readXml(part.bytes, this.resources);
  }
}

function sizeOf(box: string | null): readonly number[] | null {
  const numbers = numbersOf(box ?? undefined, 4);
  return numbers !== null && numbers[2]! > 0 && numbers[3]! > 0 ? numbers : null;
}
