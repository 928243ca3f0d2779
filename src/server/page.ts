/** The page at /: the files that Vite built, or a word on how to build them. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';
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

export function isPagePath(path: string): boolean {
  return !NOT_OF_THE_PAGE.test(path);
}

export async function servePage(app: FastifyInstance, folder: string | null): Promise<void> {
  const built = folder !== null && existsSync(join(folder, 'index.html'));
  if (built) {
    // A route per file that is there now, none for a path: what is built later is served after a restart.
    await app.register(fastifyStatic, {
      root: folder,
      cacheControl: false,
      dotfiles: 'ignore',
      wildcard: false,
    });
  } else {
    app.get('/', { schema: { hide: true } }, (_request, reply) => sendNotBuilt(reply));
  }
  app.setNotFoundHandler((request, reply) => {
    if (!isPagePath(pathOf(request))) return answerUnknownRoute(request, reply);
    return built ? reply.sendFile('index.html') : sendNotBuilt(reply);
  });
}

function sendNotBuilt(reply: FastifyReply): FastifyReply {
  return reply.code(200).type('text/html; charset=utf-8').send(NOT_BUILT);
}
