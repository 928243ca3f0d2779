/** Headings and clauses. */
import { Type } from 'typebox';
import type { ClauseView } from '../../knowledge-base.js';
import type { Clause, ClauseKind, ClausePart, Heading } from '../../model/clause.js';
import { DocumentRefSchema } from './document.js';
import { named, nullable, ref, shapeOf } from './shape.js';
import { PagePlaceSchema, placeFields } from './source-place.js';
import { SpanSchema } from './span.js';

const KINDS = [
  'part',
  'chapter',
  'division',
  'article',
  'section',
  'subsection',
  'item',
  'subitem',
  'point',
  'bullet',
  'paragraph',
  'lead',
  'preamble',
  'annex',
  'row',
  'topic',
  'question',
] as const satisfies readonly ClauseKind[];

const kind = Type.Enum(KINDS);

export const HeadingSchema = shapeOf<Heading>()(
  Type.Object(
    {
      id: Type.String(),
      kind,
      text: Type.String(),
      number: nullable(Type.Integer()),
      depth: Type.Integer({ minimum: 0 }),
      parentId: nullable(Type.String()),
      span: ref(SpanSchema),
    },
    named('Heading', '标题；属于章节路径，本身不是条款'),
  ),
);

export const ClausePartSchema = shapeOf<ClausePart>()(
  Type.Object(
    { kind: Type.Enum(['款', '项', '目'] as const), number: Type.Integer(), span: ref(SpanSchema) },
    named('ClausePart', '条款中的款、项、目'),
  ),
);

export const ClauseSchema = shapeOf<Clause>()(
  Type.Object(
    {
      id: Type.String(),
      documentId: Type.String(),
      ordinal: Type.Integer({ minimum: 0 }),
      kind,
      label: Type.String({ description: '自身的序号，如“（一）”' }),
      locator: Type.String({ description: '引注所用的完整位置，如“第三部分（二）第1项”' }),
      number: nullable(Type.Integer()),
      title: nullable(ref(SpanSchema)),
      headingPath: Type.Array(Type.String()),
      headingIds: Type.Array(Type.String()),
      span: ref(SpanSchema),
      text: Type.String({ description: '逐字原文' }),
      parts: Type.Array(ref(ClausePartSchema)),
    },
    named('Clause', '条款：研究者引用的最小单位'),
  ),
);

export const NeighbourSchema = shapeOf<Pick<Clause, 'id' | 'label' | 'text'>>()(
  Type.Object(
    { id: Type.String(), label: Type.String(), text: Type.String() },
    named('Neighbour', '前后相邻的条款'),
  ),
);

export const ClauseViewSchema = shapeOf<ClauseView>()(
  Type.Object(
    {
      clause: ref(ClauseSchema),
      citation: Type.String(),
      document: ref(DocumentRefSchema),
      source: Type.Object(
        { ...placeFields, lines: Type.Array(ref(PagePlaceSchema), { description: '条款所在的各行' }) },
        { additionalProperties: false, description: '在源文件中的位置；不分页的格式 lines 为空' },
      ),
      previous: nullable(ref(NeighbourSchema)),
      next: nullable(ref(NeighbourSchema)),
    },
    named('ClauseView', '条款及其上下文'),
  ),
);
