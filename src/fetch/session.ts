/** What holds for one `tiaowen add`: limits, permissions, the way to the network. */
import type { Network } from './network.js';

export interface Limits {
  /** For everything together: names, robots.txt, redirects, body. */
  readonly totalMs: number;
  /** Of a body after content decoding, so that a small answer that unpacks to much is cut too. */
  readonly bytes: number;
  readonly redirects: number;
  /** robots.txt is cut after so many bytes and what was read counts: RFC 9309, 2.5 asks for at least 500 KiB. */
  readonly robotsBytes: number;
  /** UTF-16 units of an address, percent-encoded. */
  readonly url: number;
}

const MEBIBYTE = 1024 * 1024;

export const LIMITS: Limits = {
  totalMs: 60_000,
  bytes: 64 * MEBIBYTE,
  redirects: 5,
  robotsBytes: MEBIBYTE / 2,
  url: 4096,
};

/** Under this name we ask, and obey robots.txt. */
export const USER_AGENT = 'tiaowen';

export interface Session {
  readonly limits: Limits;
  readonly network: Network;
  /** Whether addresses that are not public may be connected to. */
  readonly allowPrivate: boolean;
  /** Aborts by the person or when the time is up. */
  readonly signal: AbortSignal;
}
