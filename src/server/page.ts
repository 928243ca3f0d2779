/** The page at /: the files that Vite built, or a word on how to build them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerUnknownRoute, pathOf } from './problem.js';

/** Addresses of the page's own state (/documents/…) are answered with the page; these are not of the page. */
const NOT_OF_THE_PAGE = /^\/(api|docs|assets|healthz|openapi\.json)(\/|$)/;

const NOT_BUILT = `<!doctype html>
<html lang="zh-CN">
<meta charset="utf-8">
<title>条文</title>
<h1>页面尚未构建</h1>
<p>接口可用：见 <a href="/docs">/docs</a>。要构建页面，请在程序目录运行 <code>npm run build</code>，然后重新启动。</p>
</html>
`;

export async function servePage(app: FastifyInstance, folder: string | null): Promise<void> {
  const built = folder !== null && existsSync(join(folder, 'index.html'));
  if (built) {
    await app.register(fastifyStatic, { root: folder, cacheControl: false, dotfiles: 'ignore' });
  } else {
    app.get('/', { schema: { hide: true } }, (_request, reply) => sendNotBuilt(reply));
  }
  app.setNotFoundHandler((request, reply) => {
    if (!isPageAddress(request)) return answerUnknownRoute(request, reply);
    return built ? reply.sendFile('index.html') : sendNotBuilt(reply);
  });
}

function isPageAddress(request: FastifyRequest): boolean {
  return ['GET', 'HEAD'].includes(request.method) && !NOT_OF_THE_PAGE.test(pathOf(request));
}

function sendNotBuilt(reply: FastifyReply): FastifyReply {
  return reply.code(200).type('text/html; charset=utf-8').send(NOT_BUILT);
}
