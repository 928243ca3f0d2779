/** A mirror of the hub on the loopback address, serving one model folder under any name it is given. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { onTestFinished } from 'vitest';

export interface Mirror {
  readonly address: string;
  /** Paths that were asked for, in order. */
  readonly requests: readonly string[];
  close(): Promise<void>;
}

/** Serves `folder` as the model `id`; everything else is 404. Files in `hidden` are 404 too. */
export async function startMirror(
  id: string,
  folder: string,
  hidden: readonly string[] = [],
): Promise<Mirror> {
  const requests: string[] = [];
  const prefix = `/${id}/resolve/main/`;
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    requests.push(path);
    const name = path.startsWith(prefix) ? normalize(path.slice(prefix.length)) : null;
    const refuse = (): unknown => response.writeHead(404).end();
    if (name === null || name.startsWith('..') || hidden.includes(name)) return void refuse();
    stat(join(folder, name)).then(({ size }) => {
      response.writeHead(200, { 'content-length': size });
      createReadStream(join(folder, name)).pipe(response);
    }, refuse);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  onTestFinished(close);
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests, close };
}
