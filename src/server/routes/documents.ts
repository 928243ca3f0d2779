/** GET /api/documents and /api/documents/:id. */
import type { KnowledgeBase } from '../../knowledge-base.js';
import type { SourceFile } from '../../model/document.js';
import { DocumentViewSchema } from '../schemas/document-view.js';
import { DocumentsParameters, IdParameters, NoParameters } from '../schemas/parameters.js';
import { commonProblems, notFound } from '../schemas/problem.js';
import { ref } from '../schemas/shape.js';
import { DocumentListSchema, type ListedFile } from '../schemas/source-file.js';
import { filterOf, type App } from './api.js';

/** The noise of a thousand files would outweigh the list. */
function listed(file: SourceFile): ListedFile {
  const { path, sha256, bytes, mediaType, encoding, url, retrieved, state, diagnostics } = file;
  return { path, sha256, bytes, mediaType, encoding, url, retrieved, state, diagnostics };
}

export function documentRoutes(app: App, knowledgeBase: KnowledgeBase): void {
  app.get(
    '/api/documents',
    {
      schema: {
        summary: '已收录的文件',
        tags: ['文件'],
        querystring: DocumentsParameters,
        response: { 200: ref(DocumentListSchema), ...notFound, ...commonProblems },
      },
    },
    async ({ query }) => ({
      documents: knowledgeBase.documents(filterOf(query)),
      files: knowledgeBase.files().map(listed),
    }),
  );

  app.get(
    '/api/documents/:id',
    {
      schema: {
        summary: '一份文件的全文、目录与条款',
        tags: ['文件'],
        params: IdParameters,
        querystring: NoParameters,
        response: { 200: ref(DocumentViewSchema), ...commonProblems, ...notFound },
      },
    },
    async ({ params }) => knowledgeBase.document(params.id),
  );
}
