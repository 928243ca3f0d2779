/** Units of one document → clean text, front matter, headings, clauses, metadata. */
import type { StatedField } from '../extract/extracted.js';
import type { Diagnostic } from '../model/diagnostic.js';
import type { FrontMatter, Noise, PolicyDocument } from '../model/document.js';
import type { SourceSegment } from '../model/source-map.js';
import { toSource } from '../model/source-map.js';
import type { Span } from '../model/span.js';
import { markSignatures } from './back.js';
import { listClauses } from './clauses.js';
import { documentId } from './document-id.js';
import { readContext, withBareNumbers, withQuestions, withTopDecimals } from './family.js';
import { frontRoles } from './front.js';
import type { Role } from './role.js';
import { lineNoise } from './line.js';
import { readMetadata, type MetadataPart } from './metadata/read-metadata.js';
import { checkNumbers } from './check-numbers.js';
import type { Placed } from './node.js';
import { buildOutline } from './outline.js';
import { carriedTitles, quotedTitles } from './titles.js';
import type { Unit } from './unit.js';

export interface DocumentInput {
  readonly units: readonly Unit[];
  readonly file: string;
  readonly ordinal: number;
  readonly source: string;
  readonly fields: readonly StatedField[];
  /** Ids that earlier documents of the file took. */
  readonly taken: ReadonlySet<string>;
  /** Title, text and signature of the notice that an earlier document of the file stands below. */
  readonly notice: readonly MetadataPart[];
}

export interface ParsedDocument {
  readonly document: PolicyDocument;
  /** Lines that turned out to be no part of it. */
  readonly noise: readonly Noise[];
  /** What its covering notice says: it speaks of the other texts it carries too. */
  readonly notice: readonly MetadataPart[];
}

interface Composed {
  readonly text: string;
  readonly map: readonly SourceSegment[];
  readonly spans: readonly Span[];
}

export function parseDocument({
  units: found,
  file,
  ordinal,
  source,
  fields,
  taken,
  notice,
}: DocumentInput): ParsedDocument {
  const all = withQuestions(withBareNumbers(withTopDecimals(found)));
  const allRoles = frontRoles(all);
  markSignatures(all, allRoles);
  const noise = all.flatMap((unit, i) => (allRoles[i] === 'noise' ? lineNoise(unit.line, 'navigation') : []));
  const units = all.filter((_, i) => allRoles[i] !== 'noise');
  const roles = allRoles.filter((role) => role !== 'noise');
  const { text, map, spans } = compose(units);
  const parts = partsOf(units, roles, spans, map);
  const carried = isCarriedBy(notice, parts);
  const {
    metadata,
    provenance,
    diagnostics: doubts,
  } = readMetadata({
    parts: carried ? [...parts, ...notice] : parts,
    body: text,
    map,
    fields: fields.flatMap(({ name, value, span }) => (span === null ? [] : [{ name, value, span }])),
    source,
  });
  // Texts of one notice share its 发文字号: the later ones go by their titles.
  const id = documentId(carried ? { ...metadata, documentNumber: null } : metadata, file, taken);
  const placed = units.flatMap((unit, i): Placed[] =>
    roles[i] === 'body'
      ? [
          {
            unit,
            start: spans[i]!.start,
            end: spans[i]!.end,
            restart: i > 0 && roles[i - 1] !== 'body',
          },
        ]
      : [],
  );
  const context = readContext(placed);
  const { headings, clauses } = listClauses(id, text, buildOutline(placed, context));
  const diagnostics: Diagnostic[] = [...doubts, ...checkNumbers(placed, context, map)];
  if (clauses.length === 0)
    diagnostics.push({
      code: 'document-without-clauses',
      severity: 'warning',
      message: '文件中没有可引用的条款。',
      span: toSource(map, { start: 0, end: text.length }),
    });
  return {
    noise,
    notice: parts.some((part) => part.role === 'notice-title')
      ? parts.filter((part) => part.role !== 'title')
      : notice,
    document: {
      id,
      file,
      ordinal,
      metadata,
      provenance,
      text,
      map,
      frontMatter: frontMatter(roles, spans),
      headings,
      clauses,
      diagnostics,
    },
  };
}

/** Whether the notice names this text among those it carries. */
function isCarriedBy(notice: readonly MetadataPart[], parts: readonly MetadataPart[]): boolean {
  const covering = notice.find((part) => part.role === 'notice-title');
  const own = parts.find((part) => part.role === 'title')?.text.replace(/[\s《》]/g, '');
  if (covering === undefined || own === undefined) return false;
  const named = notice.flatMap(({ role, text }) => (role === 'notice' ? quotedTitles(text) : []));
  return (
    carriedTitles(covering.text).some((title) => own.includes(title.replace(/\s/g, ''))) ||
    named.some((title) => title.replace(/[\s《》]/g, '') === own)
  );
}

/** Units one below the other; parts of one source line stay in one line. */
function compose(units: readonly Unit[]): Composed {
  const pieces: string[] = [];
  const map: SourceSegment[] = [];
  const spans: Span[] = [];
  let length = 0;
  units.forEach(({ line }, i) => {
    if (i > 0 && !line.glued) {
      pieces.push('\n');
      length++;
    }
    pieces.push(line.text);
    for (const segment of line.map) map.push({ ...segment, clean: segment.clean + length });
    const start = length + line.text.length - line.text.trimStart().length;
    length += line.text.length;
    spans.push({ start, end: Math.max(start, length - (line.text.length - line.text.trimEnd().length)) });
  });
  return { text: pieces.join(''), map, spans };
}

const FRONT: Readonly<Record<Exclude<Role, 'body' | 'noise'>, FrontMatter['role']>> = {
  title: 'title',
  'title-again': 'title',
  'notice-title': 'title',
  header: 'header',
  notice: 'header',
  contents: 'contents',
  signature: 'signature',
};

function frontMatter(roles: readonly Role[], spans: readonly Span[]): FrontMatter[] {
  return roles.flatMap((role, i) =>
    role === 'body' || role === 'noise' ? [] : [{ role: FRONT[role], span: spans[i]! }],
  );
}

/** Neighbouring lines of one role are one part for the reader of metadata; a title of two lines is one title. */
function partsOf(
  units: readonly Unit[],
  roles: readonly Role[],
  spans: readonly Span[],
  map: readonly SourceSegment[],
): MetadataPart[] {
  const parts: MetadataPart[] = [];
  roles.forEach((role, i) => {
    if (role === 'body' || role === 'noise' || role === 'contents' || role === 'title-again') return;
    const span = toSource(map, spans[i]!);
    if (span === null) return;
    const before = parts.at(-1);
    if (before !== undefined && roles[i - 1] === role && (role === 'title' || role === 'notice-title')) {
      parts[parts.length - 1] = {
        role,
        text: before.text + units[i]!.text,
        span: { start: before.span.start, end: span.end },
      };
    } else {
      parts.push({ role, text: units[i]!.text, span });
    }
  });
  return parts;
}
