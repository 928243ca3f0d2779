/** One GET with its redirects: each address is checked, resolved once and connected to as it was checked. */
import type { Dispatcher } from 'undici';
import { TiaowenError } from '../model/errors.js';
import { decoderOf, ENCODINGS, readBody, type Body } from './body.js';
import { redirectTarget } from './check-url.js';
import { toFailure, USE_BROWSER } from './failure.js';
import { reach } from './reach.js';
import { USER_AGENT, type Session } from './session.js';

/** An answer without its body. Header names are lower case; null: not sent. Values are bytes read as latin1. */
export interface Head {
  readonly url: URL;
  readonly status: number;
  header(name: string): string | null;
}

export interface Answer extends Head, Body {}

export interface GetOptions {
  /** Bytes after decoding; a longer body is cut. */
  readonly limit: number;
  /** Asked for each address before it is connected to; throws to refuse. */
  readonly before?: (url: URL) => Promise<void>;
  /** Asked when the head has come; throws to leave the body. */
  readonly onHead?: (head: Head) => void;
}

const HEADERS: Readonly<Record<string, string>> = {
  'user-agent': USER_AGENT,
  accept: 'text/html,application/xhtml+xml,application/pdf,text/plain;q=0.9,*/*;q=0.8',
  'accept-encoding': ENCODINGS,
  'accept-language': 'zh-CN,zh;q=0.9',
};

/** Throws TiaowenError: fetch-…, host-unknown, address-private, url-invalid, and what `before` and `onHead` throw; the reason of an abort. */
export async function get(start: URL, session: Session, options: GetOptions): Promise<Answer> {
  const { limits, signal } = session;
  const seen = new Set<string>();
  let url = start;
  for (;;) {
    if (seen.has(url.href)) throw tooMany(start, '转回了已经到过的网址，可能需要登录或浏览器的 Cookie');
    seen.add(url.href);
    try {
      await options.before?.(url);
      const answer = await getOnce(url, session, options);
      if (!isRedirect(answer.status)) return answer;
      if (seen.size > limits.redirects) throw tooMany(start, `超过 ${limits.redirects} 次`);
      url = redirectTarget(url, asUtf8(answer.header('location')), limits);
    } catch (error) {
      throw toFailure(error, url, signal);
    }
  }
}

async function getOnce(url: URL, session: Session, { limit, onHead }: GetOptions): Promise<Answer> {
  const { network, signal } = session;
  const connection = network.connect(url.origin, await reach(url, session));
  try {
    const { statusCode, headers, body } = await connection.request({
      path: url.pathname + url.search,
      method: 'GET',
      headers: HEADERS,
      signal,
    });
    // An abort while nobody reads the body must not count as unhandled.
    body.on('error', () => undefined);
    const head: Head = { url, status: statusCode, header: (name) => headerOf(headers, name) };
    // The body of a redirect is of no use and may be endless.
    if (isRedirect(statusCode)) return { ...head, bytes: Buffer.alloc(0), cut: false };
    onHead?.(head);
    const coding = head.header('content-encoding');
    const decoder = decoderOf(coding);
    if (decoder === null)
      throw new TiaowenError(
        'fetch-failed',
        `${url.href} 以不认识的方式（${(coding ?? '').slice(0, 40)}）压缩，无法还原。${USE_BROWSER}`,
      );
    return { ...head, ...(await readBody(body, decoder, limit)) };
  } finally {
    // Nothing is kept open: the next address is another connection.
    await connection.destroy();
  }
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function headerOf(headers: Dispatcher.ResponseData['headers'], name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

/** Servers write Chinese into Location as it is, in UTF-8 for the most part. */
function asUtf8(header: string | null): string | null {
  return header === null ? null : Buffer.from(header, 'latin1').toString('utf8');
}

function tooMany(start: URL, reason: string): TiaowenError {
  return new TiaowenError('fetch-redirect', `${start.href} 的重定向${reason}，未再跟随。${USE_BROWSER}`);
}
