/** The one file of a multipart request, whole and within its limit. */
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { TiaowenError } from '../model/errors.js';

export interface Upload {
  /** As the sender names it, without a path. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** What a form may hold beside its file: ten heads of parts and eight short fields. */
const MOST_BESIDE = 256 * 1024;

/** Throws TiaowenError body-too-large or upload-invalid. */
export async function readUpload(request: FastifyRequest, maxBytes: number): Promise<Upload> {
  if (!request.isMultipart()) throw invalid('请求须是 multipart/form-data');
  // Told before a byte of it is kept; what states no length or a false one is told while it is read.
  if (Number(request.headers['content-length']) > maxBytes + MOST_BESIDE) throw tooLarge(maxBytes);
  try {
    let upload: Upload | null = null;
    const limits = { fileSize: maxBytes, files: 1, fields: 8, fieldSize: 1024, parts: 10 };
    for await (const part of request.parts({ limits })) {
      if (part.type === 'file') upload = { name: part.filename, bytes: await bytesOf(part, maxBytes) };
    }
    if (upload === null) throw invalid('其中没有文件');
    return upload;
  } catch (error) {
    throw translate(error, maxBytes);
  }
}

/** Refused as soon as it is too large: the parser would first read all the rest of it. */
function bytesOf(part: MultipartFile, maxBytes: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    part.file.once('limit', () => reject(tooLarge(maxBytes)));
    part.toBuffer().then(resolve, reject);
  });
}

/** What the parser meets is what a client sent: never an error of ours. */
function translate(error: unknown, maxBytes: number): TiaowenError {
  if (error instanceof TiaowenError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'FST_REQ_FILE_TOO_LARGE') return tooLarge(maxBytes);
  if (code === 'FST_FILES_LIMIT') return invalid('一次只能上传一个文件');
  return invalid('multipart 内容不完整或格式有误', error);
}

function tooLarge(maxBytes: number): TiaowenError {
  return new TiaowenError(
    'body-too-large',
    `文件超过 ${maxBytes / 1024 / 1024} MiB 的上限。可用 --max-upload 或 TIAOWEN_MAX_UPLOAD 调高，或直接放进语料目录。`,
  );
}

function invalid(problem: string, cause?: unknown): TiaowenError {
  return new TiaowenError('upload-invalid', `上传的内容不合要求：${problem}。`, { cause });
}
