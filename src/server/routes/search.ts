/** GET /api/search: clauses for a query. */
import type { KnowledgeBase } from '../../knowledge-base.js';
import { SearchAnswerSchema } from '../schemas/hit.js';
import { SearchParameters } from '../schemas/parameters.js';
import { commonProblems, notFound } from '../schemas/problem.js';
import { ref } from '../schemas/shape.js';
import { filterOf, type App } from './api.js';

export function searchRoutes(app: App, knowledgeBase: KnowledgeBase): void {
  app.get(
    '/api/search',
    {
      schema: {
        summary: '检索条款',
        tags: ['检索'],
        querystring: SearchParameters,
        response: { 200: ref(SearchAnswerSchema), ...notFound, ...commonProblems },
      },
    },
    async ({ query }) => {
      const { q, limit, literal } = query;
      return knowledgeBase.search(q, {
        ...filterOf(query),
        ...(limit !== undefined && { limit }),
        ...(literal !== undefined && { literal }),
      });
    },
  );
}
