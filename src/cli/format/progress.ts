/** Progress of an ingest or a check on stderr: a bar where a person watches, plain lines elsewhere. */
import { Presets, SingleBar } from 'cli-progress';
import type { IndexProgress, IngestProgress, Progress } from '../../ingest-report.js';
import type { Terminal } from '../context.js';
import { oneLine, shorten } from './terminal-text.js';

export interface ProgressView {
  update(progress: Progress): void;
  /** Must be called, also after an error: it takes the bar away. */
  stop(): void;
}

export function progressView(terminal: Terminal): ProgressView {
  return terminal.watched ? barView() : lineView(terminal);
}

const PHASES = {
  read: '读取',
  embed: '向量化',
  publish: '写入索引',
  wait: '等待另一个进程写完索引',
  upgrade: '升级索引格式',
  renew: '更新检索词',
  verify: '检查索引',
  sources: '核对源文件',
} as const;

/** "向量化　文件 2/5，条款 310，段落 900/1700，120 段/秒，剩余约 8 秒", "检查索引　3/13" */
export function progressText(progress: Progress): string {
  if (progress.phase === 'wait') return PHASES.wait;
  if (isOfIndex(progress)) return `${PHASES[progress.phase]}　${progress.done}/${progress.total}`;
  const { phase, filesDone, filesTotal, clauses, passagesDone, passagesTotal, elapsedMs, remainingMs } =
    progress;
  const rate = elapsedMs > 0 ? Math.round((passagesDone * 1000) / elapsedMs) : 0;
  const parts = [`文件 ${filesDone}/${filesTotal}`, `条款 ${clauses}`];
  if (passagesDone > 0) parts.push(`段落 ${passagesDone}/${passagesTotal}`, `${rate} 段/秒`);
  if (remainingMs !== null && phase !== 'publish') parts.push(`剩余约 ${duration(remainingMs)}`);
  return `${PHASES[phase]}　${parts.join('，')}`;
}

function isOfIndex(progress: Progress): progress is IndexProgress {
  return 'total' in progress;
}

export function duration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 60) return `${seconds} 秒`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} 分 ${seconds % 60} 秒`;
  return `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分`;
}

function barView(): ProgressView {
  const bar = new SingleBar(
    {
      format: '{bar} {percentage}%　{text}',
      barsize: 24,
      // Not hidden: who is ended at once could not give the cursor back.
      hideCursor: false,
      clearOnComplete: true,
      stream: process.stderr,
    },
    Presets.shades_classic,
  );
  let started = false;
  return {
    update: (progress) => {
      const [value, total] = isOfIndex(progress) ? [progress.done, progress.total] : shareOf(progress);
      const payload = { text: progressText(progress) };
      if (started) {
        bar.setTotal(total);
        bar.update(value, payload);
      } else bar.start(total, value, payload);
      started = true;
    },
    stop: () => bar.stop(),
  };
}

/** Embedding takes nearly all the time, so the bar counts passages once there are any. */
function shareOf({ passagesDone, passagesTotal, filesDone, filesTotal }: IngestProgress): [number, number] {
  return passagesTotal > 0 ? [passagesDone, passagesTotal] : [filesDone, filesTotal];
}

/** A line at each phase and at most one a second between: a log of 3,000 files stays readable. */
function lineView(terminal: Terminal): ProgressView {
  let phase: Progress['phase'] | null = null;
  let last = 0;
  return {
    update: (progress) => {
      const now = isOfIndex(progress) ? performance.now() : progress.elapsedMs;
      if (progress.phase === phase && now - last < 1000) return;
      phase = progress.phase;
      last = now;
      const name = isOfIndex(progress) ? null : progress.file;
      const file = name === null ? '' : `　${shorten(oneLine(name), 48)}`;
      terminal.err(`${progressText(progress)}${file}\n`);
    },
    stop: () => undefined,
  };
}
