/** Ties a TypeBox schema to the type it describes: the compiler refuses a schema that lacks a field or has one too many. */
import { Type, type Static, type TSchema, type TUnsafe } from 'typebox';

type DeepReadonly<T> = T extends readonly (infer U)[]
  ? readonly DeepReadonly<U>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T;

/** `Mismatch` holds both types, so that the compiler's message shows where they differ. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? unknown : Mismatch<A, B>) : Mismatch<A, B>;
interface Mismatch<A, B> {
  readonly schemaSays: A;
  readonly modelSays: B;
}

/** `shapeOf<Hit>()(Type.Object({ … }))`: the schema, with `Hit` as its static type. */
export function shapeOf<T>() {
  return <S extends TSchema>(schema: S & Same<DeepReadonly<Static<S>>, DeepReadonly<T>>): TUnsafe<T> =>
    Type.Unsafe<T>(schema);
}

/** A reference to a schema that buildApp adds by its `$id`; it becomes a component of the OpenAPI document. */
export function ref<S extends TSchema & { $id?: string }>(schema: S): TUnsafe<Static<S>> {
  if (!schema.$id) throw new RangeError('a referenced schema needs an $id');
  return Type.Unsafe<Static<S>>({ $ref: `${schema.$id}#` });
}

export function nullable<S extends TSchema>(schema: S) {
  return Type.Union([schema, Type.Null()]);
}

/** Options of every object that is answered: nothing beyond its fields. */
export function named($id: string, description: string) {
  return { $id, description, additionalProperties: false } as const;
}
