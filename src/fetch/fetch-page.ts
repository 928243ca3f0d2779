/** One page or file of the web, as its server sent it. The network is touched here and in robots.ts only. */
import { TiaowenError } from '../model/errors.js';
import { checkUrl } from './check-url.js';
import { USE_BROWSER } from './failure.js';
import { get, type Head } from './get.js';
import { essenceOf, mayBeDocument } from './media-type.js';
import { NETWORK, type Network } from './network.js';
import { Robots } from './robots.js';
import { LIMITS, type Limits, type Session } from './session.js';

export interface FetchOptions {
  /** Connect also to this machine and the networks around it. Default false. */
  readonly allowPrivate?: boolean;
  /** Do not ask robots.txt. Default false. */
  readonly ignoreRobots?: boolean;
  /** Default LIMITS. */
  readonly limits?: Partial<Limits>;
  /** Default NETWORK. */
  readonly network?: Network;
  readonly signal?: AbortSignal;
}

export interface Fetched {
  /** As asked for and as answered, both without fragment. */
  readonly url: string;
  readonly finalUrl: string;
  readonly retrieved: Date;
  readonly status: number;
  /** Headers; null: not sent. */
  readonly contentType: string | null;
  readonly disposition: string | null;
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** After content decoding, else verbatim. */
  readonly bytes: Buffer;
}

/** Throws TiaowenError with one of the codes of fetching, or the reason of `signal`. */
export async function fetchPage(text: string, options: FetchOptions = {}): Promise<Fetched> {
  const limits = { ...LIMITS, ...options.limits };
  const start = checkUrl(text, limits);
  const time = AbortSignal.timeout(limits.totalMs);
  const session: Session = {
    limits,
    network: options.network ?? NETWORK,
    allowPrivate: options.allowPrivate ?? false,
    signal: options.signal ? AbortSignal.any([options.signal, time]) : time,
  };
  const robots = options.ignoreRobots ? null : new Robots(session);
  const answer = await get(start, session, {
    limit: limits.bytes,
    before: async (url) => robots?.require(url),
    onHead: (head) => requireDocument(head, limits),
  });
  if (answer.cut) throw tooLarge(answer.url, limits);
  return {
    url: start.href,
    finalUrl: answer.url.href,
    retrieved: new Date(),
    status: answer.status,
    contentType: answer.header('content-type'),
    disposition: answer.header('content-disposition'),
    etag: answer.header('etag'),
    lastModified: answer.header('last-modified'),
    bytes: answer.bytes,
  };
}

/** What can be refused before the body comes. */
function requireDocument({ url, status, header }: Head, limits: Limits): void {
  if (status !== 200) throw new TiaowenError('fetch-status', statusProblem(url, status));
  const type = header('content-type');
  if (!mayBeDocument(type))
    throw new TiaowenError(
      'content-unsupported',
      `${url.href} 的内容类型是 ${essenceOf(type) ?? ''}，不是可读的政策文件。请给出网页、纯文本、PDF、.docx 或 OFD 文件的网址。`,
    );
  if (Number(header('content-length') ?? 0) > limits.bytes) throw tooLarge(url, limits);
}

function statusProblem(url: URL, status: number): string {
  const answer = `${url.href} 返回 HTTP ${status}`;
  if (status === 404 || status === 410) return `${answer}：没有这个网页，或已被移走。请检查网址。`;
  if (status >= 400 && status !== 500 && status !== 502 && status !== 504)
    return `${answer}：网站不向程序提供这个网页，可能要求登录或浏览器验证。${USE_BROWSER}`;
  return `${answer}，没有给出网页。请稍后重试；仍不成功时${USE_BROWSER}`;
}

function tooLarge(url: URL, { bytes }: Limits): TiaowenError {
  return new TiaowenError(
    'fetch-too-large',
    `${url.href} 的内容超过 ${bytes / 1024 / 1024} MiB 的上限，没有存下。请确认网址指向的是政策文件；确实需要时${USE_BROWSER}`,
  );
}
