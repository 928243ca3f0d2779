/** Addresses that are asked for or redirected to. */
import { TiaowenError } from '../model/errors.js';
import { USE_BROWSER } from './failure.js';
import type { Limits } from './session.js';

/** What a person typed. The fragment is dropped: a server never sees it. Throws TiaowenError url-invalid. */
export function checkUrl(text: string, limits: Pick<Limits, 'url'>): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !isWeb(url))
    throw new TiaowenError(
      'url-invalid',
      `“${text.slice(0, 200)}”不是网址。请给出以 http:// 或 https:// 开头的完整网址。`,
    );
  return checked(url, limits);
}

/**
 * Where a redirect leads. Throws TiaowenError fetch-redirect: no address, another scheme, from https to http (whoever is on the way could
 * then change what is cited); url-invalid.
 */
export function redirectTarget(from: URL, location: string | null, limits: Pick<Limits, 'url'>): URL {
  const refuse = (reason: string) =>
    new TiaowenError('fetch-redirect', `${from.href} 的重定向${reason}，未跟随。${USE_BROWSER}`);
  if (location === null || !URL.canParse(location, from.href)) throw refuse('没有给出可用的网址');
  const to = new URL(location, from);
  if (!isWeb(to)) throw refuse(`转向 ${to.protocol} 地址`);
  if (from.protocol === 'https:' && to.protocol === 'http:')
    throw refuse(`从 https 降为不加密的 http（${to.href.slice(0, 200)}）`);
  return checked(to, limits);
}

function isWeb({ protocol }: URL): boolean {
  return protocol === 'http:' || protocol === 'https:';
}

function checked(url: URL, limits: Pick<Limits, 'url'>): URL {
  if (url.username !== '' || url.password !== '')
    // The address itself is not repeated: it holds a password.
    throw new TiaowenError(
      'url-invalid',
      `网址（${url.host}）中含有用户名或密码，会随来源一同存下。请去掉后重试；需要登录的网页请在浏览器中另存到语料目录。`,
    );
  if (url.href.length > limits.url)
    throw new TiaowenError(
      'url-invalid',
      `网址过长（${url.href.length} 个字符，上限 ${limits.url}）。请去掉查询参数中多余的部分，或在浏览器中另存到语料目录。`,
    );
  const plain = new URL(url);
  plain.hash = '';
  return plain;
}
