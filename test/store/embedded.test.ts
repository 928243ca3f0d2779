/** The embedded store keeps the contract, with the exact scan, with token vectors beside the database, and with the graph. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { openEmbeddedStore } from '../../src/store/embedded/embedded-store.js';
import { storeContract } from '../contract/store.contract.js';

const root = mkdtempSync(join(tmpdir(), 'tiaowen-store-'));
let count = 0;

afterAll(() => {
  rmSync(root, { recursive: true });
});

storeContract('embedded, exact', () => openEmbeddedStore(join(root, String(count++)), { mode: 'write' }));
storeContract('embedded, large', () =>
  openEmbeddedStore(join(root, String(count++)), { mode: 'write', roundAbove: Infinity, tokensAbove: 0 }),
);
storeContract('embedded, graph', () =>
  openEmbeddedStore(join(root, String(count++)), { mode: 'write', exactLimit: 0 }),
);
