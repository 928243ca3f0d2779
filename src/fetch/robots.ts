/** robots.txt (RFC 9309): whether a site lets programs fetch an address. */
import robotsParser from 'robots-parser';
import { TiaowenError } from '../model/errors.js';
import { USE_BROWSER } from './failure.js';
import { get } from './get.js';
import { USER_AGENT, type Session } from './session.js';

interface Rules {
  isAllowed(url: string, agent: string): boolean | undefined;
  getMatchingLineNumber(url: string, agent: string): number;
}

/** The types of the library speak of an ES module, but it is CommonJS: its default import is the function. */
const parseRobots = robotsParser as unknown as (url: string, text: string) => Rules;

/**
 * Characters of rules with a wildcard. To match one takes time by its length times that of the address: a file full of them would keep us
 * busy for minutes, where not even Ctrl-C is heard. The files of real sites have some thousand.
 */
const MOST_WILDCARDS = 65_536;

/** Codes that the page itself would end with as well: then robots.txt is not what is in the way. */
const SAME_FOR_THE_PAGE = ['address-private', 'host-unknown', 'fetch-failed', 'fetch-timeout'];

/** The rules of each origin are fetched once. */
export class Robots {
  readonly #session: Session;
  /** Null: the site has none. */
  readonly #rules = new Map<string, Rules | null>();

  constructor(session: Session) {
    this.#session = session;
  }

  /** Throws TiaowenError robots-disallowed or robots-unreachable, or what keeps from reaching the site at all. */
  async require(url: URL): Promise<void> {
    const known = this.#rules.get(url.origin);
    const rules = known === undefined ? await this.#fetch(url) : known;
    this.#rules.set(url.origin, rules);
    if (rules === null || rules.isAllowed(url.href, USER_AGENT) !== false) return;
    const line = rules.getMatchingLineNumber(url.href, USER_AGENT);
    throw new TiaowenError(
      'robots-disallowed',
      `${url.host} 的 robots.txt（第 ${line} 行）不允许程序抓取 ${url.href}。${USE_BROWSER}已得到网站许可时可加 --ignore-robots。`,
    );
  }

  /** RFC 9309, 2.3.1: 4xx is the same as no rules, 5xx as a site that is closed to programs. */
  async #fetch(url: URL): Promise<Rules | null> {
    const place = new URL('/robots.txt', url.origin);
    const { limits } = this.#session;
    const answer = await get(place, this.#session, { limit: limits.robotsBytes }).catch((error: unknown) => {
      if (!(error instanceof TiaowenError) || SAME_FOR_THE_PAGE.includes(error.code)) throw error;
      throw unreachable(place, error.message, error);
    });
    if (answer.status >= 400 && answer.status < 500) return null;
    if (answer.status !== 200) throw unreachable(place, `HTTP ${answer.status}`);
    const text = new TextDecoder().decode(answer.bytes);
    const wild = text.split(/[\r\n]/).filter((line) => line.includes('*'));
    if (wild.join('').length > MOST_WILDCARDS) throw unreachable(place, '其中的通配规则多得反常');
    return parseRobots(place.href, text);
  }
}

function unreachable(place: URL, reason: string, cause?: unknown): TiaowenError {
  return new TiaowenError(
    'robots-unreachable',
    `读不到 ${place.href}（${reason.replace(/。.*$/s, '')}），不知道网站是否允许抓取，未抓取。请稍后重试；已得到网站许可时可加 --ignore-robots。`,
    { cause },
  );
}
