/** Serves until a signal. Apart from the commands that do it, so that the others need not load an HTTP server. */
import { join } from 'node:path';
import { pino } from 'pino';
import { PACKAGE_ROOT, type Config } from '../config.js';
import { buildApp } from '../server/app.js';
import { listen } from '../server/listen.js';
import { stopOnSignals } from '../server/shutdown.js';
import { collectEarly } from './collect-early.js';
import type { Context } from './context.js';

/** Returns once the server was stopped by a signal. */
export async function serveUntilStopped({ terminal, services }: Context, config: Config): Promise<void> {
  collectEarly();
  const { host, port, token, maxUpload } = config;
  const logger = pino(
    { level: 'info', base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
  const knowledgeBase = await services.openKnowledgeBase(config);
  const intake = await services.openIntake(config);
  try {
    await knowledgeBase.ready();
    const webFolder = join(PACKAGE_ROOT, 'dist', 'web');
    const app = await buildApp({
      knowledgeBase,
      intake,
      maxUploadBytes: maxUpload * 1024 * 1024,
      webFolder,
      logger,
      host,
      token,
    });
    const address = await listen(app, { host, port });
    const stopped = stopOnSignals(app, {
      onStopping: () => terminal.err('正在停止：等待已接受的请求完成……\n'),
    });
    terminal.out(`条文已就绪：${address}\n`);
    terminal.err('按 Ctrl-C 停止。\n');
    await stopped;
  } finally {
    await intake.close();
    await knowledgeBase.close();
  }
}
