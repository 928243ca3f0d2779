/** The one table of errors: stable code, HTTP status, exit code. Messages are in Chinese, for users. */

interface ErrorKind {
  /** HTTP status when it reaches a client. */
  readonly status: number;
  /** Short title in Chinese. */
  readonly title: string;
}

/** Codes are stable: scripts and the page rely on them. Every error ends the CLI with exit code 2. */
export const ERRORS = {
  'corpus-missing': { status: 500, title: '语料目录不存在' },
  'corpus-empty': { status: 500, title: '语料目录为空' },
  'index-missing': { status: 503, title: '尚未建立索引' },
  'index-format': { status: 503, title: '索引格式不符' },
  'index-model': { status: 503, title: '索引与模型不符' },
  'lexicon-invalid': { status: 503, title: '词库有误' },
  'index-damaged': { status: 503, title: '索引已损坏' },
  'index-locked': { status: 503, title: '索引正被占用' },
  'index-unwritable': { status: 500, title: '索引目录不可写' },
  'url-invalid': { status: 400, title: '网址不合要求' },
  'address-private': { status: 403, title: '目标地址不在公共互联网上' },
  'host-unknown': { status: 502, title: '找不到主机' },
  'fetch-failed': { status: 502, title: '抓取失败' },
  'fetch-timeout': { status: 504, title: '抓取超时' },
  'fetch-too-large': { status: 502, title: '抓取的内容过大' },
  'fetch-redirect': { status: 502, title: '重定向不合要求' },
  'fetch-status': { status: 502, title: '网站没有给出网页' },
  'robots-disallowed': { status: 403, title: '网站不允许程序抓取' },
  'robots-unreachable': { status: 502, title: '读不到 robots.txt' },
  'content-unsupported': { status: 415, title: '内容不是可读的文件' },
  'corpus-unwritable': { status: 500, title: '语料目录不可写' },
  'model-missing': { status: 500, title: '模型文件缺失' },
  'model-altered': { status: 500, title: '模型文件校验不符' },
  'model-invalid': { status: 500, title: '模型不可用' },
  'passage-too-long': { status: 500, title: '段落超出模型上限' },
  'query-empty': { status: 400, title: '检索词为空' },
  'query-too-long': { status: 400, title: '检索词过长' },
  'too-many-topics': { status: 400, title: '主题过多' },
  'jurisdiction-unknown': { status: 400, title: '未知的行政区划' },
  'limit-out-of-range': { status: 400, title: '数量超出范围' },
  'parameter-invalid': { status: 400, title: '参数不合要求' },
  'body-malformed': { status: 400, title: '请求内容不是合法的 JSON' },
  'style-unknown': { status: 400, title: '未知的引注格式' },
  'clause-unknown': { status: 404, title: '没有这一条款' },
  'document-unknown': { status: 404, title: '没有这份文件' },
  'original-missing': { status: 404, title: '没有保存原件' },
  'file-unknown': { status: 404, title: '没有这个源文件' },
  'route-unknown': { status: 404, title: '没有这个地址' },
  'method-not-allowed': { status: 405, title: '这个地址不接受这种请求方法' },
  'body-too-large': { status: 413, title: '请求内容过大' },
  'upload-invalid': { status: 400, title: '上传的内容不合要求' },
  'file-unreadable': { status: 422, title: '文件不能读出' },
  'request-malformed': { status: 400, title: '请求不合 HTTP 规范' },
  'request-timeout': { status: 408, title: '请求没有按时发完' },
  'request-too-large': { status: 431, title: '请求地址或请求头过长' },
  'host-refused': { status: 421, title: '不接受这一主机名' },
  'origin-refused': { status: 403, title: '不接受其他网站的请求' },
  'token-required': { status: 401, title: '需要访问令牌' },
  'too-many-requests': { status: 429, title: '请求过于频繁' },
  overloaded: { status: 503, title: '服务繁忙' },
  'config-invalid': { status: 500, title: '配置不合要求' },
  'port-in-use': { status: 500, title: '端口被占用' },
  internal: { status: 500, title: '内部错误' },
} as const satisfies Record<string, ErrorKind>;

export type ErrorCode = keyof typeof ERRORS;

/** An error that a user can act on. `message` is a full sentence in Chinese that names the thing and the way out. */
export class TiaowenError extends Error {
  override readonly name = 'TiaowenError';
  /** Seconds after which the same request may succeed; null when waiting does not help. */
  readonly retryAfter: number | null;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options: ErrorOptions & { readonly retryAfter?: number } = {},
  ) {
    super(message, options);
    this.retryAfter = options.retryAfter ?? null;
  }

  get status(): number {
    return ERRORS[this.code].status;
  }

  get title(): string {
    return ERRORS[this.code].title;
  }
}
