/** A host name → the addresses that may be connected to. */
import type { LookupAddress } from 'node:dns';
import { isIP } from 'node:net';
import { TiaowenError } from '../model/errors.js';
import { isPublic } from './addresses.js';
import { USE_BROWSER } from './failure.js';
import type { Session } from './session.js';

/**
 * Resolves a host once and gives the addresses that are allowed; a connection goes to one of these and to no other, so it does not matter what
 * the name resolves to a moment later (DNS rebinding), nor what else it resolves to. Throws TiaowenError address-private,
 * host-unknown, or what the resolver throws.
 */
export async function reach(
  url: URL,
  { network, allowPrivate, signal }: Session,
): Promise<readonly LookupAddress[]> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(host);
  const found =
    family === 0 ? await untilAborted(network.resolve(host), signal) : [{ address: host, family }];
  if (found.length === 0)
    throw new TiaowenError(
      'host-unknown',
      `主机 ${host} 没有地址。请检查网址是否写对、网络是否连通，然后重试。`,
    );
  const allowed = allowPrivate ? found : found.filter(({ address }) => isPublic(address));
  if (allowed.length > 0) return allowed;
  const addresses = found.map(({ address }) => address).join('、');
  throw new TiaowenError(
    'address-private',
    `${host} 的地址（${addresses}）不在公共互联网上，未连接。确要抓取本机或内网的网页时请加 --allow-private；否则${USE_BROWSER}`,
  );
}

/** The resolver of the system cannot be aborted: it is left to itself. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((done, reject) => {
    const abort = () => reject(signal.reason as Error);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(done, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
