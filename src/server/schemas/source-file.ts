/** A file of the corpus, read or unreadable, and what of it was dropped. */
import { Type } from 'typebox';
import type { Noise, Retrieval } from '../../model/document.js';
import type { DocumentSummary, ListedFile } from '../../knowledge-base.js';
import { DiagnosticSchema } from './diagnostic.js';
import { DocumentSummarySchema } from './document.js';
import { named, nullable, ref, shapeOf } from './shape.js';
import { SpanSchema } from './span.js';

export const NoiseSchema = shapeOf<Noise>()(
  Type.Object(
    { span: ref(SpanSchema), reason: Type.String() },
    named('Noise', '源文件中不属于任何文件的部分及略去的理由'),
  ),
);

export const RetrievalSchema = shapeOf<Retrieval>()(
  Type.Object(
    {
      at: Type.String({ description: 'ISO 8601（UTC）：下载完成的时间；自行放入的文件为其修改时间' }),
      from: nullable(Type.String({ description: '下载地址；自行放入的文件为 null' })),
    },
    named('Retrieval', '源文件的来源和获取时间'),
  ),
);

export const ListedFileSchema = shapeOf<ListedFile>()(
  Type.Object(
    {
      path: Type.String({ description: '相对语料目录' }),
      sha256: Type.String(),
      bytes: Type.Integer({ minimum: 0 }),
      mediaType: Type.String(),
      encoding: nullable(Type.String()),
      url: nullable(Type.String()),
      retrieved: nullable(ref(RetrievalSchema)),
      state: Type.Enum(['read', 'unreadable'] as const),
      diagnostics: Type.Array(ref(DiagnosticSchema)),
    },
    named('ListedFile', '语料中的一个源文件'),
  ),
);

export const DocumentListSchema = shapeOf<{
  readonly documents: readonly DocumentSummary[];
  readonly files: readonly ListedFile[];
}>()(
  Type.Object(
    {
      documents: Type.Array(ref(DocumentSummarySchema)),
      files: Type.Array(ref(ListedFileSchema), { description: '全部源文件，含未能解析的' }),
    },
    named('DocumentList', '已收录的文件'),
  ),
);
