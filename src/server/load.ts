/** Bounds the work that waits, so that an answer is either soon or at once a word on when to ask again. */
import type { FastifyInstance } from 'fastify';
import { TiaowenError } from '../model/errors.js';
import { pathOf } from './problem.js';

/**
 * More than `pending` requests of the API at a time are answered `overloaded`. Answers are computed one after the other, so what
 * is pending bounds both the wait and the memory. Counted until the answer is made, not until the client has it: one that
 * closes its connection early does not free a place while its work goes on.
 */
export function limitLoad(app: FastifyInstance, { pending }: { readonly pending: number }): void {
  const inWork = new WeakSet<object>();
  let count = 0;
  app.addHook('preHandler', async (request) => {
    if (!pathOf(request).startsWith('/api/')) return;
    if (count >= pending) {
      throw new TiaowenError('overloaded', '服务繁忙：正在处理的请求过多。请稍后重试。', { retryAfter: 1 });
    }
    count++;
    inWork.add(request);
  });
  app.addHook('onSend', async (request) => {
    if (inWork.delete(request)) count--;
  });
}
