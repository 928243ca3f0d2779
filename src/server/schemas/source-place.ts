/** Where a clause stands in its file. */
import { Type } from 'typebox';
import type { SourcePlace } from '../../model/answer.js';
import type { PagePlace } from '../../model/source-map.js';
import { named, nullable, shapeOf } from './shape.js';

const offset = () => Type.Integer({ minimum: 0 });

/** Fields of SourcePlace; that of a clause has more. */
export const placeFields = {
  start: offset(),
  end: offset(),
  file: Type.String({ description: '源文件路径，相对语料目录' }),
  page: nullable(Type.Integer({ minimum: 1, description: '起始页，从 1 数起；不分页的格式为 null' })),
};

export const SourcePlaceSchema = shapeOf<SourcePlace>()(
  Type.Object(placeFields, named('SourcePlace', '在解码后源文件中的位置')),
);

export const PagePlaceSchema = shapeOf<PagePlace>()(
  Type.Object(
    {
      start: offset(),
      end: offset(),
      page: Type.Integer({ minimum: 1 }),
      box: Type.Tuple([Type.Number(), Type.Number(), Type.Number(), Type.Number()], {
        description: '左、上、右、下，自页面左上角起，以点（1/72 英寸）计',
      }),
    },
    named('PagePlace', '一个印刷行：在解码后源文件中的位置和在页面上的位置'),
  ),
);
