/** Districts side by side. */
import { Type } from 'typebox';
import type { Cell, Comparison, ComparisonRow } from '../../model/answer.js';
import { DocumentRefSchema } from './document.js';
import { HitSchema, UnderstoodSchema } from './hit.js';
import { JurisdictionSchema } from './jurisdiction.js';
import { named, nullable, ref, shapeOf } from './shape.js';

const count = () => Type.Integer({ minimum: 0 });

export const CellSchema = shapeOf<Cell>()(
  Type.Object(
    {
      topic: Type.String(),
      outcome: Type.Enum(['found', 'no-provision', 'not-covered', 'unreadable'] as const, {
        description:
          'found 有规定；no-provision 已收录文件，未见规定；not-covered 未收录该地文件；unreadable 文件未能解析',
      }),
      hits: Type.Array(ref(HitSchema)),
      answering: Type.Integer({
        minimum: 0,
        description: '作答的条款数：最好的一条，加上得分与之相近、可能也作答的各条；hits 为其中最好的几条',
      }),
      nearest: nullable(ref(HitSchema)),
      evidence: nullable(
        Type.Object({ score: Type.Number(), threshold: Type.Number() }, { additionalProperties: false }),
      ),
      searched: Type.Object({ documents: count(), clauses: count() }, { additionalProperties: false }),
    },
    named('Cell', '一地对一个主题的规定；nearest 是未见规定时最接近的条款，不作为答案'),
  ),
);

export const ComparisonRowSchema = shapeOf<ComparisonRow>()(
  Type.Object(
    {
      jurisdiction: nullable(ref(JurisdictionSchema)),
      documents: Type.Array(ref(DocumentRefSchema)),
      cells: Type.Array(ref(CellSchema)),
    },
    named('ComparisonRow', '一地一行；范本和地域未载明的文件各占一行，jurisdiction 为 null'),
  ),
);

export const ComparisonSchema = shapeOf<Comparison>()(
  Type.Object(
    {
      topics: Type.Array(Type.String()),
      understood: Type.Array(ref(UnderstoodSchema)),
      rows: Type.Array(ref(ComparisonRowSchema)),
    },
    named('Comparison', '各地比较'),
  ),
);
