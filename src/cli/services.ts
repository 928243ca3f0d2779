/** The real services, each imported when first used. */
import type { Services } from './context.js';

export const services: Services = {
  openKnowledgeBase: async (config) => (await import('../open.js')).openKnowledgeBase(config),
  runIngest: async (config, options) => (await import('../open.js')).runIngest(config, options),
  checkIndex: async (config) => (await import('../open.js')).checkIndex(config),
  parseFile: async (bytes, path) => (await import('../parse/parse-file.js')).parseFile(bytes, path),
};
