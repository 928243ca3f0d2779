/** Options that several commands share. */
import { Option } from 'commander';
import { SETTINGS, type Config, type Flags } from '../config.js';
import { TiaowenError } from '../model/errors.js';

const PLACEHOLDERS: Readonly<Partial<Record<keyof Config, string>>> = {
  corpus: '目录',
  index: '目录',
  model: '模型',
  reranker: '模型',
  modelsFolder: '目录',
  mirror: '网址',
  host: '地址',
  port: '端口',
  maxUpload: 'MiB',
};

/** The option of a setting: what it means and its default are said once, in config.ts. */
export function settingOption(name: keyof Config): Option {
  const setting = SETTINGS.find((each) => each.name === name);
  if (!setting?.flag) throw new RangeError(`setting ${name} has no flag`);
  return new Option(
    `${setting.flag} <${PLACEHOLDERS[name] ?? '值'}>`,
    `${setting.meaning}（环境变量 ${setting.env}，缺省 ${setting.default}）`,
  );
}

/** Of the commands that serve. */
export const SERVER_SETTINGS = [
  'corpus',
  'index',
  'model',
  'reranker',
  'modelsFolder',
  'mirror',
  'host',
  'port',
  'maxUpload',
] as const;

export const INDEX_SETTINGS = ['index', 'model', 'modelsFolder', 'mirror'] as const;

/** Of the commands that ask. */
export const SEARCH_SETTINGS = [...INDEX_SETTINGS, 'reranker'] as const;

/** As commander gives them: by the name of the flag, not of the setting. */
export type SettingOptions = Readonly<
  Partial<
    Record<
      'corpus' | 'index' | 'model' | 'reranker' | 'models' | 'mirror' | 'host' | 'port' | 'maxUpload',
      string
    >
  >
>;

export function flagsOf({ models, ...others }: SettingOptions): Flags {
  const { corpus, index, model, reranker, mirror, host, port, maxUpload } = others;
  return { corpus, index, model, reranker, modelsFolder: models, mirror, host, port, maxUpload };
}

export const jsonOption = () => new Option('--json', '以 JSON 输出');

/** May be repeated; a variadic option would swallow the topics that follow. */
export const jurisdictionOption = () =>
  new Option('--jurisdiction <地区>', '只查这一地区及其下级（名称或代码，可重复）').argParser(
    (value: string, before: readonly string[] | undefined) => [...(before ?? []), value],
  );

export const filterOptions = () => [
  jurisdictionOption(),
  new Option('--kind <文种>', '只查这一文种，如 规划、意见'),
  integerOption('--year <年份>', '只查这一年成文、发布或规划期含这一年的文件'),
  new Option('--document <文件编号>', '只查这一份文件'),
];

/** How a query is read. */
export const literalOption = () => new Option('--literal', '地名只作普通词，不作筛选');

export interface FilterValues {
  readonly jurisdiction?: readonly string[];
  readonly kind?: string;
  readonly year?: number;
  readonly document?: string;
}

export function filterOf({ jurisdiction, kind, year, document }: FilterValues) {
  return {
    ...(jurisdiction && { jurisdictions: jurisdiction }),
    ...(kind !== undefined && { kind }),
    ...(year !== undefined && { year }),
    ...(document !== undefined && { document }),
  };
}

/** Whether the number is in range is judged by the knowledge base. */
export function integerOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((value: string) => {
    if (/^-?\d{1,9}$/.test(value)) return Number(value);
    throw new TiaowenError(
      'parameter-invalid',
      `选项 ${flags.split(' ')[0]!} 的值须是整数，现为“${value.slice(0, 40)}”。`,
    );
  });
}
