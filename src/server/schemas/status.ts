/** Counts, model and generation of the index. */
import { Type } from 'typebox';
import type { ModelIdentity } from '../../embed/embedder.js';
import type { Status } from '../../knowledge-base.js';
import { HeldJurisdictionSchema } from './jurisdiction.js';
import { named, nullable, ref, shapeOf } from './shape.js';

const count = () => Type.Integer({ minimum: 0 });

export const ModelSchema = shapeOf<ModelIdentity>()(
  Type.Object(
    {
      name: Type.String(),
      sha256: Type.String(),
      dimension: Type.Integer({ minimum: 1 }),
      tokenDimension: nullable(Type.Integer({ minimum: 1 })),
      pooling: Type.Enum(['cls', 'mean'] as const),
      queryPrefix: Type.String(),
    },
    named('Model', '建立索引所用的向量模型'),
  ),
);

export const StatusSchema = shapeOf<Status>()(
  Type.Object(
    {
      formatVersion: count(),
      generation: count(),
      model: nullable(ref(ModelSchema)),
      files: count(),
      unreadable: count(),
      documents: count(),
      clauses: count(),
      passages: count(),
      jurisdictions: Type.Array(ref(HeldJurisdictionSchema)),
    },
    named('Status', '索引概况'),
  ),
);
