/** Half-open range of text. */
import { Type } from 'typebox';
import type { Span } from '../../model/span.js';
import { named, shapeOf } from './shape.js';

const offset = (description: string) => Type.Integer({ minimum: 0, description });

export const SpanSchema = shapeOf<Span>()(
  Type.Object(
    { start: offset('含'), end: offset('不含') },
    named('Span', '半开区间 [start, end)，以 UTF-16 编码单元计'),
  ),
);
