/** An embedder that sees every text in one form: what differs in form only has the same vectors. */
import type { Embedder } from './embedder.js';

/** `form`: the same for passages and queries. Closing it closes the inner one. */
export function inOneForm(inner: Embedder, form: (text: string) => string): Embedder {
  return {
    identity: inner.identity,
    queryModel: inner.queryModel,
    maxTokens: inner.maxTokens,
    countTokens: (text) => inner.countTokens(form(text)),
    embedQuery: (text) => inner.embedQuery(form(text)),
    embedPassages: (texts, options) => inner.embedPassages(texts.map(form), options),
    close: () => inner.close(),
  };
}
