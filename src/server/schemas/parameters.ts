/** Parameters of requests. What they mean is judged by the knowledge base; here they get their type and range. */
import { Type } from 'typebox';
import { CITATION_STYLES } from '../../model/citation.js';

/** A parameter that is not listed is refused rather than ignored. */
const strict = { additionalProperties: false };

/** Restrict which documents are searched. */
const filter = {
  jurisdiction: Type.Optional(
    Type.Array(Type.String(), { description: '行政区划名称或代码，含其下级；可重复，取并集' }),
  ),
  kind: Type.Optional(Type.String({ description: '文种，如“规划”“意见”' })),
  year: Type.Optional(
    Type.Integer({ minimum: 1900, maximum: 2999, description: '成文或发布年份，或规划期内的年份' }),
  ),
  document: Type.Optional(Type.String({ description: '文件 id' })),
};

/** How a query is read. */
const reading = {
  literal: Type.Optional(Type.Boolean({ description: '地名只作普通词，不作筛选，缺省 false' })),
};

export const NoParameters = Type.Object({}, strict);

export const SearchParameters = Type.Object(
  {
    q: Type.String({ description: '检索词' }),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: '条数，缺省 10' })),
    ...reading,
    ...filter,
  },
  strict,
);

export const CompareParameters = Type.Object(
  {
    q: Type.Array(Type.String(), { description: '主题，可重复', minItems: 1 }),
    perCell: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, description: '每格最多几条，缺省 3' })),
    templates: Type.Optional(Type.Boolean({ description: '是否为范本各列一行，缺省 false' })),
    ...reading,
    ...filter,
  },
  strict,
);

export const DocumentsParameters = Type.Object(filter, strict);

export const CitationParameters = Type.Object(
  { style: Type.Optional(Type.Enum([...CITATION_STYLES], { description: '引注格式，缺省 gbt7714' })) },
  strict,
);

export const IdParameters = Type.Object({
  id: Type.String({ description: '须按百分号编码（# 写作 %23）' }),
});
