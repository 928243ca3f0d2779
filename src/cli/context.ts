/** What a command works with: where it writes, how it opens things, what it answers with. Tests give their own. */
import type { Added, AddOptions } from '../add-source.js';
import type { Config, Flags } from '../config.js';
import type { Intake } from '../intake.js';
import type { IngestReport } from '../ingest-report.js';
import type { KnowledgeBase } from '../knowledge-base.js';
import type { ParsedFile } from '../model/document.js';
import type { CheckReport, RepairReport, RunOptions } from '../open.js';

/** Data goes to `out`, everything else to `err`. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** Whether a person watches `err`. */
  readonly watched: boolean;
}

/** The composition root (open.ts) and the parser, loaded when first used: `--help` needs no model. */
export interface Services {
  openKnowledgeBase(config: Config): Promise<KnowledgeBase>;
  openIntake(config: Config): Promise<Intake>;
  runIngest(config: Config, options: RunOptions): Promise<IngestReport>;
  addSource(corpus: string, url: string, options: AddOptions): Promise<Added>;
  checkIndex(config: Config, options: RunOptions): Promise<CheckReport>;
  repairIndex(config: Config, options: RunOptions): Promise<RepairReport>;
  backupIndex(config: Config, file: string): Promise<void>;
  /** `folder`: where the file lies, for the sidecar beside it. */
  parseFile(bytes: Uint8Array, name: string, folder: string): Promise<ParsedFile>;
}

export interface Context {
  readonly terminal: Terminal;
  readonly services: Services;
  /** Flags and environment, checked. */
  config(flags?: Flags): Config;
  /** 0 answered (the default), 1 no provision or nothing found, 2 error, 130 interrupted. */
  exitCode: number;
}

/** Writes a value as indented JSON, as every command does under `--json`. */
export function outJson({ terminal }: Context, value: unknown): void {
  terminal.out(`${JSON.stringify(value, null, 2)}\n`);
}

/** Opens the knowledge base for one piece of work and closes it whatever happens. */
export async function withKnowledgeBase<T>(
  context: Context,
  flags: Flags,
  work: (knowledgeBase: KnowledgeBase) => Promise<T> | T,
): Promise<T> {
  const knowledgeBase = await context.services.openKnowledgeBase(context.config(flags));
  try {
    return await work(knowledgeBase);
  } finally {
    await knowledgeBase.close();
  }
}
