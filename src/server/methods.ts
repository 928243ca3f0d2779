/** Tells a path that exists, but not for this method (405, with those that it has), from one that does not exist (404). */
import findMyWay, { type HTTPMethod } from 'find-my-way';
import type { FastifyInstance } from 'fastify';
import { TiaowenError } from '../model/errors.js';
import { pathOf } from './problem.js';

/** As Fastify's router has them: one path, any number of methods. */
const ANY: HTTPMethod = 'GET';

/**
 * Call it before the routes are made, and after the guard: who may not ask is told nothing of what there is. Refused before the body is
 * read. `isPage`: whether a path without a route is answered with the page, for GET and HEAD.
 */
export function refuseOtherMethods(
  app: FastifyInstance,
  options: { readonly maxParamLength: number; readonly isPage: (path: string) => boolean },
): void {
  const paths = findMyWay({ maxParamLength: options.maxParamLength });
  const methods = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    let own = methods.get(url);
    if (own === undefined) {
      methods.set(url, (own = new Set()));
      paths.on(ANY, url, () => undefined, own);
    }
    for (const one of [method].flat()) own.add(one);
  });
  app.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return;
    const path = pathOf(request);
    const found = paths.find(ANY, path)?.store as Set<string> | undefined;
    const allowed = found ?? (options.isPage(path) ? new Set(['GET', 'HEAD']) : null);
    if (allowed === null || allowed.has(request.method)) return;
    const names = [...allowed].sort().join(', ');
    reply.header('allow', names);
    throw new TiaowenError('method-not-allowed', `${path} 不接受 ${request.method}，只接受 ${names}。`);
  });
}
