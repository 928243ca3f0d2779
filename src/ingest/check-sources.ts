/** Whether the source files are still those that the index was made of. */
import { readSource } from './read-source.js';
import type { Finding, IndexReader, OnProgress } from '../store/store.js';

/** A file that is new in the corpus is no finding: it is not in the index. `paths`: what the corpus holds. Progress is told in files. */
export async function checkSources(
  store: IndexReader,
  corpus: string,
  paths: readonly string[],
  onProgress?: OnProgress,
): Promise<Finding[]> {
  const present = new Set(paths);
  const findings: Finding[] = [];
  const files = store.files();
  for (const [i, { path, sha256 }] of files.entries()) {
    onProgress?.(i, files.length);
    if (!present.has(path)) {
      const message = '源文件已不在语料目录中；下次 ingest 时移出索引。';
      findings.push({ code: 'source-missing', message, subject: path });
      continue;
    }
    const source = await readSource(corpus, path);
    if ('bytes' in source && source.sha256 === sha256) continue;
    // One that could not be read then and cannot be read now is as it was.
    if ('error' in source && sha256 === '') continue;
    const message = '源文件在建立索引后有改动；下次 ingest 时更新。';
    findings.push({ code: 'source-changed', message, subject: path });
  }
  onProgress?.(files.length, files.length);
  return findings;
}
