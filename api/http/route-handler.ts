/** Express handlers of a route: who may use it, its input, the act, its response. */
import type { Request, RequestHandler, Response } from 'express';
import { withinDeadline } from './deadline.ts';
import { readUpload } from './file-upload.ts';
import { ProblemError } from './problem.ts';
import { roleMissing } from './role-missing.ts';
import type { Asked, Reply, Route } from './route.ts';
import { parseInput, readIdempotencyKey } from './route-input.ts';
import { mayUse, type RouteRule, reachOf } from './route-policy.ts';
import { secondPersonNeeded } from './second-person.ts';

export interface MountOptions {
  /** Throw when a response does not match its schema (tests). */
  checkAnswers: boolean;
  /** Wraps each handler. */
  around(request: Request, handle: () => Promise<Reply>): Promise<Reply>;
  /** Transforms each response. */
  border(reply: Reply): Promise<Reply>;
}

/** Runs before the body is read. */
export function requireUse({ access }: Route): RequestHandler {
  return async (request, _response, next) => {
    await refuseStrangers(mayUse(access, request.careloop.person), access);
    next();
  };
}

/** After `requireUse` has authorised the person. */
export function handlerOf(one: Route, options: MountOptions): RequestHandler {
  return async (request, response) => {
    const context = request.careloop;
    const input = parseInput(one, request);
    const idempotencyKey = readIdempotencyKey(one, request);
    // Only public routes get here without a person, and they do not use it.
    const person = context.person ?? { id: '', name: '', roles: [] };
    const asked: Asked = {
      context,
      person,
      reach: reachOf(one.access, person),
      ...(idempotencyKey !== undefined && { idempotencyKey }),
      response,
      header: (name) => request.get(name),
      upload: () => readUpload(request),
    };
    const act = async (): Promise<Reply> => {
      const touch = await one.secondPerson?.(input, asked);
      if (touch) throw secondPersonNeeded(one.key, touch);
      return options.border(await one.handle(input, asked));
    };
    const reply = await withinDeadline(options.around(request, act), one.upload?.withinMs);
    if (options.checkAnswers) checkAnswer(one, reply);
    send(reply, response);
  };
}

async function refuseStrangers(use: ReturnType<typeof mayUse>, rule: RouteRule): Promise<void> {
  if (use === 'log-in')
    throw new ProblemError({
      status: 401,
      code: 'not-logged-in',
      detail: 'This requires a session; there is none or it has expired.',
      hint: 'POST /api/login, then send the token as "Authorization: Bearer …" or the cookie.',
      headers: { 'WWW-Authenticate': 'Bearer realm="careloop"' },
    });
  if (use === 'no') throw await roleMissing(typeof rule === 'string' ? 'any' : rule);
  if (use === 'no-group') throw await roleMissing(typeof rule === 'string' ? 'any' : rule, '*');
}

function checkAnswer(one: Route, reply: Reply): void {
  const status = reply.status ?? 200;
  const answer = one.answers[status];
  if (!answer) throw new Error(`${one.key} answers ${status}, which its declaration does not contain.`);
  if (answer.schema && reply.text === undefined && !reply.stream)
    answer.schema.parse(JSON.parse(JSON.stringify(reply.body ?? null)));
}

function send(reply: Reply, response: Response): void {
  response.status(reply.status ?? 200);
  if (reply.headers) response.set(reply.headers);
  if (reply.stream) openStream(reply.stream, response);
  else if (reply.text) response.type(reply.text.type).send(reply.text.content);
  else if (reply.body === undefined) response.end();
  else response.json(reply.body);
}

/** Streams stay open for hours and are excluded from request durations. */
function openStream({ type, open }: NonNullable<Reply['stream']>, response: Response): void {
  response.locals['streams'] = true;
  response.type(type).set('X-Accel-Buffering', 'no').flushHeaders();
  if (response.req.method === 'HEAD') response.end();
  else open(response);
}
