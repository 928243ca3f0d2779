/** What Node's parser refuses never becomes a request: answered on the bare socket. */
import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ErrorCode } from '../model/errors.js';
import { toProblem } from './problem.js';
import { PROBLEM_TYPE } from './schemas/problem.js';

/** To close at once what a client still writes to would reset the connection, and take the answer away. */
const LINGER_MS = 2000;

const answered = new WeakSet<Socket>();

/** `code`: of Node's error. Each further piece of a request that was refused comes here too. */
export function answerBrokenRequest(code: string | undefined, socket: Socket): void {
  if (answered.has(socket)) return;
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  answered.add(socket);
  const problem = toProblem(...kindOf(code), randomUUID());
  const body = JSON.stringify(problem);
  socket.end(
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}\r\n` +
      `Content-Type: ${PROBLEM_TYPE}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
  const timer = setTimeout(() => socket.destroy(), LINGER_MS).unref();
  socket.on('close', () => clearTimeout(timer));
}

function kindOf(code: string | undefined): [ErrorCode, string] {
  switch (code) {
    case 'HPE_HEADER_OVERFLOW':
      return ['request-too-large', '请求地址或请求头过长。请缩短检索词后重试。'];
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return ['request-timeout', '请求没有按时发完。请检查网络后重试。'];
    default:
      return ['request-malformed', '请求不合 HTTP 规范。'];
  }
}
