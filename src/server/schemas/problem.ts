/** Errors as RFC 9457 problem details. */
import { Type, type Static, type TSchema } from 'typebox';
import { ERRORS, type ErrorCode } from '../../model/errors.js';
import { named, ref } from './shape.js';

export const PROBLEM_TYPE = 'application/problem+json';

const codes = Object.keys(ERRORS) as ErrorCode[];

export const ProblemSchema = Type.Object(
  {
    type: Type.String({ description: '错误类别的 URN' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: '可以照做的说明' }),
    code: Type.Enum(codes, { description: '稳定的错误代码' }),
    instance: Type.String({ description: '请求编号，见服务日志' }),
  },
  named('Problem', '错误（RFC 9457）'),
);
export type Problem = Static<typeof ProblemSchema>;

const answer = (description: string, headers: Readonly<Record<string, TSchema>> = {}) => ({
  description,
  headers,
  content: { [PROBLEM_TYPE]: { schema: ref(ProblemSchema) } },
});

const retryAfter = {
  'Retry-After': Type.Integer({ minimum: 1, description: '多少秒后可以重试；等待无济于事时没有' }),
};

/** The errors that any route of the API may answer with. */
export const commonProblems = {
  400: answer('参数不合要求'),
  401: answer('需要访问令牌'),
  403: answer('不接受其他网站的请求'),
  405: answer('这个地址不接受这种请求方法', {
    Allow: Type.String({ description: '可用的方法，以逗号分隔' }),
  }),
  421: answer('不接受这一主机名'),
  429: answer('请求过于频繁', retryAfter),
  500: answer('内部错误'),
  503: answer('索引暂不可用，或服务繁忙', retryAfter),
};

/** For a route that takes a file. */
export const uploadProblems = { 413: answer('文件过大'), 422: answer('文件不能读出，没有保存') };

/** For a route that names one thing. */
export const notFound = { 404: answer('没有这一项') };
