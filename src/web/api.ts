/** Requests to the server; its problems as one error. */
import type { DocumentSummary, ListedFile, Uploaded } from '../knowledge-base.js';
import type { CitationStyle } from '../model/citation.js';
import type { Address } from './address.js';

/** Answer of GET /api/documents. */
export interface DocumentList {
  readonly documents: readonly DocumentSummary[];
  readonly files: readonly ListedFile[];
}

/** What went wrong, in Chinese, with the stable code of the server or one of our own (`network`, `answer-malformed`). */
export class Problem extends Error {
  constructor(
    readonly code: string,
    readonly title: string,
    readonly detail: string,
  ) {
    super(detail);
  }
}

/** Throws Problem; an abort is rethrown as it is. */
export async function get<T>(path: string, signal: AbortSignal | null = null): Promise<T> {
  const response = await request(path, 'application/json', signal);
  const answer: unknown = await response.json().catch(() => null);
  if (signal?.aborted) throw signal.reason;
  if (response.ok && answer !== null) return answer as T;
  throw problemOf(answer, response.status);
}

/** A file of the server. Throws as get does. */
export async function getBytes(path: string, signal: AbortSignal): Promise<ArrayBuffer> {
  const response = await request(path, '*/*', signal);
  if (!response.ok) throw problemOf(await response.json().catch(() => null), response.status);
  return unlessAborted(response.arrayBuffer(), signal);
}

async function request(path: string, accept: string, signal: AbortSignal | null): Promise<Response> {
  return unlessAborted(fetch(path, { signal, headers: { accept } }), signal);
}

async function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal | null): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem('network', '无法连接', '条文服务没有回应。请确认 npm start 仍在运行，然后重试。');
  }
}

/** Sends one file. XMLHttpRequest, because fetch tells nothing of what was sent. `progress`: share of the bytes, 0–1. Throws Problem. */
export function upload(file: File, progress: (share: number) => void): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    const body = new FormData();
    body.append('file', file);
    const request = new XMLHttpRequest();
    request.open('POST', '/api/documents');
    request.responseType = 'json';
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      progress(total > 0 ? loaded / total : 0),
    );
    request.upload.addEventListener('load', () => progress(1));
    request.addEventListener('load', () => {
      const answer: unknown = request.response;
      if (request.status < 300 && answer !== null) resolve(answer as Uploaded);
      else reject(problemOf(answer, request.status));
    });
    request.addEventListener('error', () => {
      const detail = '上传没有完成：连接中断。请确认 npm start 仍在运行、文件没有超出上限，然后重试。';
      reject(new Problem('network', '无法连接', detail));
    });
    request.send(body);
  });
}

function problemOf(answer: unknown, status: number): Problem {
  const { code, title, detail } = (answer ?? {}) as Partial<Record<'code' | 'title' | 'detail', unknown>>;
  if (typeof code === 'string' && typeof title === 'string') {
    return new Problem(code, title, typeof detail === 'string' ? detail : '');
  }
  return new Problem(
    'answer-malformed',
    '服务的回答无法识别',
    `HTTP 状态 ${status}。请重试，或查看服务日志。`,
  );
}

/** Hits asked for in each cell; `answering` says how many there are. */
export const PER_CELL = 30;

export function comparePath({ topics, jurisdictions, templates, literal }: Address): string {
  const query = new URLSearchParams();
  for (const topic of topics) query.append('q', topic);
  for (const jurisdiction of jurisdictions) query.append('jurisdiction', jurisdiction);
  if (templates) query.set('templates', 'true');
  if (literal) query.set('literal', 'true');
  query.set('perCell', String(PER_CELL));
  return `/api/compare?${query}`;
}

export const documentPath = (id: string) => `/api/documents/${encodeURIComponent(id)}`;
export const originalPath = (id: string) => `${documentPath(id)}/original`;
export const clausePath = (id: string) => `/api/clauses/${encodeURIComponent(id)}`;

export async function fetchCitation(clauseId: string, style: CitationStyle): Promise<string> {
  return (await get<{ citation: string }>(`${clausePath(clauseId)}/citation?style=${style}`)).citation;
}
