/** Fetching from a site on this machine: what is kept, what is refused, and what is connected to. */
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { Client } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fetchPage, type FetchOptions } from '../../src/fetch/fetch-page.js';
import { NETWORK, pinned, type Network } from '../../src/fetch/network.js';
import { TiaowenError } from '../../src/model/errors.js';
import { answer, redirect, siteOf } from './local-site.js';
import { TEST_CERTIFICATE, TEST_KEY } from './test-certificate.js';

const HERE = { allowPrivate: true };

/** The code it fails with; every message says what to do. */
async function codeOf(url: string, options: FetchOptions = HERE): Promise<string> {
  try {
    await fetchPage(url, options);
    return 'fetched';
  } catch (error) {
    if (!(error instanceof TiaowenError)) throw error;
    expect(error.message).toMatch(/请|可加/);
    return error.code;
  }
}

describe('fetchPage', () => {
  it('keeps the bytes and what the server says of them', async () => {
    const page = answer('<p>条文</p>', {
      etag: '"1"',
      'last-modified': 'Sat, 01 Mar 2025 00:00:00 GMT',
      'content-disposition': 'inline; filename="a.html"',
    });
    const { origin, requests } = await siteOf({ '/a?b=%E6%9D%A1': page });
    const fetched = await fetchPage(`${origin}/a?b=条#part`, HERE);
    expect(fetched).toMatchObject({
      url: `${origin}/a?b=%E6%9D%A1`,
      finalUrl: `${origin}/a?b=%E6%9D%A1`,
      status: 200,
      contentType: 'text/html; charset=utf-8',
      disposition: 'inline; filename="a.html"',
      etag: '"1"',
      lastModified: 'Sat, 01 Mar 2025 00:00:00 GMT',
    });
    expect(fetched.bytes.toString()).toBe('<p>条文</p>');
    expect(requests.at(-1)!.headers).toMatchObject({ 'user-agent': 'tiaowen' });
    expect(requests.at(-1)!.headers).not.toHaveProperty('cookie');
  });

  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['identity', (text: string) => text],
  ])('undoes %s', async (coding, pack) => {
    const { origin } = await siteOf({ '/': answer(pack('条文'), { 'content-encoding': coding }) });
    expect((await fetchPage(origin, HERE)).bytes.toString()).toBe('条文');
  });

  it('follows redirects, relative and with Chinese as it is, and says where they ended', async () => {
    const { origin, asked } = await siteOf({
      '/1': redirect('2', 301),
      // As servers write it: the bytes of UTF-8.
      '/2': redirect(Buffer.from('/三').toString('latin1'), 308),
      '/%E4%B8%89': answer('条文'),
    });
    const { url, finalUrl } = await fetchPage(`${origin}/1`, HERE);
    expect([url, finalUrl]).toEqual([`${origin}/1`, `${origin}/%E4%B8%89`]);
    expect(asked).toEqual(['/robots.txt', '/1', '/2', '/%E4%B8%89']);
  });

  it('follows five redirects and no sixth', async () => {
    const { origin } = await siteOf({
      ...Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`/${i}`, redirect(`/${i + 1}`)])),
      '/6': answer('条文'),
    });
    expect(await codeOf(`${origin}/1`)).toBe('fetched');
    expect(await codeOf(`${origin}/0`)).toBe('fetch-redirect');
  });

  it.each([
    ['to itself', { '/': redirect('/') }],
    ['in a circle', { '/': redirect('/a'), '/a': redirect('/') }],
    ['to no address', { '/': redirect('http://[') }],
    ['without an address', { '/': answer('', {}, 302) }],
    ['to a file', { '/': redirect('file:///etc/passwd') }],
  ])('refuses a redirect %s', async (_, routes) => {
    const { origin } = await siteOf(routes);
    expect(await codeOf(origin)).toBe('fetch-redirect');
  });

  it.each([
    ['an image', answer('x', { 'content-type': 'image/png' }), 'content-unsupported'],
    ['a script', answer('x', { 'content-type': 'text/javascript' }), 'content-unsupported'],
    ['JSON', answer('{}', { 'content-type': 'application/json; charset=utf-8' }), 'content-unsupported'],
    ['an unknown coding', answer('x', { 'content-encoding': 'zstd-9' }), 'fetch-failed'],
    ['two codings', answer('x', { 'content-encoding': 'gzip, gzip' }), 'fetch-failed'],
    ['broken gzip', answer('no gzip', { 'content-encoding': 'gzip' }), 'fetch-failed'],
    ['broken brotli', answer('no brotli', { 'content-encoding': 'br' }), 'fetch-failed'],
    [
      'gzip that ends early',
      answer(gzipSync('条文'.repeat(99)).subarray(0, 20), { 'content-encoding': 'gzip' }),
      'fetch-failed',
    ],
    ['not found', answer('', {}, 404), 'fetch-status'],
    ['forbidden', answer('', {}, 403), 'fetch-status'],
    ['a check of the browser', answer('', {}, 412), 'fetch-status'],
    ['a broken site', answer('', {}, 500), 'fetch-status'],
    ['a part', answer('x', {}, 206), 'fetch-status'],
    ['a status that redirects nowhere', answer('x', {}, 304), 'fetch-status'],
  ])('refuses %s', async (_, route, code) => {
    const { origin } = await siteOf({ '/': route });
    expect(await codeOf(origin)).toBe(code);
  });

  it.each([
    ['text/html'],
    ['application/xhtml+xml'],
    ['text/plain;charset=gbk'],
    ['application/pdf'],
    ['application/octet-stream'],
    ['application/x-download'],
    ['no type'],
  ])('takes %s', async (type) => {
    const { origin } = await siteOf({ '/': answer('条文', { 'content-type': type }) });
    expect(await codeOf(origin)).toBe('fetched');
  });

  it('counts the size after decoding', async () => {
    const limits = { bytes: 1000 };
    const bomb = gzipSync(Buffer.alloc(10_000_000));
    expect(bomb.length).toBeLessThan(10_000);
    const { origin } = await siteOf({
      '/exact': answer('x'.repeat(1000)),
      '/said': answer('x'.repeat(1001)),
      '/unsaid': (_, response) => {
        response.writeHead(200, { 'content-type': 'text/html' });
        response.write('x'.repeat(600));
        response.end('x'.repeat(600));
      },
      '/endless': (_, response) => {
        response.writeHead(200, { 'content-type': 'text/html' });
        const write = () => {
          while (response.write('x'.repeat(10_000)));
        };
        response.on('drain', write);
        write();
      },
      '/bomb': answer(bomb, { 'content-encoding': 'gzip' }),
    });
    expect(await codeOf(`${origin}/exact`, { ...HERE, limits })).toBe('fetched');
    for (const path of ['said', 'unsaid', 'endless', 'bomb'])
      expect([path, await codeOf(`${origin}/${path}`, { ...HERE, limits })]).toEqual([
        path,
        'fetch-too-large',
      ]);
  });

  it('gives up when the time is over, whatever it waits for', async () => {
    const { origin } = await siteOf({
      '/head': () => undefined,
      '/body': (_, response) => {
        response.writeHead(200, { 'content-type': 'text/html' }).write('x');
      },
    });
    const options = { ...HERE, limits: { totalMs: 100 } };
    expect(await codeOf(`${origin}/head`, options)).toBe('fetch-timeout');
    expect(await codeOf(`${origin}/body`, options)).toBe('fetch-timeout');
    const network: Network = { ...NETWORK, resolve: () => new Promise(() => undefined) };
    expect(await codeOf('http://a.example/', { ...options, network })).toBe('fetch-timeout');
  });

  it('ends with the reason of whoever aborts it', async () => {
    const abort = new AbortController();
    const { origin } = await siteOf({ '/': () => abort.abort() });
    await expect(fetchPage(origin, { ...HERE, signal: abort.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });

  it('names a connection that is refused, cut or speaks no TLS', async () => {
    const { origin, port } = await siteOf({ '/cut': (request) => void request.socket.destroy() });
    expect(await codeOf(`${origin}/cut`)).toBe('fetch-failed');
    expect(await codeOf(`https://127.0.0.1:${port}/`)).toBe('fetch-failed');
    expect(await codeOf('http://127.0.0.1:1/')).toBe('fetch-failed');
  });

  it('trusts no certificate that nobody vouches for, robots.txt or not', async () => {
    const server = createServer({ key: TEST_KEY, cert: TEST_CERTIFICATE }, (_, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('条文');
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => void server.close());
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    expect(await codeOf(url)).toBe('fetch-failed');
    await expect(fetchPage(url, { ...HERE, ignoreRobots: true })).rejects.toThrow(/证书不受信任/);
  });

  it('names a host that does not exist', async () => {
    const resolve = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
    expect(await codeOf('http://a.example/', { network: { ...NETWORK, resolve } })).toBe('host-unknown');
    const nothing = { ...NETWORK, resolve: async () => [] };
    expect(await codeOf('http://a.example/', { network: nothing })).toBe('host-unknown');
  });
});

describe('robots.txt', () => {
  const site = (rules: string, status = 200) =>
    siteOf({
      '/robots.txt': answer(rules, { 'content-type': 'text/plain' }, status),
      '/open/a': answer('条文'),
      '/closed/a': answer('条文'),
      '/to-closed': redirect('/closed/a'),
    });

  it('is obeyed, also by where a redirect leads, and asked for once', async () => {
    const { origin, asked } = await site('User-agent: *\nDisallow: /closed/\n');
    expect(await codeOf(`${origin}/open/a`)).toBe('fetched');
    expect(await codeOf(`${origin}/closed/a`)).toBe('robots-disallowed');
    asked.length = 0;
    expect(await codeOf(`${origin}/to-closed`)).toBe('robots-disallowed');
    expect(asked).toEqual(['/robots.txt', '/to-closed']);
  });

  it('is obeyed for our name before that of all', async () => {
    const { origin } = await site('User-agent: *\nDisallow: /\n\nUser-agent: Tiaowen\nDisallow: /closed\n');
    expect(await codeOf(`${origin}/open/a`)).toBe('fetched');
    expect(await codeOf(`${origin}/closed/a`)).toBe('robots-disallowed');
  });

  it.each([
    [401, 'fetched'],
    [403, 'fetched'],
    [404, 'fetched'],
    [429, 'fetched'],
    [500, 'robots-unreachable'],
    [503, 'robots-unreachable'],
  ])('with status %i', async (status, code) => {
    const { origin } = await site('', status);
    expect(await codeOf(`${origin}/open/a`)).toBe(code);
  });

  it('is read up to its limit, and may be a page that says nothing', async () => {
    const limits = { robotsBytes: 100 };
    const long = await site(`User-agent: *\nDisallow: /closed/\n${'# x\n'.repeat(100)}Disallow: /open/\n`);
    expect(await codeOf(`${long.origin}/open/a`, { ...HERE, limits })).toBe('fetched');
    expect(await codeOf(`${long.origin}/closed/a`, { ...HERE, limits })).toBe('robots-disallowed');
    const page = await site('<html><body>首页</body></html>');
    expect(await codeOf(`${page.origin}/open/a`)).toBe('fetched');
  });

  it('that would take minutes to match is none that can be read', async () => {
    const { origin } = await site(`User-agent: *\n${`Disallow: /${'*a'.repeat(500)}b\n`.repeat(500)}`);
    expect(await codeOf(`${origin}/open/a`)).toBe('robots-unreachable');
    const usual = await site(`User-agent: *\n${'Disallow: /*?from=*\n'.repeat(1000)}Disallow: /closed/\n`);
    expect(await codeOf(`${usual.origin}/open/a`)).toBe('fetched');
    expect(await codeOf(`${usual.origin}/closed/a`)).toBe('robots-disallowed');
  });

  it('that only turns around is none that can be read', async () => {
    const { origin } = await siteOf({ '/robots.txt': redirect('/robots.txt'), '/': answer('条文') });
    expect(await codeOf(origin)).toBe('robots-unreachable');
    expect(await codeOf(origin, { ...HERE, ignoreRobots: true })).toBe('fetched');
  });

  it('is not asked for when it is to be ignored', async () => {
    const { origin, asked } = await site('User-agent: *\nDisallow: /\n');
    expect(await codeOf(`${origin}/open/a`, { ...HERE, ignoreRobots: true })).toBe('fetched');
    expect(asked).toEqual(['/open/a']);
  });
});

describe('addresses that are connected to', () => {
  /** Names resolve as given, one answer after the other (the last stays); every connection is led to the site and its addresses are noted. */
  function networkOf(names: Readonly<Record<string, readonly string[][]>>, port: number) {
    const connected: [string, string[]][] = [];
    const asked = new Map<string, number>();
    const network: Network = {
      resolve: async (host) => {
        const answers = names[host] ?? [[]];
        const turn = asked.get(host) ?? 0;
        asked.set(host, turn + 1);
        const addresses = answers[Math.min(turn, answers.length - 1)]!;
        return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
      },
      connect: (origin, addresses) => {
        connected.push([origin, addresses.map(({ address }) => address)]);
        const target = new URL(origin);
        target.port = String(port);
        return new Client(target.origin, {
          connect: { lookup: pinned([{ address: '127.0.0.1', family: 4 }]) },
        });
      },
    };
    return { network, connected, asked };
  }

  it.each([
    ['http://127.0.0.1/'],
    ['http://localhost/'],
    ['http://2130706433/'],
    ['http://0x7f.1/'],
    ['http://0177.0.0.1/'],
    ['http://[::1]/'],
    ['http://[::ffff:127.0.0.1]/'],
    ['http://[64:ff9b::a00:1]/'],
    ['http://169.254.169.254/latest/meta-data/'],
    ['https://10.0.0.1/'],
  ])('are not private by default: %s', async (url) => {
    const { network, connected } = networkOf({ localhost: [['127.0.0.1', '::1']] }, 1);
    expect(await codeOf(url, { network })).toBe('address-private');
    expect(connected).toEqual([]);
  });

  it('are only the public ones of a name', async () => {
    const { port } = await siteOf({ '/': answer('条文') });
    const { network, connected } = networkOf({ 'a.example': [['10.0.0.1', '1.1.1.1', '::1']] }, port);
    expect(await codeOf('http://a.example/', { network, ignoreRobots: true })).toBe('fetched');
    expect(connected).toEqual([['http://a.example', ['1.1.1.1']]]);
  });

  it('are those that were checked, resolved once for each address on the way', async () => {
    const { port } = await siteOf({ '/': redirect('http://b.example/b'), '/b': answer('条文') });
    const names = { 'a.example': [['1.1.1.1'], ['127.0.0.1']], 'b.example': [['1.0.0.1'], ['127.0.0.1']] };
    const { network, connected, asked } = networkOf(names, port);
    expect(await codeOf('http://a.example/', { network, ignoreRobots: true })).toBe('fetched');
    expect(connected).toEqual([
      ['http://a.example', ['1.1.1.1']],
      ['http://b.example', ['1.0.0.1']],
    ]);
    expect([...asked.values()]).toEqual([1, 1]);
  });

  it('are checked anew after a redirect', async () => {
    const { port } = await siteOf({
      '/': redirect('http://intern.example/'),
      '/ip': redirect('http://[::1]/'),
    });
    const names = { 'a.example': [['1.1.1.1']], 'intern.example': [['192.168.0.1']] };
    const { network, connected } = networkOf(names, port);
    const options = { network, ignoreRobots: true };
    expect(await codeOf('http://a.example/', options)).toBe('address-private');
    expect(await codeOf('http://a.example/ip', options)).toBe('address-private');
    expect(connected.map(([origin]) => origin)).toEqual(['http://a.example', 'http://a.example']);
  });

  it('are checked anew for the page after robots.txt: a name that turns to this machine is refused', async () => {
    const { port, asked } = await siteOf({ '/': answer('条文') });
    const { network } = networkOf({ 'a.example': [['1.1.1.1'], ['127.0.0.1']] }, port);
    expect(await codeOf('http://a.example/', { network })).toBe('address-private');
    expect(asked).toEqual(['/robots.txt']);
  });

  it('are pinned in the real connection: the name is not resolved again', async () => {
    const { port, requests } = await siteOf({ '/': answer('条文') });
    const network: Network = { ...NETWORK, resolve: async () => [{ address: '127.0.0.1', family: 4 }] };
    // No resolver knows a name under .invalid (RFC 6761).
    const url = `http://policy.invalid:${port}/`;
    expect((await fetchPage(url, { ...HERE, network })).finalUrl).toBe(url);
    expect(requests.at(-1)!.headers.host).toBe(`policy.invalid:${port}`);
  });
});
