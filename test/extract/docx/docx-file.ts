/** Writes .docx files as Word and WPS write them: raw WordprocessingML in a zip. */
import { strFromU8, strToU8, zipSync } from 'fflate';

const W = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const NAMESPACES = `xmlns:w="${W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" xmlns:r="${RELATIONS}"`;
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export interface Parts {
  readonly body: string;
  readonly numbering?: string;
  readonly styles?: string;
  readonly footnotes?: string;
  readonly endnotes?: string;
  /** ISO/IEC 29500 Strict, as Word offers it: other names for the same spaces. */
  readonly strict?: boolean;
}

const STRICT: readonly (readonly [string, string])[] = [
  [W, 'http://purl.oclc.org/ooxml/wordprocessingml/main'],
  [RELATIONS, 'http://purl.oclc.org/ooxml/officeDocument/relationships'],
];

export function docx(parts: Parts): Uint8Array {
  return zipSync(docxParts(parts));
}

/** The parts of a .docx by their names. */
export function docxParts({
  body,
  numbering,
  styles,
  footnotes,
  endnotes,
  strict = false,
}: Parts): Record<string, Uint8Array> {
  const own: [string, string, string | undefined][] = [
    ['numbering', 'numbering', numbering],
    ['styles', 'styles', styles],
    ['footnotes', 'footnotes', footnotes],
    ['endnotes', 'endnotes', endnotes],
  ];
  const parts = own.filter((one) => one[2] !== undefined);
  const overrides = parts
    .map(
      ([kind]) =>
        `<Override PartName="/word/${kind}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.${kind}+xml"/>`,
    )
    .join('');
  const files = {
    '[Content_Types].xml': strToU8(
      `${HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>${overrides}</Types>`,
    ),
    '_rels/.rels': relations([['officeDocument', 'word/document.xml']]),
    'word/_rels/document.xml.rels': relations(parts.map(([kind]) => [kind, `${kind}.xml`])),
    'word/document.xml': strToU8(`${HEAD}<w:document ${NAMESPACES}><w:body>${body}</w:body></w:document>`),
    ...Object.fromEntries(
      parts.map(([kind, , content]) => [
        `word/${kind}.xml`,
        strToU8(`${HEAD}<w:${kind} ${NAMESPACES}>${content!}</w:${kind}>`),
      ]),
    ),
  };
  if (!strict) return files;
  const named = (xml: string): string => STRICT.reduce((text, [from, to]) => text.replaceAll(from, to), xml);
  return Object.fromEntries(
    Object.entries(files).map(([name, xml]) => [name, strToU8(named(strFromU8(xml)))]),
  );
}

function relations(all: readonly (readonly [string, string])[]): Uint8Array {
  const items = all.map(
    ([kind, target], i) => `<Relationship Id="rId${i + 1}" Type="${RELATIONS}/${kind}" Target="${target}"/>`,
  );
  return strToU8(
    `${HEAD}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items.join('')}</Relationships>`,
  );
}

export function escape(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** A run; Word splits a sentence into many. */
export function run(text: string, properties = ''): string {
  return `<w:r>${properties === '' ? '' : `<w:rPr>${properties}</w:rPr>`}<w:t xml:space="preserve">${escape(text)}</w:t></w:r>`;
}

export function paragraph(content: string, properties = ''): string {
  return `<w:p>${properties === '' ? '' : `<w:pPr>${properties}</w:pPr>`}${content}</w:p>`;
}

/** w:numPr of a paragraph. */
export function inList(numId: number, level = 0): string {
  return `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${numId}"/></w:numPr>`;
}

export function level(index: number, format: string, text: string, more = '', start = 1): string {
  return `<w:lvl w:ilvl="${index}"><w:start w:val="${start}"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${escape(text)}"/></w:lvl>`;
}

export function abstractList(id: number, levels: string): string {
  return `<w:abstractNum w:abstractNumId="${id}"><w:multiLevelType w:val="multilevel"/>${levels}</w:abstractNum>`;
}

export function list(numId: number, abstractId: number, overrides = ''): string {
  return `<w:num w:numId="${numId}"><w:abstractNumId w:val="${abstractId}"/>${overrides}</w:num>`;
}

export function startAt(index: number, start: number): string {
  return `<w:lvlOverride w:ilvl="${index}"><w:startOverride w:val="${start}"/></w:lvlOverride>`;
}
