/** A document as named in answers, as listed, and where its metadata was read. */
import { Type } from 'typebox';
import type { DocumentSummary } from '../../knowledge-base.js';
import type { DocumentRef } from '../../model/answer.js';
import type { FrontMatter, Period, Provenance } from '../../model/document.js';
import { JurisdictionSchema } from './jurisdiction.js';
import { named, nullable, ref, shapeOf } from './shape.js';
import { SpanSchema } from './span.js';

const text = () => nullable(Type.String());
const date = (description: string) =>
  nullable(Type.String({ description: `${description}，YYYY-MM-DD、YYYY-MM 或 YYYY` }));

export const PeriodSchema = shapeOf<Period>()(
  Type.Object({ from: Type.Integer(), to: Type.Integer() }, named('Period', '规划起止年份，均含')),
);

/** Fields of DocumentRef; DocumentSummary has them too. */
const fields = {
  id: Type.String(),
  file: Type.String({ description: '源文件路径，相对语料目录' }),
  title: Type.String(),
  kind: Type.String({ description: '文种' }),
  issuers: Type.Array(Type.String(), { description: '发文机关' }),
  documentNumber: nullable(Type.String({ description: '发文字号' })),
  writtenOn: date('成文日期'),
  publishedOn: date('发布日期'),
  effectiveOn: date('施行日期'),
  status: nullable(Type.String({ description: '时效性' })),
  period: nullable(ref(PeriodSchema)),
  addressees: text(),
  jurisdiction: nullable(ref(JurisdictionSchema)),
  template: Type.Boolean({ description: '是否范本' }),
};

export const DocumentRefSchema = shapeOf<DocumentRef>()(
  Type.Object(fields, named('DocumentRef', '答案所引的文件；原文未写明的一律为 null')),
);

export const DocumentSummarySchema = shapeOf<DocumentSummary>()(
  Type.Object(
    {
      ...fields,
      clauses: Type.Integer({ minimum: 0 }),
      diagnostics: Type.Integer({ minimum: 0 }),
      sha256: Type.String({ description: '源文件的 SHA-256' }),
    },
    named('DocumentSummary', '文件及其条款数'),
  ),
);

const place = Type.Optional(ref(SpanSchema));

export const ProvenanceSchema = shapeOf<Provenance>()(
  Type.Object(
    {
      title: place,
      kind: place,
      issuers: place,
      documentNumber: place,
      writtenOn: place,
      publishedOn: place,
      effectiveOn: place,
      status: place,
      period: place,
      addressees: place,
      jurisdiction: place,
      template: place,
    },
    named('Provenance', '各项元数据在解码后源文件中的出处'),
  ),
);

export const FrontMatterSchema = shapeOf<FrontMatter>()(
  Type.Object(
    { role: Type.Enum(['title', 'header', 'contents', 'signature'] as const), span: ref(SpanSchema) },
    named('FrontMatter', '标题、版头、目录、落款等既非标题层级也非条款的部分'),
  ),
);
