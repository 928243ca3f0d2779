/** GET /api/documents, /api/documents/:id and its original. */
import { Type } from 'typebox';
import type { KnowledgeBase, ListedFile } from '../../knowledge-base.js';
import type { SourceFile } from '../../model/document.js';
import { DocumentViewSchema } from '../schemas/document-view.js';
import { DocumentsParameters, IdParameters, NoParameters } from '../schemas/parameters.js';
import { commonProblems, notFound } from '../schemas/problem.js';
import { ref } from '../schemas/shape.js';
import { DocumentListSchema } from '../schemas/source-file.js';
import { originalHeaders } from '../original-headers.js';
import { filterOf, type App } from './api.js';

const Binary = {
  description: '文件内容；Content-Type 为其格式，Content-Disposition 给出文件名',
  content: { '*/*': { schema: Type.Unsafe<Buffer>({ type: 'string', format: 'binary' }) } },
};

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

  app.get(
    '/api/documents/:id/original',
    {
      schema: {
        summary: '一份文件的原件，与读入时逐字节相同',
        tags: ['文件'],
        params: IdParameters,
        querystring: NoParameters,
        response: { 200: Binary, ...commonProblems, ...notFound },
      },
    },
    async ({ params }, reply) => {
      const original = knowledgeBase.original(params.id);
      const { buffer, byteOffset, byteLength } = original.content;
      return reply.headers(originalHeaders(original)).send(Buffer.from(buffer, byteOffset, byteLength));
    },
  );
}
