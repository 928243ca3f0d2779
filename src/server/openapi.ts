/** The OpenAPI document, made from the schemas of the routes alone, and its page with local assets. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { DOCS_CSP } from './headers.js';

/** Must come before the routes that it describes. */
export async function describeRoutes(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: '条文 Tiaowen',
        version,
        description:
          '中国政策文件的条款级知识库。每个答案都是逐字原文，附引注和位置。错误一律为 application/problem+json，以 code 区分。',
      },
      tags: [
        { name: '检索', description: '检索与各地比较' },
        { name: '文件', description: '文件、条款与引注' },
        { name: '概况', description: '收录范围与运行状态' },
      ],
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      // Only asked for where TIAOWEN_TOKEN is set: an empty requirement says that none may do.
      security: [{}, { token: [] }],
    },
    refResolver: {
      buildLocalReference: (schema, _base, _fragment, i) => String(schema['$id'] ?? `schema-${i}`),
    },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: DOCS_CSP,
    // null: no validator of another site is asked.
    uiConfig: { validatorUrl: null, deepLinking: true },
    theme: { title: '条文 Tiaowen 接口' },
  });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
}
