/** The compiler is the test: a schema that differs from its type does not compile (npm run typecheck). */
import { Type } from 'typebox';
import { expect, it } from 'vitest';
import type { Span } from '../../src/model/span.js';
import { ref, shapeOf } from '../../src/server/schemas/shape.js';

const start = Type.Integer();
const end = Type.Integer();

it('takes a schema of exactly the fields of its type', () => {
  expect(shapeOf<Span>()(Type.Object({ start, end }))).toMatchObject({ required: ['start', 'end'] });
  // @ts-expect-error a field too few
  shapeOf<Span>()(Type.Object({ start }));
  // @ts-expect-error a field too many
  shapeOf<Span>()(Type.Object({ start, end, length: end }));
  // @ts-expect-error another type
  shapeOf<Span>()(Type.Object({ start, end: Type.String() }));
  // @ts-expect-error null where the type has none
  shapeOf<Span>()(Type.Object({ start, end: Type.Union([end, Type.Null()]) }));
});

it('refers only to schemas that have a name', () => {
  expect(() => ref(Type.Object({ start }))).toThrow(RangeError);
});
