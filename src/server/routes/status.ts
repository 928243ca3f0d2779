/** GET /api/status, /api/jurisdictions and /healthz. */
import { Type } from 'typebox';
import type { KnowledgeBase } from '../../knowledge-base.js';
import { HeldJurisdictionSchema } from '../schemas/jurisdiction.js';
import { NoParameters } from '../schemas/parameters.js';
import { commonProblems } from '../schemas/problem.js';
import { ref } from '../schemas/shape.js';
import { StatusSchema } from '../schemas/status.js';
import type { App } from './api.js';

/** Liveness needs neither token nor index. */
const { 400: invalid, 403: origin, 405: method, 421: host, 429: often } = commonProblems;

const strict = { additionalProperties: false };

export function statusRoutes(app: App, knowledgeBase: KnowledgeBase): void {
  app.get(
    '/api/status',
    {
      schema: {
        summary: '索引概况：数量、模型、世代',
        tags: ['概况'],
        querystring: NoParameters,
        response: { 200: ref(StatusSchema), ...commonProblems },
      },
    },
    async () => knowledgeBase.status(),
  );

  app.get(
    '/api/jurisdictions',
    {
      schema: {
        summary: '已收录的地区',
        tags: ['概况'],
        querystring: NoParameters,
        response: {
          200: Type.Object({ jurisdictions: Type.Array(ref(HeldJurisdictionSchema)) }, strict),
          ...commonProblems,
        },
      },
    },
    async () => ({ jurisdictions: [...knowledgeBase.status().jurisdictions] }),
  );

  app.get(
    '/healthz',
    {
      schema: {
        summary: '进程是否在运行',
        tags: ['概况'],
        response: {
          200: Type.Object({ status: Type.Literal('ok') }, strict),
          ...{ 400: invalid, 403: origin, 405: method, 421: host, 429: often },
        },
      },
      logLevel: 'warn',
    },
    async () => ({ status: 'ok' as const }),
  );
}
