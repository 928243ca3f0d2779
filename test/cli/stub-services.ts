/** Runs the CLI in this process with services made by hand; gives back what it wrote and its exit code. */
import type { Services } from '../../src/cli/context.js';
import { run } from '../../src/cli/run.js';
import type { IngestReport } from '../../src/ingest-report.js';
import { status, StubKnowledgeBase } from '../server/stub-knowledge-base.js';

export const report: IngestReport = {
  files: [
    {
      path: '天津市武清区.txt',
      state: 'added',
      documents: [
        {
          id: 'd',
          title: '武清区教育规划',
          jurisdiction: '天津市武清区',
          date: '2021-09-01',
          template: false,
          clauses: 85,
          warnings: 1,
        },
        {
          id: 't',
          title: '行动计划',
          jurisdiction: null,
          date: null,
          template: true,
          clauses: 20,
          warnings: 0,
        },
      ],
      diagnostics: [],
      noise: { pieces: 3, characters: 41 },
    },
    {
      path: '坏.txt',
      state: 'unreadable',
      documents: [],
      diagnostics: [{ code: 'file-empty', severity: 'error', message: '文件是空的。', span: null }],
      noise: { pieces: 0, characters: 0 },
    },
  ],
  clauses: 105,
  passages: 300,
  generation: 1,
  elapsedMs: 2345,
};

export interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly knowledgeBase: StubKnowledgeBase;
}

export async function cli(args: readonly string[], services: Partial<Services> = {}): Promise<Outcome> {
  const knowledgeBase = new StubKnowledgeBase();
  let out = '';
  let err = '';
  const code = await run(
    args,
    {
      openKnowledgeBase: async () => knowledgeBase,
      openIntake: async () => ({
        add: () => Promise.reject(new Error('not in this test')),
        close: () => Promise.resolve(),
      }),
      runIngest: async () => report,
      addSource: async () => {
        throw new Error('not in this test');
      },
      checkIndex: async () => ({ findings: [], status }),
      repairIndex: async () => ({ findings: [], status, found: [], setAside: null }),
      backupIndex: async () => undefined,
      parseFile: async () => {
        throw new Error('not in this test');
      },
      ...services,
    },
    { out: (text) => void (out += text), err: (text) => void (err += text), watched: false },
  );
  return { code, out, err, knowledgeBase };
}
