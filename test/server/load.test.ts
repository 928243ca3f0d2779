/** How much may wait, and what is said to the rest. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { buildApp } from '../../src/server/app.js';
import { StubKnowledgeBase } from './stub-knowledge-base.js';

/** Holds every search until it is let go. */
class SlowKnowledgeBase extends StubKnowledgeBase {
  readonly #waiting: (() => void)[] = [];

  override async search(...asked: Parameters<StubKnowledgeBase['search']>) {
    await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return super.search(...asked);
  }

  get waiting(): number {
    return this.#waiting.length;
  }

  letGo(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

async function build(maxPending: number) {
  const knowledgeBase = new SlowKnowledgeBase();
  const app = await buildApp({ knowledgeBase, maxPending });
  onTestFinished(() => app.close());
  return { app, knowledgeBase };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 1));
}

describe('limitLoad', () => {
  it('answers what is over the limit at once, with Retry-After, and the others when they are done', async () => {
    const { app, knowledgeBase } = await build(3);
    const asked = Array.from({ length: 3 }, () => app.inject('/api/search?q=x'));
    await until(() => knowledgeBase.waiting === 3);
    const refused = await app.inject('/api/search?q=x');
    expect(refused.statusCode).toBe(503);
    expect(refused.headers['retry-after']).toBe('1');
    expect(refused.json<{ code: string }>().code).toBe('overloaded');
    expect((await app.inject('/healthz')).statusCode).toBe(200);
    knowledgeBase.letGo();
    for (const answer of await Promise.all(asked)) expect(answer.statusCode).toBe(200);
  });

  it('frees the place of every answer, errors included', async () => {
    const { app, knowledgeBase } = await build(2);
    for (let i = 0; i < 5; i++) {
      expect((await app.inject('/api/clauses/none')).statusCode).toBe(404);
      expect((await app.inject('/api/unknown')).statusCode).toBe(404);
      expect((await app.inject('/api/search')).statusCode).toBe(400);
    }
    knowledgeBase.failure = new Error('broken');
    for (let i = 0; i < 5; i++) {
      const answer = app.inject('/api/search?q=x');
      await until(() => knowledgeBase.waiting === 1);
      knowledgeBase.letGo();
      expect((await answer).statusCode).toBe(500);
    }
    knowledgeBase.failure = null;
    const last = app.inject('/api/search?q=x');
    await until(() => knowledgeBase.waiting === 1);
    knowledgeBase.letGo();
    expect((await last).statusCode).toBe(200);
  });
});
