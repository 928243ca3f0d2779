/** Settings: defaults, precedence, and each bad value refused by the name it was given under. */
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PACKAGE_ROOT, readConfig, SETTINGS, type Config } from '../src/config.js';

const read = (flags = {}, env = {}) => readConfig(flags, env, '/somewhere');

it('has defaults in the package, wherever it is called from', () => {
  expect(read()).toEqual({
    corpus: resolve(PACKAGE_ROOT, 'corpus'),
    index: resolve(PACKAGE_ROOT, 'index'),
    model: 'tiaowen/policy-encoder-small-zh',
    reranker: null,
    modelsFolder: resolve(PACKAGE_ROOT, 'models'),
    mirror: null,
    host: '127.0.0.1',
    port: 8787,
    maxUpload: 32,
    token: null,
  } satisfies Config);
  expect(PACKAGE_ROOT).toBe(resolve(import.meta.dirname, '..') + '/');
});

it('is documented whole, and defaults are what the documentation says', () => {
  expect(SETTINGS.map(({ name }) => name).sort()).toEqual(Object.keys(read()).sort());
  for (const { name, default: text } of SETTINGS) {
    const value = read()[name];
    if (text === '无') expect(value).toBeNull();
    else if (text.endsWith('/')) expect(value).toBe(resolve(PACKAGE_ROOT, text));
    else expect(String(value)).toBe(text);
  }
});

it('takes a flag before the environment, and the environment before the default', () => {
  const env = { TIAOWEN_PORT: '9000', TIAOWEN_CORPUS: 'from-env', TIAOWEN_INDEX: '' };
  expect(read({ port: '9001' }, env)).toMatchObject({
    port: 9001,
    corpus: '/somewhere/from-env',
    index: resolve(PACKAGE_ROOT, 'index'),
  });
});

it('reads every setting from its variable', () => {
  const env = {
    TIAOWEN_CORPUS: '/c',
    TIAOWEN_INDEX: '../i',
    TIAOWEN_MODEL: './my-model',
    TIAOWEN_RERANKER: 'someone/reranker',
    TIAOWEN_MODELS: 'm',
    TIAOWEN_MIRROR: 'https://mirror.example/',
    TIAOWEN_HOST: '[::1]',
    TIAOWEN_PORT: '0',
    TIAOWEN_MAX_UPLOAD: '64',
    TIAOWEN_TOKEN: 'correct-horse-battery',
  };
  expect(Object.keys(env).sort()).toEqual(SETTINGS.map((setting) => setting.env).sort());
  expect(read({}, env)).toEqual({
    corpus: '/c',
    index: '/i',
    model: '/somewhere/my-model',
    reranker: 'someone/reranker',
    modelsFolder: '/somewhere/m',
    mirror: 'https://mirror.example',
    host: '::1',
    port: 0,
    maxUpload: 64,
    token: 'correct-horse-battery',
  });
});

it('cannot be changed afterwards', () => {
  expect(Object.isFrozen(read())).toBe(true);
});

describe('refuses', () => {
  it.each([
    ['TIAOWEN_PORT', 'http'],
    ['TIAOWEN_PORT', '65536'],
    ['TIAOWEN_PORT', '-1'],
    ['TIAOWEN_PORT', '80.5'],
    ['TIAOWEN_PORT', '0x50'],
    ['TIAOWEN_MAX_UPLOAD', '0'],
    ['TIAOWEN_MAX_UPLOAD', '257'],
    ['TIAOWEN_MAX_UPLOAD', '1e2'],
    ['TIAOWEN_HOST', 'http://127.0.0.1'],
    ['TIAOWEN_HOST', '127.0.0.1:80'],
    ['TIAOWEN_HOST', 'a b'],
    ['TIAOWEN_MIRROR', 'hf-mirror'],
    ['TIAOWEN_MIRROR', 'file:///etc'],
    ['TIAOWEN_MODEL', 'a/b/c'],
    ['TIAOWEN_MODEL', 'a/..'],
    ['TIAOWEN_MODEL', '模型'],
    ['TIAOWEN_RERANKER', 'reranker'],
    ['TIAOWEN_CORPUS', 'a\0b'],
    ['TIAOWEN_TOKEN', 'short'],
    ['TIAOWEN_TOKEN', '含中文的访问令牌含中文的访问令牌'],
  ])('%s=%s', (name, value) => {
    expect(() => read({}, { [name]: value })).toThrow(
      expect.objectContaining({ code: 'config-invalid', message: expect.stringContaining(name) }),
    );
  });

  it('a flag by the name of the flag', () => {
    expect(() => read({ port: 'x' })).toThrow('--port');
  });

  it('a token without repeating it', () => {
    expect(() => read({}, { TIAOWEN_TOKEN: 'se cret' })).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('cret') }),
    );
  });
});
