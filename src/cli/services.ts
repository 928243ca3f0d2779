/** The real services, each imported when first used. */
import { createHash } from 'node:crypto';
import type { Services } from './context.js';

export const services: Services = {
  openKnowledgeBase: async (config) => (await import('../open.js')).openKnowledgeBase(config),
  openIntake: async (config) => (await import('../open.js')).openIntake(config),
  runIngest: async (config, options) => (await import('../open.js')).runIngest(config, options),
  addSource: async (corpus, url, options) =>
    (await import('../add-source.js')).addSource(corpus, url, options),
  checkIndex: async (config, options) => (await import('../open.js')).checkIndex(config, options),
  repairIndex: async (config, options) => (await import('../open.js')).repairIndex(config, options),
  backupIndex: async (config, file) => (await import('../open.js')).backupIndex(config, file),
  parseFile: async (bytes, name, folder) => {
    const [{ parseFile }, { readHints }] = await Promise.all([
      import('../parse/parse-file.js'),
      import('../sidecar.js'),
    ]);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    return parseFile(bytes, name, await readHints(folder, name, sha256));
  },
};
