/** The shapes of the suites' files, checked when they are read. */
import { Type, type Static, type TSchema } from 'typebox';
import { Value } from 'typebox/value';

const Grade = Type.Union([Type.Literal(1), Type.Literal(2)]);
const topic = <T extends TSchema>(gold: T) =>
  Type.Object({
    id: Type.String(),
    query: Type.String(),
    style: Type.String(),
    gold: Type.Record(Type.String(), Type.Array(gold)),
  });
const ByQuote = topic(Type.Object({ quote: Type.String(), grade: Grade }));
const ByArticle = topic(Type.Object({ article: Type.String(), grade: Grade }));

const Everyday = Type.Object({
  document: Type.String(),
  question: Type.String(),
  judged: Type.Record(Type.String(), Type.Union([Type.Literal(0), Grade])),
});
const ClauseSayings = Type.Object({
  document: Type.String(),
  clause: Type.String(),
  topic: Type.String(),
  question: Type.String(),
  paraphrase: Type.String(),
  sayings: Type.Array(Type.String()),
  heldOut: Type.Optional(Type.Boolean()),
});
export type EverydayRow = Static<typeof Everyday>;
export type ClauseSayingsRow = Static<typeof ClauseSayings>;

function checked<T extends TSchema>(schema: T): (value: unknown) => Static<T> {
  return (value) => Value.Parse(schema, value);
}

export const z = {
  isOfRegulations: (value: unknown) => Value.Check(Type.Object({ families: Type.Object({}) }), value),
  plans: checked(Type.Object({ topics: Type.Array(ByQuote) })),
  regulations: checked(
    Type.Object({ families: Type.Record(Type.String(), Type.Object({ topics: Type.Array(ByArticle) })) }),
  ),
  regulationsElsewhere: checked(
    Type.Object({
      families: Type.Record(
        Type.String(),
        Type.Object({
          texts: Type.Array(Type.Object({ file: Type.String(), sha256: Type.String() })),
          topics: Type.Array(ByArticle),
        }),
      ),
    }),
  ),
  segmentation: checked(
    Type.Record(
      Type.String(),
      Type.Array(
        Type.Object({
          article: Type.String(),
          start: Type.Integer(),
          end: Type.Integer(),
          path: Type.Array(Type.String()),
        }),
      ),
    ),
  ),
  everyday: checked(Everyday),
  clauseSayings: checked(ClauseSayings),
  manifest: checked(
    Type.Object({
      files: Type.Array(
        Type.Object({ file: Type.String(), obtainedAs: Type.String(), sha256: Type.String() }),
      ),
    }),
  ),
};
