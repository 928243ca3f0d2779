/** Addresses that are taken, and where a redirect may lead. */
import { describe, expect, it } from 'vitest';
import { checkUrl, redirectTarget } from '../../src/fetch/check-url.js';
import { LIMITS } from '../../src/fetch/session.js';
import { TiaowenError } from '../../src/model/errors.js';

function outcome(work: () => URL): string {
  try {
    return work().href;
  } catch (error) {
    if (error instanceof TiaowenError) return error.code;
    throw error;
  }
}

describe('checkUrl', () => {
  it.each([
    ['http://a.example', 'http://a.example/'],
    ['HTTPS://A.example:8443/条?q=文#注', 'https://a.example:8443/%E6%9D%A1?q=%E6%96%87'],
    ['https://教育.example/', 'https://xn--wcvs22d.example/'],
    ['', 'url-invalid'],
    ['www.a.example/1', 'url-invalid'],
    ['ftp://a.example/', 'url-invalid'],
    ['file:///etc/passwd', 'url-invalid'],
    ['javascript:alert(1)', 'url-invalid'],
    ['http://', 'url-invalid'],
    ['http://user@a.example/', 'url-invalid'],
    ['http://user:secret@a.example/', 'url-invalid'],
  ])('%s', (text, expected) => {
    expect(outcome(() => checkUrl(text, LIMITS))).toBe(expected);
  });

  it('takes no address that is too long', () => {
    const base = 'http://a.example/';
    const long = base + 'x'.repeat(LIMITS.url - base.length);
    expect(outcome(() => checkUrl(long, LIMITS))).toBe(long);
    expect(outcome(() => checkUrl(`${long}x`, LIMITS))).toBe('url-invalid');
  });

  it('does not repeat a password', () => {
    expect(() => checkUrl('http://user:secret@a.example/', LIMITS)).toThrow(/^(?!.*secret)/);
  });
});

describe('redirectTarget', () => {
  it.each([
    ['http://a.example/x/y', 'z', 'http://a.example/x/z'],
    ['http://a.example/', 'https://b.example/#top', 'https://b.example/'],
    ['https://a.example/', '//b.example/', 'https://b.example/'],
    ['https://a.example/', 'http://a.example/', 'fetch-redirect'],
    ['https://a.example/', 'data:text/html,x', 'fetch-redirect'],
    ['https://a.example/', 'https://[', 'fetch-redirect'],
    ['https://a.example/', null, 'fetch-redirect'],
    ['https://a.example/', 'https://user:secret@a.example/', 'url-invalid'],
  ])('%s → %s', (from, location, expected) => {
    expect(outcome(() => redirectTarget(new URL(from), location, LIMITS))).toBe(expected);
  });
});
