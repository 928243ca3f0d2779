/** Listening and stopping. */
import { EventEmitter } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { buildApp } from '../../src/server/app.js';
import { listen } from '../../src/server/listen.js';
import { SAME_SIGNAL_MS, stopOnSignals, type SignalSource } from '../../src/server/shutdown.js';
import { StubKnowledgeBase } from './stub-knowledge-base.js';

class Signals extends EventEmitter implements SignalSource {
  readonly exits: number[] = [];
  exit(code: number): void {
    this.exits.push(code);
  }
}

async function build(knowledgeBase = new StubKnowledgeBase()) {
  const app = await buildApp({ knowledgeBase });
  onTestFinished(() => app.close());
  return app;
}

it('gives the address to open', async () => {
  const address = await listen(await build(), { host: '127.0.0.1', port: 0 });
  expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
});

it('names a port that is taken, and the way out', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => other.once('listening', resolve));
  onTestFinished(() => void other.close());
  const { port } = other.address() as AddressInfo;
  await expect(listen(await build(), { host: '127.0.0.1', port })).rejects.toMatchObject({
    code: 'port-in-use',
    message: expect.stringMatching(new RegExp(`端口 ${port} .*--port`)),
  });
});

it('names a host that is not of this machine', async () => {
  await expect(listen(await build(), { host: '127.0.0.1.invalid', port: 0 })).rejects.toMatchObject({
    code: 'config-invalid',
    message: expect.stringContaining('TIAOWEN_HOST'),
  });
});

it('finishes what was begun before it stops', async () => {
  const knowledgeBase = new StubKnowledgeBase();
  const answer = knowledgeBase.search.bind(knowledgeBase);
  knowledgeBase.search = async (query) => {
    await wait(150);
    return answer(query);
  };
  const app = await build(knowledgeBase);
  const address = await listen(app, { host: '127.0.0.1', port: 0 });
  const signals = new Signals();
  const stopped = stopOnSignals(app, {}, signals);
  const running = fetch(`${address}/api/search?q=x`);
  await wait(50);
  signals.emit('SIGTERM');
  expect((await running).status).toBe(200);
  const answered = Date.now();
  await stopped;
  expect(Date.now() - answered).toBeLessThan(1000);
  await expect(fetch(`${address}/healthz`)).rejects.toThrow();
  expect(signals.exits).toEqual([]);
  expect(signals.listenerCount('SIGTERM') + signals.listenerCount('SIGINT')).toBe(0);
});

it('does not wait for ever, and exits at once at the second signal', async () => {
  const knowledgeBase = new StubKnowledgeBase();
  knowledgeBase.search = () => new Promise(() => undefined);
  const app = await build(knowledgeBase);
  const address = await listen(app, { host: '127.0.0.1', port: 0 });
  const signals = new Signals();
  const stopped = stopOnSignals(app, { graceMs: 900 }, signals);
  const hanging = fetch(`${address}/api/search?q=x`).catch((error: unknown) => error);
  await wait(50);
  signals.emit('SIGINT');
  // npm hands the same Ctrl-C on.
  signals.emit('SIGINT');
  expect(signals.exits).toEqual([]);
  await wait(SAME_SIGNAL_MS + 50);
  signals.emit('SIGINT');
  expect(signals.exits).toEqual([130]);
  await stopped;
  expect(await hanging).toBeInstanceOf(TypeError);
});
