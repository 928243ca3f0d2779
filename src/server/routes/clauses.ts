/** GET /api/clauses/:id and its citation. */
import { Type } from 'typebox';
import type { KnowledgeBase } from '../../knowledge-base.js';
import { CITATION_STYLES } from '../../model/citation.js';
import { ClauseViewSchema } from '../schemas/clause.js';
import { CitationParameters, IdParameters, NoParameters } from '../schemas/parameters.js';
import { commonProblems, notFound } from '../schemas/problem.js';
import { ref } from '../schemas/shape.js';
import type { App } from './api.js';

const Citation = Type.Object(
  {
    clauseId: Type.String(),
    style: Type.Enum([...CITATION_STYLES]),
    citation: Type.String({ description: '引注文字；csl-json 时为 JSON 文本' }),
  },
  { additionalProperties: false },
);

export function clauseRoutes(app: App, knowledgeBase: KnowledgeBase): void {
  app.get(
    '/api/clauses/:id',
    {
      schema: {
        summary: '一条条款及其前后条款',
        tags: ['文件'],
        params: IdParameters,
        querystring: NoParameters,
        response: { 200: ref(ClauseViewSchema), ...commonProblems, ...notFound },
      },
    },
    async ({ params }) => knowledgeBase.clause(params.id),
  );

  app.get(
    '/api/clauses/:id/citation',
    {
      schema: {
        summary: '一条条款的引注',
        tags: ['文件'],
        params: IdParameters,
        querystring: CitationParameters,
        response: { 200: Citation, ...commonProblems, ...notFound },
      },
    },
    async ({ params: { id }, query: { style = 'gbt7714' } }) => ({
      clauseId: id,
      style,
      citation: knowledgeBase.citation(id, style),
    }),
  );
}
