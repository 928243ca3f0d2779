/** What every route file is given. */
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyInstance, RawServerDefault } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';

export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

/**
 * The parameters of a request without those that are undefined, as exactOptionalPropertyTypes wants them, with `jurisdiction`
 * (one word in an address) under the name that the knowledge base has for it.
 */
export function filterOf(query: {
  readonly jurisdiction?: string[];
  readonly kind?: string;
  readonly year?: number;
  readonly document?: string;
}) {
  const { jurisdiction, kind, year, document } = query;
  return {
    ...(jurisdiction && { jurisdictions: jurisdiction }),
    ...(kind !== undefined && { kind }),
    ...(year !== undefined && { year }),
    ...(document !== undefined && { document }),
  };
}
