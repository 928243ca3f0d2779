/** POST /api/documents: takes one file in. GET /api/upload: what it takes. */
import multipart from '@fastify/multipart';
import type { SwaggerTransform } from '@fastify/swagger';
import type { Intake } from '../../intake.js';
import type { KnowledgeBase } from '../../knowledge-base.js';
import { TiaowenError } from '../../model/errors.js';
import { readUpload } from '../read-upload.js';
import { NoParameters } from '../schemas/parameters.js';
import { commonProblems, uploadProblems } from '../schemas/problem.js';
import { ref } from '../schemas/shape.js';
import { UploadedSchema, UploadLimitsSchema } from '../schemas/uploaded.js';
import type { App } from './api.js';

/** Read at one time: each is held in memory whole. */
const MOST_UPLOADS = 8;

/** For the OpenAPI document only: the body is a stream, of which a validator would see nothing. */
const withBody: SwaggerTransform = ({ schema, url }) => ({
  schema: {
    ...schema,
    consumes: ['multipart/form-data'],
    body: {
      type: 'object',
      properties: { file: { type: 'string', format: 'binary', description: '一个文件，文件名须带扩展名' } },
      required: ['file'],
    },
  },
  url,
});

export async function uploadRoutes(
  app: App,
  knowledgeBase: KnowledgeBase,
  intake: Intake,
  maxBytes: number,
): Promise<void> {
  await app.register(multipart);
  app.get(
    '/api/upload',
    {
      schema: {
        summary: '收录文件的限度',
        description: '供上传之前检查；不收录文件的服务没有这一地址。',
        tags: ['文件'],
        querystring: NoParameters,
        response: { 200: ref(UploadLimitsSchema), ...commonProblems },
      },
    },
    async () => ({ maxBytes }),
  );

  let reading = 0;
  app.post(
    '/api/documents',
    {
      config: { swaggerTransform: withBody },
      schema: {
        summary: '收录一个文件',
        description:
          '文件先存入语料目录，再收入索引；内容相同的文件已在语料中时，给出已收录的。不能读出的文件不保存。',
        tags: ['文件'],
        querystring: NoParameters,
        response: {
          200: ref(UploadedSchema),
          201: ref(UploadedSchema),
          ...commonProblems,
          ...uploadProblems,
        },
      },
    },
    async (request, reply) => {
      if (reading >= MOST_UPLOADS) {
        throw new TiaowenError('overloaded', `已有 ${reading} 份文件正在上传。请稍后重试。`, {
          retryAfter: 5,
        });
      }
      reading++;
      try {
        const { name, bytes } = await readUpload(request, maxBytes);
        // Nothing is sent while the file is embedded, which may take longer than an idle connection is kept.
        reply.raw.setTimeout(0, () => undefined);
        const { outcome, path } = await intake.add(name, bytes);
        return await reply.code(outcome === 'added' ? 201 : 200).send(describe(outcome, path));
      } finally {
        reading--;
      }
    },
  );

  function describe(outcome: 'added' | 'same-bytes', path: string) {
    const documents = knowledgeBase.documents().filter(({ file }) => file === path);
    const file = knowledgeBase.files().find((each) => each.path === path);
    const diagnostics = [
      ...(file?.diagnostics ?? []),
      ...documents.flatMap(({ id }) => knowledgeBase.document(id).diagnostics),
    ];
    return { outcome, path, documents, diagnostics };
  }
}
