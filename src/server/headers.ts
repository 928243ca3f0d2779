/** Security headers of every answer. */
import type { FastifyInstance } from 'fastify';
import { pathOf } from './problem.js';

/** Our own page: everything from this server, nothing inline, nowhere to send data to. */
export const PAGE_CSP = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** swagger-ui sets styles inline. */
export const DOCS_CSP = PAGE_CSP.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'");

export function addSecurityHeaders(app: FastifyInstance): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({
      'content-security-policy': PAGE_CSP,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
    });
  });
  app.addHook('onSend', async (request, reply) => {
    // Vite puts a hash of the content into the names of assets; all else follows the index, which may change at any time.
    const forEver = reply.statusCode === 200 && pathOf(request).startsWith('/assets/');
    reply.header('cache-control', forEver ? 'public, max-age=31536000, immutable' : 'no-cache');
  });
}
