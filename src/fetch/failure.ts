/** What goes wrong on the way to a page → one error with a stable code that names the way out. */
import { TiaowenError } from '../model/errors.js';

/** The way out that is always there. */
export const USE_BROWSER = '请用浏览器打开网址，将网页或文件另存到语料目录，再运行 tiaowen ingest。';

/**
 * An error of the system, of TLS, of HTTP or of decompression, as one that a person can act on. What is one already, and the abort by the
 * person, are given back as they are.
 */
export function toFailure(error: unknown, url: URL, signal: AbortSignal): unknown {
  if (error instanceof TiaowenError) return error;
  if (signal.aborted) return abortReason(signal, url);
  const code = codeOf(error);
  const options = { cause: error };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'ENODATA')
    return new TiaowenError(
      'host-unknown',
      `找不到主机 ${url.hostname}（${code}）。请检查网址是否写对、网络是否连通，然后重试。`,
      options,
    );
  if (url.protocol === 'https:' && isTls(code))
    return new TiaowenError(
      'fetch-failed',
      `与 ${url.host} 的安全连接失败（${code}）：证书不受信任、已过期，或网站不支持现行的加密方式。${USE_BROWSER}`,
      options,
    );
  if (/^(?:Z_|ERR_BROTLI_|ERR__ERROR_)/.test(code))
    return new TiaowenError(
      'fetch-failed',
      `${url.href} 的压缩内容已损坏或不完整（${code}）。请重试；仍不成功时${USE_BROWSER}`,
      options,
    );
  return new TiaowenError(
    'fetch-failed',
    `与 ${url.host} 的连接失败或中断（${code}）。请检查网络后重试；仍不成功时${USE_BROWSER}`,
    options,
  );
}

function abortReason(signal: AbortSignal, url: URL): unknown {
  const reason: unknown = signal.reason;
  if (!(reason instanceof DOMException && reason.name === 'TimeoutError')) return reason;
  return new TiaowenError(
    'fetch-timeout',
    `抓取 ${url.href} 超过了时间上限，已中止，没有存下任何内容。请稍后重试；文件很大或网站很慢时${USE_BROWSER}`,
    { cause: reason },
  );
}

/** The code of an error, or of the first of several: a name with two addresses fails twice. */
function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const own = (error as NodeJS.ErrnoException).code;
  if (typeof own === 'string') return own;
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors[0]);
  return error.cause === undefined ? error.message : codeOf(error.cause);
}

/** Codes of OpenSSL and of Node's check of the certificate. */
function isTls(code: string): boolean {
  return /^(?:ERR_SSL_|ERR_TLS_|EPROTO$|CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH$)/.test(
    code,
  );
}
