/** Opens the port of an app that was built. */
import type { FastifyInstance } from 'fastify';
import { TiaowenError } from '../model/errors.js';

/**
 * The address to open in a browser. Throws TiaowenError port-in-use when another program has the port, config-invalid when the
 * address is not one of this machine or the port is not ours to take.
 */
export async function listen(
  app: FastifyInstance,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<string> {
  try {
    await app.listen({ host, port, listenTextResolver: (address) => `listening at ${address}` });
  } catch (error) {
    throw asTiaowenError(error, host, port);
  }
  const address = app.server.address();
  const actual = typeof address === 'object' && address ? address.port : port;
  return `http://${host.includes(':') ? `[${host}]` : host}:${actual}`;
}

function asTiaowenError(error: unknown, host: string, port: number): unknown {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'EADDRINUSE':
      return new TiaowenError(
        'port-in-use',
        `端口 ${port} 已被其他程序占用。请用 --port 或 TIAOWEN_PORT 另选一个端口，例如 --port ${port === 65535 ? 8787 : port + 1}。`,
        { cause: error },
      );
    case 'EACCES':
      return new TiaowenError(
        'config-invalid',
        `设置 TIAOWEN_PORT 不合要求：无权监听端口 ${port}，请选 1024 以上的端口。`,
        { cause: error },
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new TiaowenError('config-invalid', `设置 TIAOWEN_HOST 不合要求：${host} 不是本机的地址。`, {
        cause: error,
      });
    default:
      return error;
  }
}
