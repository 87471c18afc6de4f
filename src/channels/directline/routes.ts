import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { refusal, tooMany, type Answer } from './answers.ts';
import { originOf, withCaller, withSession, type CallerParts } from './callers.ts';
import * as calls from './calls.ts';
import { answerToFault, type FaultParts } from './faults.ts';
import { largestActivity, largestUpload } from './limits.ts';
import { corsHeaders, preflightHeaders, type Origins } from './origins.ts';
import type { Session } from './tokens.ts';
import { readUpload } from './upload.ts';

/** What the routes need besides the calls. */
export interface RouteParts extends calls.CallParts, CallerParts, FaultParts {
  readonly origins: Origins;
}

const json = express.json({ limit: largestActivity, type: () => true, inflate: false });
const bytes = express.raw({ limit: largestUpload, type: () => true, inflate: false });

/** The REST half of Direct Line 3.0, to be mounted at `/v3/directline`. */
export function createRoutes(parts: RouteParts): Router {
  const router = express.Router();
  router.use((request, response, next) => {
    beforeAll(parts, request, response, next);
  });
  addTokenRoutes(router, parts);
  addConversationRoutes(router, parts);
  addMessageRoutes(router, parts);
  router.use((_request, response) => {
    write(response, refusal(404, 'ResourceNotFound', 'There is no such address.'));
  });
  router.use((fault: unknown, request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) next(fault);
    else write(response, answerToFault(parts, fault, response, request));
  });
  return router;
}

function addTokenRoutes(router: Router, parts: RouteParts): void {
  router.post(
    '/tokens/generate',
    json,
    answer((request) => generate(parts, request)),
  );
  router.post(
    '/tokens/refresh',
    json,
    answer((request) => withCaller(parts, request, (caller) => calls.refresh(parts, caller))),
  );
  router.get(
    '/session/getsessionid',
    answer((request) =>
      withCaller(parts, request, () => ({ status: 200, body: { sessionId: parts.random.id(128) } })),
    ),
  );
}

function addConversationRoutes(router: Router, parts: RouteParts): void {
  router.post(
    '/conversations',
    json,
    answer((request) =>
      withCaller(parts, request, (caller) =>
        calls.start(parts, originOf(parts, request), caller, request.body),
      ),
    ),
  );
  router.get(
    '/conversations/:id',
    answer((request) =>
      withSession(parts, request, (session) =>
        calls.reconnect(parts, originOf(parts, request), session, request.query['watermark']),
      ),
    ),
  );
}

function addMessageRoutes(router: Router, parts: RouteParts): void {
  router.get(
    '/conversations/:id/activities',
    answer((request) =>
      withSession(parts, request, (session) =>
        calls.listActivities(parts, session, request.query['watermark']),
      ),
    ),
  );
  router.post(
    '/conversations/:id/activities',
    json,
    answer((request) => withSession(parts, request, (session) => calls.post(parts, session, request.body))),
  );
  router.post(
    '/conversations/:id/upload',
    bytes,
    answer((request) => withSession(parts, request, (session) => upload(parts, session, request))),
  );
}

function answer(handler: (request: Request) => Answer | Promise<Answer>) {
  return async (request: Request, response: Response): Promise<void> => {
    write(response, await handler(request));
  };
}

/** Headers every answer has, errors too; a preflight ends here. */
function beforeAll(parts: RouteParts, request: Request, response: Response, next: NextFunction): void {
  response.set(corsHeaders(parts.origins, request.get('origin')));
  response.set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
  response.set('X-Request-Id', parts.random.id(64));
  if (request.method === 'OPTIONS') response.set(preflightHeaders).status(204).end();
  else next();
}

/** With the secret for a named user; without any credential for a visitor of an allowed page. */
async function generate(parts: RouteParts, request: Request): Promise<Answer> {
  const page = request.get('origin');
  if (request.get('authorization') === undefined && page !== undefined) {
    if (!parts.origins.isAllowed(page)) return refusal(403, 'Forbidden', 'This page may not make tokens.');
    return await calls.generateForVisitor(parts, originOf(parts, request), page);
  }
  return await withCaller(parts, request, (caller) =>
    caller.kind === 'secret'
      ? calls.generateWithSecret(parts, request.body)
      : refusal(403, 'BadArgument', 'A token cannot make tokens; use refresh.'),
  );
}

async function upload(parts: RouteParts, session: Session, request: Request): Promise<Answer> {
  const wait = parts.limits.upload(session.conversation);
  if (wait !== undefined) return tooMany(wait);
  // express.raw leaves a Buffer, or nothing when the body was empty.
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  if (body.length === 0) return refusal(400, 'BadArgument', 'The upload is empty.');
  const userId = request.query['userId'];
  const read = readUpload(
    body,
    {
      contentType: request.get('content-type') ?? 'application/octet-stream',
      disposition: request.get('content-disposition') ?? '',
    },
    typeof userId === 'string' && userId !== '' ? userId : undefined,
  );
  return await calls.receiveRead(parts, session, read);
}

function write(response: Response, { status, body, headers }: Answer): void {
  if (headers !== undefined) response.set(headers);
  response.status(status).json(body);
}
