/** What became of a file that was handed over, and which are taken. */
import { Type } from 'typebox';
import type { Uploaded, UploadLimits } from '../../knowledge-base.js';
import { DiagnosticSchema } from './diagnostic.js';
import { DocumentSummarySchema } from './document.js';
import { named, ref, shapeOf } from './shape.js';

export const UploadedSchema = shapeOf<Uploaded>()(
  Type.Object(
    {
      outcome: Type.Enum(['added', 'same-bytes'] as const, {
        description: 'added 新收录；same-bytes 内容相同的文件已在语料中',
      }),
      path: Type.String({ description: '所在文件，相对语料目录' }),
      documents: Type.Array(ref(DocumentSummarySchema), {
        description: '文件中的各份文件；没有认出政策正文时为空',
      }),
      diagnostics: Type.Array(ref(DiagnosticSchema)),
    },
    named('Uploaded', '收录的结果'),
  ),
);

export const UploadLimitsSchema = shapeOf<UploadLimits>()(
  Type.Object(
    { maxBytes: Type.Integer({ minimum: 1, description: '一个文件最大的字节数' }) },
    named('UploadLimits', '收录文件的限度'),
  ),
);
