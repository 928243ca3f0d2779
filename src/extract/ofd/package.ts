/** OFD.xml and Document.xml: which documents an OFD holds, their pages in order, and the parts that these stand on. */
import { ExtractError } from '../extract-error.js';
import { folderOf, partPath } from '../part-path.js';
import { readXml, type XmlHandler } from '../xml.js';
import type { Zip } from '../zip.js';

export interface Part {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** Paths as Document.xml, which stands in `folder`, writes them. */
export interface OfdDocument {
  readonly folder: string;
  readonly pages: readonly string[];
  /** By id. */
  readonly templates: ReadonlyMap<string, string>;
  readonly resources: readonly string[];
  /** Names of the files that it carries (GB/T 33190, Attachments.xml). */
  readonly attachments: readonly string[];
  /** "0 0 210 297", in millimetres. */
  readonly physicalBox: string | null;
}

/** An archive may hold several documents. Throws ExtractError. */
export function readDocuments(zip: Zip): OfdDocument[] {
  const roots: string[] = [];
  const root = requirePart(zip, '', 'OFD.xml');
  readTexts(root.bytes, (name, text) => {
    if (name === 'DocRoot') roots.push(text);
  });
  return roots.map((path) => readDocument(zip, requirePart(zip, '', path)));
}

function readDocument(zip: Zip, { path, bytes }: Part): OfdDocument {
  const attachments: string[] = [];
  const pages: string[] = [];
  const templates = new Map<string, string>();
  const resources: string[] = [];
  let physicalBox: string | null = null;
  readTexts(
    bytes,
    (name, text) => {
      if (name === 'PublicRes' || name === 'DocumentRes') resources.push(text);
      else if (name === 'Attachments') attachments.push(...attachmentsOf(zip, folderOf(path), text));
      else if (name === 'PhysicalBox') physicalBox ??= text;
    },
    (name, id, location) => {
      if (name === 'Page') pages.push(location);
      else if (name === 'TemplatePage') templates.set(id, location);
    },
  );
  return { folder: folderOf(path), pages, templates, resources, attachments, physicalBox };
}

/** A list that is missing or broken is no reason to leave the text unread; what is hidden from readers (Visible) is not named. */
function attachmentsOf(zip: Zip, folder: string, target: string): string[] {
  const part = findPart(zip, folder, target);
  const names: string[] = [];
  if (part === null) return names;
  const list: XmlHandler = {
    open(name, { Name: own = '', Visible: visible }) {
      if (name === 'Attachment' && visible !== 'false' && own.trim() !== '') names.push(own.trim());
      return true;
    },
    text: () => undefined,
    close: () => undefined,
  };
  try {
    readXml(part.bytes, list);
  } catch (error) {
    if (!(error instanceof ExtractError)) throw error;
  }
  return names;
}

/** Calls `onText` for elements that hold nothing but text, `onPart` for those that name a part. */
function readTexts(
  bytes: Uint8Array,
  onText: (name: string, text: string) => void,
  onPart?: (name: string, id: string, location: string) => void,
): void {
  let text = '';
  readXml(bytes, {
    open(name, { ID: id, BaseLoc: location }) {
      text = '';
      if (location !== undefined) onPart?.(name, id ?? '', location);
      return true;
    },
    text(more) {
      text += more;
    },
    close(name) {
      if (text.trim() !== '') onText(name, text.trim());
      text = '';
    },
  });
}

/** GB/T 33190 counts a path from the part that names it; some producers count it from the root. */
export function findPart(zip: Zip, folder: string, target: string): Part | null {
  for (const path of [partPath(folder, target), partPath('', target)]) {
    const bytes = zip.read(path);
    if (bytes !== null) return { path, bytes };
  }
  return null;
}

/** Throws ExtractError document-broken: a text without one of its pages is not the text. */
export function requirePart(zip: Zip, folder: string, target: string): Part {
  const part = findPart(zip, folder, target);
  if (part === null)
    throw new ExtractError('document-broken', `OFD 文件不完整：缺少“${target}”。请重新获取原文件。`);
  return part;
}
