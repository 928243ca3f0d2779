/** The way to the network: names to addresses, and connections to those addresses only. */
import { lookup } from 'node:dns/promises';
import type { LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { Client, type Dispatcher } from 'undici';

export interface Network {
  /** All addresses of a host name, as the system resolves it. */
  resolve(host: string): Promise<readonly LookupAddress[]>;
  /** Connects to an origin at one of these addresses, whatever its name resolves to by then. No proxy is used: it would choose the address. */
  connect(origin: string, addresses: readonly LookupAddress[]): Dispatcher;
}

export const NETWORK: Network = {
  resolve: (host) => lookup(host, { all: true }),
  connect: (origin, addresses) => new Client(origin, { connect: { lookup: pinned(addresses) } }),
};

/** Answers every question of a socket with the addresses that were checked. */
export function pinned(addresses: readonly LookupAddress[]): LookupFunction {
  return (_host, options, answer) => {
    const [first] = addresses;
    if (first === undefined) answer(new Error('no address'), '', 0);
    else if (options.all) answer(null, [...addresses]);
    else answer(null, first.address, first.family);
  };
}
