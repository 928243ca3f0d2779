/** Flags and environment → one checked, readonly Config. The only reader of process.env. */
import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TiaowenError } from './model/errors.js';

/** All paths are absolute. */
export interface Config {
  /** Folder of the source files. */
  readonly corpus: string;
  /** Folder of the database and what is derived from it. */
  readonly index: string;
  /** Hub id ("tiaowen/policy-encoder-small-zh") or the absolute path of a local folder. */
  readonly model: string;
  /** A cross-encoder, named as `model` is; null: none. */
  readonly reranker: string | null;
  /** Folder that holds models by hub id; a model that is not there is fetched into it. */
  readonly modelsFolder: string;
  /** Address to fetch a hub model from, without a trailing slash; null: the hub itself. */
  readonly mirror: string | null;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Largest file that the server takes, in MiB. */
  readonly maxUpload: number;
  /** Null: no token is asked for; then only a loopback address may be served. */
  readonly token: string | null;
}

/** One setting as the README documents it. `flag` is null for what must not stand in a process list. */
export interface Setting {
  readonly name: keyof Config;
  readonly flag: string | null;
  readonly env: string;
  /** As written in the documentation; paths are relative to the package root. */
  readonly default: string;
  readonly meaning: string;
}

export const SETTINGS: readonly Setting[] = [
  { name: 'corpus', flag: '--corpus', env: 'TIAOWEN_CORPUS', default: 'corpus/', meaning: '语料目录' },
  { name: 'index', flag: '--index', env: 'TIAOWEN_INDEX', default: 'index/', meaning: '索引目录' },
  {
    name: 'model',
    flag: '--model',
    env: 'TIAOWEN_MODEL',
    default: 'tiaowen/policy-encoder-small-zh',
    meaning: '向量模型：模型库名称（组织/模型），或以 ./ 或 / 开头的本地目录',
  },
  {
    name: 'reranker',
    flag: '--reranker',
    env: 'TIAOWEN_RERANKER',
    default: '无',
    meaning: '交叉编码重排模型：写法同 --model，对最好的几条再排一次，较慢',
  },
  {
    name: 'modelsFolder',
    flag: '--models',
    env: 'TIAOWEN_MODELS',
    default: 'models/',
    meaning: '存放模型的目录',
  },
  {
    name: 'mirror',
    flag: '--mirror',
    env: 'TIAOWEN_MIRROR',
    default: '无',
    meaning: '模型库镜像地址（http 或 https），仅在本地没有该模型时使用',
  },
  { name: 'host', flag: '--host', env: 'TIAOWEN_HOST', default: '127.0.0.1', meaning: '监听地址' },
  {
    name: 'port',
    flag: '--port',
    env: 'TIAOWEN_PORT',
    default: '8787',
    meaning: '监听端口（0 至 65535，0 为任选空闲端口）',
  },
  {
    name: 'maxUpload',
    flag: '--max-upload',
    env: 'TIAOWEN_MAX_UPLOAD',
    default: '32',
    meaning: '网页上传的文件最大多少 MiB（1 至 256）',
  },
  {
    name: 'token',
    flag: null,
    env: 'TIAOWEN_TOKEN',
    default: '无',
    meaning: '访问令牌（至少 16 个字符）；监听非本机地址时必须设置，只能由环境变量给出',
  },
];

/** What was typed: text by setting, all optional. An empty text counts as not given. */
export type Flags = Readonly<Partial<Record<keyof Config, string | undefined>>>;
export type Environment = Readonly<Record<string, string | undefined>>;

/** This file stands one level below the package root, in src/ and in dist/ alike. */
export const PACKAGE_ROOT = fileURLToPath(new URL('..', import.meta.url));

const DEFAULT_MODEL = 'tiaowen/policy-encoder-small-zh';
const HUB_ID = /^[\w.-]+\/[\w.-]+$/;

/**
 * A flag wins over the environment, the environment over the default. Paths that were typed are relative to `cwd`, defaults to the
 * package root, so that the program works from any folder. Throws TiaowenError config-invalid that names the setting.
 */
export function readConfig(
  flags: Flags = {},
  env: Environment = process.env,
  cwd: string = process.cwd(),
): Config {
  const typed = (name: keyof Config): Typed | null => {
    const setting = SETTINGS.find((each) => each.name === name)!;
    const flag = flags[name];
    if (flag) return { text: flag, by: setting.flag ?? setting.env };
    const variable = env[setting.env];
    return variable ? { text: variable, by: setting.env } : null;
  };
  const folder = (name: 'corpus' | 'index' | 'modelsFolder', fallback: string): string => {
    const given = typed(name);
    return given ? resolve(cwd, checkedPath(given)) : resolve(PACKAGE_ROOT, fallback);
  };
  return Object.freeze({
    corpus: folder('corpus', 'corpus'),
    index: folder('index', 'index'),
    model: readModel(typed('model'), cwd) ?? DEFAULT_MODEL,
    reranker: readModel(typed('reranker'), cwd),
    modelsFolder: folder('modelsFolder', 'models'),
    mirror: readMirror(typed('mirror')),
    host: readHost(typed('host')),
    port: readPort(typed('port')),
    maxUpload: readMaxUpload(typed('maxUpload')),
    token: readToken(typed('token')),
  });
}

/** `TIAOWEN_DEBUG=1`: show the stack of an error. Not a setting of the knowledge base, so not in Config. */
export function wantsStacks(env: Environment = process.env): boolean {
  return env['TIAOWEN_DEBUG'] === '1';
}

/** Text of a setting and the name it was given by. */
interface Typed {
  readonly text: string;
  readonly by: string;
}

function checkedPath({ text, by }: Typed): string {
  if (text.includes('\0')) throw invalid(by, '路径中含有空字符');
  return text;
}

function readModel(given: Typed | null, cwd: string): string | null {
  if (!given) return null;
  const text = checkedPath(given);
  if (isAbsolute(text)) return resolve(text);
  if (/^\.{1,2}([\\/]|$)/.test(text)) return resolve(cwd, text);
  if (HUB_ID.test(text) && !/(^|\/)\.+($|\/)/.test(text)) return text;
  throw invalid(given.by, `“${shown(text)}”不是模型名称。请写作“组织/模型”，或以 ./ 或 / 开头的本地目录`);
}

function readMirror(given: Typed | null): string | null {
  if (!given) return null;
  const url = URL.canParse(given.text) ? new URL(given.text) : null;
  if (!url || !['http:', 'https:'].includes(url.protocol)) {
    throw invalid(given.by, `“${shown(given.text)}”不是 http 或 https 地址`);
  }
  return given.text.replace(/\/+$/, '');
}

function readHost(given: Typed | null): string {
  if (!given) return '127.0.0.1';
  // A port or scheme belongs elsewhere; brackets of an IPv6 address are for URLs only.
  const host = given.text.replace(/^\[(.*)\]$/, '$1');
  const name = /^[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/;
  if (!name.test(host) && !/^[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*(%\w+)?$/.test(host)) {
    throw invalid(given.by, `“${shown(given.text)}”不是主机名或 IP 地址（端口请另用 --port 指定）`);
  }
  return host;
}

function readPort(given: Typed | null): number {
  if (!given) return 8787;
  const port = /^\d{1,5}$/.test(given.text) ? Number(given.text) : NaN;
  if (!(port <= 65535)) throw invalid(given.by, `“${shown(given.text)}”不是 0 至 65535 的整数`);
  return port;
}

/** An upload is held in memory whole. */
function readMaxUpload(given: Typed | null): number {
  if (!given) return 32;
  const size = /^\d{1,3}$/.test(given.text) ? Number(given.text) : NaN;
  if (!(size >= 1 && size <= 256)) throw invalid(given.by, `“${shown(given.text)}”不是 1 至 256 的整数`);
  return size;
}

function readToken(given: Typed | null): string | null {
  if (!given) return null;
  // RFC 6750 b64token: what a client can send in an Authorization header. The text itself is never repeated.
  if (!/^[A-Za-z0-9._~+/-]{16,}=*$/.test(given.text)) {
    throw invalid(given.by, '须至少 16 个字符，且只含字母、数字和 . _ ~ + / - =');
  }
  return given.text;
}

function invalid(by: string, problem: string): TiaowenError {
  return new TiaowenError('config-invalid', `设置 ${by} 不合要求：${problem}。`);
}

/** Enough of a value to recognise it, safe for a terminal. */
function shown(text: string): string {
  const clean = text.replace(/\p{C}/gu, '�');
  return clean.length > 60 ? `${clean.slice(0, 60)}…` : clean;
}
