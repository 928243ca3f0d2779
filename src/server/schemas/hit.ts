/** One clause that answers, and the answer of a search. */
import { Type } from 'typebox';
import type { Hit, SearchAnswer, Understood, Why } from '../../model/answer.js';
import { DocumentRefSchema } from './document.js';
import { JurisdictionSchema } from './jurisdiction.js';
import { named, nullable, ref, shapeOf } from './shape.js';
import { SourcePlaceSchema } from './source-place.js';
import { SpanSchema } from './span.js';

const offset = () => Type.Integer({ minimum: 0 });

export const WhySchema = shapeOf<Why>()(
  Type.Object(
    {
      terms: Type.Array(Type.String(), { description: '条款中出现的检索词' }),
      synonyms: Type.Array(Type.String(), { description: '所用的同义词' }),
      cosine: Type.Number({ description: '与最佳段落的余弦，−1 至 1' }),
      bm25: Type.Number({ description: '检索词的 BM25 得分' }),
      reranked: nullable(
        Type.Object(
          {
            model: Type.String({ description: '重排模型' }),
            score: Type.Number({ minimum: 0, maximum: 1 }),
          },
          { additionalProperties: false, description: '交叉编码模型的打分；未用重排或未及此条为 null' },
        ),
      ),
    },
    named('Why', '命中的理由'),
  ),
);

export const HitSchema = shapeOf<Hit>()(
  Type.Object(
    {
      clauseId: Type.String(),
      documentId: Type.String(),
      label: Type.String(),
      locator: Type.String(),
      headingPath: Type.Array(Type.String()),
      text: Type.String({ description: '条款逐字原文' }),
      span: ref(SpanSchema),
      passage: Type.Object(
        { start: offset(), end: offset(), text: Type.String() },
        { additionalProperties: false, description: '最相符的句子' },
      ),
      source: ref(SourcePlaceSchema),
      citation: Type.String({ description: '引注' }),
      score: Type.Number({ description: '只在同一答案内可比' }),
      why: ref(WhySchema),
      document: ref(DocumentRefSchema),
    },
    named('Hit', '一条作答的条款'),
  ),
);

const strings = (description: string) => Type.Array(Type.String(), { description });

export const UnderstoodSchema = shapeOf<Understood>()(
  Type.Object(
    {
      query: Type.String({ description: '所输入的' }),
      topic: Type.String({ description: '去掉运算符、地名和提问框架（各地对……有什么要求）后的主题' }),
      places: Type.Array(
        Type.Object(
          { name: Type.String(), divisions: Type.Array(ref(JurisdictionSchema)) },
          { additionalProperties: false },
        ),
        { description: '作为筛选条件的地名；literal=true 时不识别' },
      ),
      intents: Type.Array(Type.Enum(['figure', 'unit', 'deadline'] as const), {
        description: '所问的是数字、责任单位还是时限；含有的条款优先',
      }),
      phrases: strings('须逐字出现的短语（"引号"）'),
      excluded: strings('不得出现的词（-词）'),
      together: Type.Array(
        Type.Object(
          { scope: Type.Enum(['sentence', 'paragraph'] as const), words: Type.Array(Type.String()) },
          { additionalProperties: false },
        ),
        { description: '须同句或同段出现的词（同句(…)、同段(…)）' },
      ),
      fields: Type.Array(
        Type.Object({ field: Type.String(), value: Type.String() }, { additionalProperties: false }),
        { description: '字段条件（标题:、章节:、机关:、文号:、文种:、年份:）' },
      ),
      meanings: Type.Array(
        Type.Object({ topic: Type.String(), saying: Type.String() }, { additionalProperties: false }),
        { description: '口语可能指的正式主题及其所依据的相近说法，近者在前；可据以改问' },
      ),
    },
    named('Understood', '对检索词的理解'),
  ),
);

export const SearchAnswerSchema = shapeOf<SearchAnswer>()(
  Type.Object(
    { query: Type.String(), understood: ref(UnderstoodSchema), hits: Type.Array(ref(HitSchema)) },
    named('SearchAnswer', '检索结果'),
  ),
);
