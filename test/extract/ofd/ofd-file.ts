/** Writes .ofd files as converters write them: raw XML of GB/T 33190 in a zip. Lengths in millimetres from the top left corner. */
import { strToU8, zipSync } from 'fflate';
import { escape } from '../docx/docx-file.js';

const NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"';
const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
/** 三号, and the distance of two lines of GB/T 9704. */
export const SIZE = 5.644;
export const PITCH = 10.2;
export const LEFT = 28;
export const TOP = 40;

export interface OfdPage {
  /** Objects, as the functions below write them. */
  readonly content: string;
  /** Stands on the template. */
  readonly template?: boolean;
  readonly physicalBox?: string;
}

export interface OfdParts {
  readonly pages: readonly OfdPage[];
  readonly template?: string;
  /** Inside of DocumentRes.xml. */
  readonly resources?: string;
  /** Added to the archive, or put in the place of what is there; null takes a part out. */
  readonly parts?: Readonly<Record<string, string | null>>;
}

/** The parts of an .ofd by their names. */
export function ofdParts(documents: readonly OfdParts[]): Record<string, Uint8Array> {
  const files: Record<string, string | null> = {
    'OFD.xml': element(
      'OFD',
      documents
        .map((_, i) => tag('DocBody', tag('DocInfo', '') + tag('DocRoot', `Doc_${i}/Document.xml`)))
        .join(''),
      'Version="1.0" DocType="OFD"',
    ),
  };
  documents.forEach(({ pages, template, resources, parts }, i) => {
    const folder = `Doc_${i}`;
    const common =
      tag('PageArea', tag('PhysicalBox', '0 0 210 297')) +
      (resources === undefined ? '' : tag('DocumentRes', 'DocumentRes.xml')) +
      (template === undefined ? '' : '<ofd:TemplatePage ID="2" BaseLoc="Tpls/Tpl_0/Content.xml"/>');
    const list = pages.map((_, n) => `<ofd:Page ID="${10 + n}" BaseLoc="Pages/Page_${n}/Content.xml"/>`);
    files[`${folder}/Document.xml`] = element(
      'Document',
      tag('CommonData', common) + tag('Pages', list.join('')),
    );
    if (resources !== undefined) files[`${folder}/DocumentRes.xml`] = element('Res', resources);
    if (template !== undefined) files[`${folder}/Tpls/Tpl_0/Content.xml`] = pageXml({ content: template });
    pages.forEach((page, n) => {
      files[`${folder}/Pages/Page_${n}/Content.xml`] = pageXml(page);
    });
    Object.assign(files, parts);
  });
  return Object.fromEntries(
    Object.entries(files).flatMap(([name, xml]) => (xml === null ? [] : [[name, strToU8(xml)]])),
  );
}

export function ofd(...documents: readonly OfdParts[]): Uint8Array {
  return zipSync(ofdParts(documents));
}

function pageXml({ content, template, physicalBox }: OfdPage): string {
  return element(
    'Page',
    (physicalBox === undefined ? '' : tag('Area', tag('PhysicalBox', physicalBox))) +
      (template === true ? '<ofd:Template TemplateID="2" ZOrder="Background"/>' : '') +
      tag('Content', `<ofd:Layer ID="3" Type="Body">${content}</ofd:Layer>`),
  );
}

function element(name: string, content: string, attributes = ''): string {
  return `${HEAD}<ofd:${name} ${NAMESPACE} ${attributes}>${content}</ofd:${name}>`;
}

export function tag(name: string, content: string): string {
  return `<ofd:${name}>${content}</ofd:${name}>`;
}

export interface Set {
  readonly size?: number;
  /** Attributes of the TextObject and of the TextCode. */
  readonly object?: string;
  readonly code?: string;
}

/** A line of text: its left edge and base line. Letters are as wide as the type, unless `code` gives DeltaX. */
export function text(
  content: string,
  x: number,
  y: number,
  { size = SIZE, object = '', code }: Set = {},
): string {
  const deltas = code ?? `DeltaX="g ${Math.max([...content].length - 1, 1)} ${size}"`;
  return (
    `<ofd:TextObject ID="7" Font="1" Size="${size}" Boundary="${x} ${y - size} 150 ${size * 1.2}" ${object}>` +
    `<ofd:FillColor Value="0 0 0"/><ofd:TextCode X="0" Y="${size}" ${deltas}>${escape(content)}</ofd:TextCode></ofd:TextObject>`
  );
}

/** Lines of a page of 公文. Blanks that open a line are written as an indent. */
export function lines(all: readonly string[], top = TOP): string {
  return all
    .map((line, i) => {
      const own = line.trimStart();
      return text(own, LEFT + (line.length - own.length) * SIZE, top + i * PITCH);
    })
    .join('');
}

/** A stroke, as converters write the borders of tables. */
export function rule(x1: number, y1: number, x2: number, y2: number): string {
  return (
    `<ofd:PathObject ID="8" Boundary="${x1} ${y1} ${x2 - x1} ${y2 - y1}" LineWidth="0.2">` +
    `<ofd:AbbreviatedData>M 0 0 L ${x2 - x1} ${y2 - y1}</ofd:AbbreviatedData></ofd:PathObject>`
  );
}

export const IMAGE = '<ofd:ImageObject ID="9" Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID="5"/>';
