/** Progress of an ingest on stderr: a bar where a person watches, plain lines elsewhere. */
import { Presets, SingleBar } from 'cli-progress';
import type { IngestProgress } from '../../ingest-report.js';
import type { Terminal } from '../context.js';
import { oneLine, shorten } from './terminal-text.js';

export interface ProgressView {
  update(progress: IngestProgress): void;
  /** Must be called, also after an error: it gives the cursor back. */
  stop(): void;
}

export function progressView(terminal: Terminal): ProgressView {
  return terminal.watched ? barView() : lineView(terminal);
}

const PHASES = { read: '读取', embed: '向量化', publish: '写入索引' } as const;

/** "向量化　文件 2/5，条款 310，段落 900/1700，120 段/秒，剩余约 8 秒" */
export function progressText(progress: IngestProgress): string {
  const { phase, filesDone, filesTotal, clauses, passagesDone, passagesTotal, elapsedMs, remainingMs } =
    progress;
  const rate = elapsedMs > 0 ? Math.round((passagesDone * 1000) / elapsedMs) : 0;
  const parts = [`文件 ${filesDone}/${filesTotal}`, `条款 ${clauses}`];
  if (passagesDone > 0) parts.push(`段落 ${passagesDone}/${passagesTotal}`, `${rate} 段/秒`);
  if (remainingMs !== null && phase !== 'publish') parts.push(`剩余约 ${duration(remainingMs)}`);
  return `${PHASES[phase]}　${parts.join('，')}`;
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
      hideCursor: true,
      clearOnComplete: true,
      stream: process.stderr,
    },
    Presets.shades_classic,
  );
  let started = false;
  return {
    update: (progress) => {
      // Embedding takes nearly all the time, so the bar counts passages once there are any.
      const { passagesDone, passagesTotal, filesDone, filesTotal } = progress;
      const [value, total] = passagesTotal > 0 ? [passagesDone, passagesTotal] : [filesDone, filesTotal];
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

/** A line at each phase and at most one a second between: a log of 3,000 files stays readable. */
function lineView(terminal: Terminal): ProgressView {
  let phase: IngestProgress['phase'] | null = null;
  let last = 0;
  return {
    update: (progress) => {
      if (progress.phase === phase && progress.elapsedMs - last < 1000) return;
      phase = progress.phase;
      last = progress.elapsedMs;
      const file = progress.file === null ? '' : `　${shorten(oneLine(progress.file), 48)}`;
      terminal.err(`${progressText(progress)}${file}\n`);
    },
    stop: () => undefined,
  };
}
