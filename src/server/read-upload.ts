/** The one file of a multipart request, whole and within its limit. */
import type { FastifyRequest } from 'fastify';
import { TiaowenError } from '../model/errors.js';

export interface Upload {
  /** As the sender names it, without a path. */
  readonly name: string;
  readonly bytes: Buffer;
}

/** Throws TiaowenError body-too-large or upload-invalid. */
export async function readUpload(request: FastifyRequest, maxBytes: number): Promise<Upload> {
  if (!request.isMultipart()) throw invalid('请求须是 multipart/form-data');
  try {
    let upload: Upload | null = null;
    const limits = { fileSize: maxBytes, files: 1, fields: 8, fieldSize: 1024, parts: 10 };
    for await (const part of request.parts({ limits })) {
      if (part.type === 'file') upload = { name: part.filename, bytes: await part.toBuffer() };
    }
    if (upload === null) throw invalid('其中没有文件');
    return upload;
  } catch (error) {
    throw translate(error, maxBytes);
  }
}

/** What the parser meets is what a client sent: never an error of ours. */
function translate(error: unknown, maxBytes: number): TiaowenError {
  if (error instanceof TiaowenError) return error;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'FST_REQ_FILE_TOO_LARGE') {
    return new TiaowenError(
      'body-too-large',
      `文件超过 ${maxBytes / 1024 / 1024} MiB 的上限。可用 --max-upload 或 TIAOWEN_MAX_UPLOAD 调高，或直接放进语料目录。`,
    );
  }
  if (code === 'FST_FILES_LIMIT') return invalid('一次只能上传一个文件');
  return invalid('multipart 内容不完整或格式有误', error);
}

function invalid(problem: string, cause?: unknown): TiaowenError {
  return new TiaowenError('upload-invalid', `上传的内容不合要求：${problem}。`, { cause });
}
