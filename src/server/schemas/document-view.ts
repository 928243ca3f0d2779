/** A whole document, as the reader shows it. */
import { Type } from 'typebox';
import type { DocumentView, PageStart } from '../../knowledge-base.js';
import type { SourceSegment } from '../../model/source-map.js';
import { ClauseSchema, HeadingSchema } from './clause.js';
import { DiagnosticSchema } from './diagnostic.js';
import { DocumentSummarySchema, FrontMatterSchema, ProvenanceSchema } from './document.js';
import { named, ref, shapeOf } from './shape.js';
import { ListedFileSchema, NoiseSchema } from './source-file.js';

const offset = () => Type.Integer({ minimum: 0 });

export const SourceSegmentSchema = shapeOf<SourceSegment>()(
  Type.Object(
    {
      clean: offset(),
      source: offset(),
      length: offset(),
      sourceLength: Type.Optional(
        Type.Integer({
          minimum: 1,
          description: '网页的字符引用（&mdash;）：在源文件中的长度，作为整体对应',
        }),
      ),
    },
    named('SourceSegment', '正文 clean 起的 length 个字符，在解码后源文件中自 source 起逐字相同'),
  ),
);

export const PageStartSchema = shapeOf<PageStart>()(
  Type.Object(
    { page: Type.Integer({ minimum: 1 }), start: offset() },
    named('PageStart', '原件的一页在正文中从何处开始'),
  ),
);

export const DocumentViewSchema = shapeOf<DocumentView>()(
  Type.Object(
    {
      document: ref(DocumentSummarySchema),
      source: ref(ListedFileSchema),
      provenance: ref(ProvenanceSchema),
      text: Type.String({ description: '清理后的正文，各 span 均指向它' }),
      map: Type.Array(ref(SourceSegmentSchema)),
      pages: Type.Array(ref(PageStartSchema), { description: '原件的分页；不分页的格式为空' }),
      outline: Type.Array(ref(HeadingSchema)),
      frontMatter: Type.Array(ref(FrontMatterSchema)),
      clauses: Type.Array(ref(ClauseSchema)),
      diagnostics: Type.Array(ref(DiagnosticSchema)),
      noise: Type.Array(ref(NoiseSchema), { description: '整个源文件中略去的部分' }),
    },
    named('DocumentView', '文件全文、目录与条款'),
  ),
);
