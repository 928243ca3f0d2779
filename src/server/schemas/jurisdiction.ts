/** A division of GB/T 2260, and those that the index holds. */
import { Type } from 'typebox';
import type { Jurisdiction } from '../../model/jurisdiction.js';
import type { Status } from '../../knowledge-base.js';
import { named, nullable, ref, shapeOf } from './shape.js';

export const JurisdictionSchema = shapeOf<Jurisdiction>()(
  Type.Object(
    {
      code: Type.String({ description: 'GB/T 2260 代码' }),
      level: Type.Enum(['country', 'province', 'city', 'district'] as const),
      province: nullable(Type.String()),
      city: nullable(Type.String()),
      district: nullable(Type.String()),
      name: Type.String({ description: '读者所用的名称，如“天津市武清区”' }),
    },
    named('Jurisdiction', '行政区划'),
  ),
);

export const HeldJurisdictionSchema = shapeOf<Status['jurisdictions'][number]>()(
  Type.Object(
    { jurisdiction: ref(JurisdictionSchema), documents: Type.Integer({ minimum: 0 }) },
    named('HeldJurisdiction', '已收录文件的地区及其文件数'),
  ),
);
