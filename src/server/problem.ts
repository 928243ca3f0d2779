/** The one place where errors become HTTP answers: problem+json with a stable code, never a stack trace. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { ERRORS, TiaowenError, type ErrorCode } from '../model/errors.js';
import { PROBLEM_TYPE, type Problem } from './schemas/problem.js';

export function toProblem(code: ErrorCode, detail: string, instance: string): Problem {
  const { status, title } = ERRORS[code];
  return { type: `urn:tiaowen:error:${code}`, title, status, detail, code, instance };
}

/** Error handler of Fastify: what a client did wrong gets its code, what we did wrong is logged and answered as internal. */
export function answerError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = asTiaowenError(error);
  if (known.code === 'internal') request.log.error({ err: error }, 'unexpected error');
  if (known.retryAfter !== null) reply.header('retry-after', String(known.retryAfter));
  return sendProblem(reply, known.code, known.message);
}

export function answerUnknownRoute(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  return sendProblem(
    reply,
    'route-unknown',
    `没有 ${request.method} ${pathOf(request)} 这个地址。接口一览见 /docs。`,
  );
}

export function sendProblem(reply: FastifyReply, code: ErrorCode, detail: string): FastifyReply {
  const problem = toProblem(code, detail, reply.request.id);
  if (code === 'token-required')
    reply.header('www-authenticate', 'Basic realm="Tiaowen", charset="UTF-8", Bearer');
  // A string: the serializer of the route is for its answers, and errors of other routes pass here too.
  return reply.code(problem.status).type(PROBLEM_TYPE).send(JSON.stringify(problem));
}

/** The path of a request without its query, as it was sent. Queries are the researcher's own: they are not logged. */
export function pathOf(request: FastifyRequest): string {
  return request.raw.url?.split('?', 1)[0] ?? '/';
}

function asTiaowenError(error: FastifyError): TiaowenError {
  if (error instanceof TiaowenError) return error;
  if (error.validation) return fromValidation(error.validation[0], error.validationContext);
  const framework = FRAMEWORK_ERRORS[error.code];
  if (framework) return new TiaowenError(...framework);
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return new TiaowenError('request-malformed', `请求无法处理（${error.code}）。接口用法见 /docs。`);
  }
  return new TiaowenError('internal', '服务内部出错，详情见服务日志。请带上请求编号报告此问题。');
}

/** Errors that Fastify raises before a handler runs. */
const FRAMEWORK_ERRORS: Readonly<Record<string, [ErrorCode, string] | undefined>> = {
  FST_ERR_BAD_URL: ['parameter-invalid', '地址中的百分号编码不合法。请以 UTF-8 编码后重试。'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['body-malformed', '请求内容不是合法的 JSON。'],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['body-malformed', '请求声明为 JSON，但内容为空。'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: ['request-malformed', '请求内容的长度与 Content-Length 不符。'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: ['upload-invalid', '上传的内容不合要求：请求须是 multipart/form-data。'],
  FST_ERR_CTP_BODY_TOO_LARGE: ['body-too-large', '请求内容超过 1 MiB。'],
};

type Validation = NonNullable<FastifyError['validation']>[number];

function fromValidation(first: Validation | undefined, context: string | undefined): TiaowenError {
  const name = first?.instancePath.split('/')[1] ?? String(first?.params['missingProperty'] ?? '');
  const unknown = first?.params['additionalProperty'];
  if (context === 'querystring') {
    if (unknown !== undefined) {
      return new TiaowenError(
        'parameter-invalid',
        `没有名为 ${String(unknown).slice(0, 60)} 的参数。可用的参数见 /docs。`,
      );
    }
    if (name === 'q' && first?.keyword !== 'type') {
      return new TiaowenError('query-empty', '没有给出检索词。请以参数 q 给出要查找的主题。');
    }
    if (['minimum', 'maximum'].includes(first?.keyword ?? '') && ['limit', 'perCell'].includes(name)) {
      return new TiaowenError('limit-out-of-range', `参数 ${name} 超出范围：${demand(first)}。`);
    }
    if (name === 'style') return new TiaowenError('style-unknown', `没有这种引注格式：${demand(first)}。`);
  }
  return new TiaowenError('parameter-invalid', `参数 ${name || '（未知）'} 不合要求：${demand(first)}。`);
}

/** What a JSON Schema keyword asks for, in Chinese. */
function demand(validation: Validation | undefined): string {
  const params = validation?.params ?? {};
  switch (validation?.keyword) {
    case 'minimum':
      return `不得小于 ${String(params['limit'])}`;
    case 'maximum':
      return `不得大于 ${String(params['limit'])}`;
    case 'enum':
      return `须是 ${(params['allowedValues'] as string[]).join('、')} 之一`;
    case 'type':
      return `须是${TYPE_NAMES[String(params['type'])] ?? String(params['type'])}，且不得重复`;
    case 'required':
      return '不可缺少';
    default:
      return validation?.message ?? '格式不符';
  }
}

const TYPE_NAMES: Readonly<Record<string, string | undefined>> = {
  integer: '整数',
  number: '数',
  string: '文字',
  boolean: ' true 或 false',
};
