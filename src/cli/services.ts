/** The real services, each imported when first used. */
import type { Services } from './context.js';

export const services: Services = {
  openKnowledgeBase: async (config) => (await import('../open.js')).openKnowledgeBase(config),
  runIngest: async (config, options) => (await import('../open.js')).runIngest(config, options),
  addSource: async (corpus, url, options) =>
    (await import('../add-source.js')).addSource(corpus, url, options),
  checkIndex: async (config) => (await import('../open.js')).checkIndex(config),
  repairIndex: async (config, options) => (await import('../open.js')).repairIndex(config, options),
  backupIndex: async (config, file) => (await import('../open.js')).backupIndex(config, file),
  parseFile: async (bytes, path) => (await import('../parse/parse-file.js')).parseFile(bytes, path),
};
