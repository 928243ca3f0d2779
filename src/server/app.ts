/** buildApp: a knowledge base as an HTTP server, apart from listening. */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import Fastify, { LogController, type FastifyBaseLogger } from 'fastify';
import type { Intake } from '../intake.js';
import type { KnowledgeBase } from '../knowledge-base.js';
import { TiaowenError } from '../model/errors.js';
import { answerBrokenRequest } from './broken-request.js';
import { checkExposure, guard } from './guard.js';
import { addSecurityHeaders } from './headers.js';
import { limitLoad } from './load.js';
import { refuseOtherMethods } from './methods.js';
import { describeRoutes } from './openapi.js';
import { isPagePath, servePage } from './page.js';
import { answerError, pathOf } from './problem.js';
import type { App } from './routes/api.js';
import { clauseRoutes } from './routes/clauses.js';
import { compareRoutes } from './routes/compare.js';
import { documentRoutes } from './routes/documents.js';
import { searchRoutes } from './routes/search.js';
import { statusRoutes } from './routes/status.js';
import { uploadRoutes } from './routes/upload.js';
import { closeConnectionsWhenStopping } from './shutdown.js';
import { ALL_SCHEMAS } from './schemas/all.js';
import { readToTheEnd } from './unread.js';

export interface AppOptions {
  readonly knowledgeBase: KnowledgeBase;
  /** Not given: files are not taken, and there is no route for them. Not owned either. */
  readonly intake?: Intake;
  /** Largest file that is taken. Default 32 MiB. */
  readonly maxUploadBytes?: number;
  /** Folder of the built page; null or not built: a word on how to build it. */
  readonly webFolder?: string | null;
  /** Default: no log. */
  readonly logger?: FastifyBaseLogger;
  /** The address that will be listened on; decides which Host headers are taken. Default 127.0.0.1. */
  readonly host?: string;
  /** Asked of every request but /healthz; default null: none. */
  readonly token?: string | null;
  /** Requests of the API in work at one time; one more is answered 503. Default 64: about three seconds of comparisons. */
  readonly maxPending?: number;
  /** What a client may still send after its answer before it is cut off. Default 1 GiB: a film that was dropped by mistake is still told to be too large. */
  readonly maxUnreadBytes?: number;
}

/** Long enough for a query of 10,000 Chinese characters to get its own error rather than a closed connection. */
const MAX_HEADER_BYTES = 256 * 1024;
/** A clause id is a document id (code, number or title) and its place. */
const MAX_ID_LENGTH = 2000;

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

/** Throws TiaowenError config-invalid when `host` is open to others and there is no token. Does not own the knowledge base. */
export async function buildApp(options: AppOptions): Promise<App> {
  const {
    knowledgeBase,
    intake,
    maxUploadBytes = 32 * 1024 * 1024,
    webFolder = null,
    logger,
    host = '127.0.0.1',
    token = null,
    maxPending = 64,
    maxUnreadBytes = 1024 * 1024 * 1024,
  } = options;
  checkExposure(host, token);
  const app = Fastify({
    ...(logger && { loggerInstance: logger }),
    // Our own line per request leaves the query out.
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    // Node looks every 30 s who is too late, which would double that time.
    http: { maxHeaderSize: MAX_HEADER_BYTES, headersTimeout: 30_000, connectionsCheckingInterval: 5_000 },
    // For the whole of a request: 256 MiB by a line of 4 Mbit/s. What sends no byte for a minute is cut sooner.
    requestTimeout: 600_000,
    // A client that neither reads nor writes for this long is gone.
    connectionTimeout: 60_000,
    // What arrives on an open connection while the server stops is still answered.
    return503OnClosing: false,
    routerOptions: { maxParamLength: MAX_ID_LENGTH },
    // A parameter that is unknown is refused, not removed.
    ajv: { customOptions: { removeAdditional: false, coerceTypes: 'array' } },
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply),
    clientErrorHandler: (error, socket) => answerBrokenRequest(error.code, socket),
  }).withTypeProvider<TypeBoxTypeProvider>();

  // Answers are written whole: a serializer made from the schema would drop what the schema lacks. That schema and answer agree
  // is checked by the compiler (schemas/shape.ts) and by the contract test.
  app.setSerializerCompiler(() => (data) => JSON.stringify(data));
  app.setErrorHandler(answerError);
  addSecurityHeaders(app);
  await guard(app, { host, token });
  refuseOtherMethods(app, { maxParamLength: MAX_ID_LENGTH, isPage: isPagePath });
  limitLoad(app, { pending: maxPending });
  refuseMalformedQueries(app);
  logAnswers(app);
  closeConnectionsWhenStopping(app);
  readToTheEnd(app, { maxBytes: maxUnreadBytes });
  for (const schema of ALL_SCHEMAS) app.addSchema(schema);
  await describeRoutes(app, version);
  searchRoutes(app, knowledgeBase);
  compareRoutes(app, knowledgeBase);
  documentRoutes(app, knowledgeBase);
  clauseRoutes(app, knowledgeBase);
  statusRoutes(app, knowledgeBase);
  if (intake) await uploadRoutes(app, knowledgeBase, intake, maxUploadBytes);
  await servePage(app, webFolder);
  return app;
}

/** Fastify leaves broken percent-encoding in a query as it is; a search for "%E6%95" would answer something never asked. */
function refuseMalformedQueries(app: App): void {
  app.addHook('onRequest', async (request) => {
    const query = request.raw.url?.split('?').slice(1).join('?') ?? '';
    try {
      decodeURIComponent(query);
    } catch {
      throw new TiaowenError('parameter-invalid', '参数中的百分号编码不合法。请以 UTF-8 编码后重试。');
    }
  });
}

function logAnswers(app: App): void {
  app.addHook('onResponse', async (request, reply) => {
    const ms = Math.round(reply.elapsedTime * 10) / 10;
    request.log.info(
      { method: request.method, path: pathOf(request), status: reply.statusCode, ms },
      'answered',
    );
  });
}
