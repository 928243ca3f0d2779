/** What was doubted about a file. */
import { Type } from 'typebox';
import type { Diagnostic } from '../../model/diagnostic.js';
import { named, nullable, ref, shapeOf } from './shape.js';
import { SpanSchema } from './span.js';

export const DiagnosticSchema = shapeOf<Diagnostic>()(
  Type.Object(
    {
      code: Type.String(),
      severity: Type.Enum(['info', 'warning', 'error'] as const),
      message: Type.String(),
      span: nullable(ref(SpanSchema)),
    },
    named('Diagnostic', '解析时的疑点；span 指解码后的源文件'),
  ),
);
