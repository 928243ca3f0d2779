/** Who may ask, and how often: the Host and Origin headers, the token and limits where the address is open to others. */
import { createHash, timingSafeEqual } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { TiaowenError } from '../model/errors.js';

/** Whether only this machine can reach the address. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  return (
    name === 'localhost' ||
    name.endsWith('.localhost') ||
    name === '::1' ||
    /^(::ffff:)?127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(name)
  );
}

/** Throws TiaowenError config-invalid when others could reach the server and no token is asked of them. */
export function checkExposure(host: string, token: string | null): void {
  if (isLoopback(host) || token !== null) return;
  throw new TiaowenError(
    'config-invalid',
    `设置 TIAOWEN_TOKEN 不合要求：监听地址 ${host} 可被其他机器访问，须以环境变量 TIAOWEN_TOKEN 设置访问令牌（至少 16 个字符）；只在本机使用时请监听 127.0.0.1。`,
  );
}

/** Liveness tells nothing of the corpus and is asked by machines that hold no token. */
const OPEN_PATHS = new Set(['/healthz']);

/** Per address of a client. A researcher's page asks a few times a second at most; a token is guessed thousands of times. */
const REQUESTS_PER_MINUTE = 600;
const WRONG_TOKENS_PER_MINUTE = 10;

export async function guard(
  app: FastifyInstance,
  options: { host: string; token: string | null },
): Promise<void> {
  const loopback = isLoopback(options.host);
  const expected = options.token === null ? null : digest(options.token);
  await app.register(rateLimit, {
    global: false,
    timeWindow: '1 minute',
    // One customer has 2^64 addresses of IPv6 to ask from: what they share counts.
    ipv6Subnet: 64,
  });
  const requests = app.createRateLimit({ max: REQUESTS_PER_MINUTE });
  const wrongTokens = app.createRateLimit({ max: WRONG_TOKENS_PER_MINUTE });
  app.addHook('onRequest', async (request) => {
    // A page of another site whose name was made to resolve to 127.0.0.1 still sends that name.
    if (loopback && !isLoopback(hostNameOf(request.headers.host))) {
      throw new TiaowenError(
        'host-refused',
        '本服务只接受以 127.0.0.1 或 localhost 为主机名的请求。请改用启动时显示的地址访问。',
      );
    }
    if (!isOwnOrigin(request)) {
      throw new TiaowenError('origin-refused', '本服务不接受其他网站的页面发来的请求。');
    }
    if (!loopback) refuseWhenExceeded(await requests(request));
    if (expected && !OPEN_PATHS.has(request.routeOptions.url ?? '')) {
      refuseWhenExceeded(await wrongTokens(request, { increment: false }));
      const given = tokenOf(request);
      // Digests have one length, so that the comparison takes the same time for any text.
      if (given !== null && timingSafeEqual(digest(given), expected)) return;
      // A browser asks once without a token before it asks the user for it: only a wrong one counts.
      if (given !== null) await wrongTokens(request);
      throw new TiaowenError(
        'token-required',
        '请以 Authorization: Bearer 令牌 访问；浏览器中以任意用户名、令牌为密码登录。',
      );
    }
  });
}

/** A browser names the site of the page that asks, for all but plain links; no site but ours has business here. */
function isOwnOrigin({ headers: { origin, host } }: FastifyRequest): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === host?.toLowerCase();
}

function refuseWhenExceeded(
  limit: Awaited<ReturnType<ReturnType<FastifyInstance['createRateLimit']>>>,
): void {
  if (limit.isAllowed || !limit.isExceeded) return;
  throw new TiaowenError('too-many-requests', `请求过于频繁，请在 ${limit.ttlInSeconds} 秒后重试。`, {
    retryAfter: limit.ttlInSeconds,
  });
}

/** Host name of a Host header without its port; empty for a header that is missing or malformed. */
export function hostNameOf(header: string | undefined): string {
  const match = /^(?:\[([0-9A-Fa-f:.]+)\]|([A-Za-z0-9.-]+))(?::\d{1,5})?$/.exec(header ?? '');
  return match?.[1] ?? match?.[2] ?? '';
}

/** Bearer for programs; Basic because a browser can ask for it itself, so that the page needs no login of its own. */
function tokenOf(request: FastifyRequest): string | null {
  const match = /^(bearer|basic) +(\S+)$/i.exec(request.headers.authorization ?? '');
  if (!match) return null;
  if (match[1]!.toLowerCase() === 'bearer') return match[2]!;
  const pair = Buffer.from(match[2]!, 'base64').toString('utf8');
  return pair.includes(':') ? pair.slice(pair.indexOf(':') + 1) : null;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
