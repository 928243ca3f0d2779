/** GET /api/compare: one row per jurisdiction, one cell per topic. */
import type { KnowledgeBase } from '../../knowledge-base.js';
import { ComparisonSchema } from '../schemas/comparison.js';
import { CompareParameters } from '../schemas/parameters.js';
import { commonProblems, notFound } from '../schemas/problem.js';
import { ref } from '../schemas/shape.js';
import { filterOf, type App } from './api.js';

export function compareRoutes(app: App, knowledgeBase: KnowledgeBase): void {
  app.get(
    '/api/compare',
    {
      schema: {
        summary: '各地比较',
        tags: ['检索'],
        querystring: CompareParameters,
        response: { 200: ref(ComparisonSchema), ...notFound, ...commonProblems },
      },
    },
    async ({ query }) => {
      const { q, perCell, templates, literal } = query;
      return knowledgeBase.compare(q, {
        ...filterOf(query),
        ...(perCell !== undefined && { perCell }),
        ...(templates !== undefined && { templates }),
        ...(literal !== undefined && { literal }),
      });
    },
  );
}
