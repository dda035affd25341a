/** Reads request bodies after authorisation, so that unauthorised requests are refused before their body is read. */
import express, { type Request, type RequestHandler } from 'express';
import { parseDiagramBody } from '../resources/definitions/definition-body.ts';
import { bodyTooSlow, watchPace } from './body-pace.ts';
import { ProblemError } from './problem.ts';
import type { Route } from './route.ts';
import { isTooDeep, maxLevels } from './storable-json.ts';

const json = { body: '256kb', file: '4mb' } as const;

/** Routes with raw file bodies accept JSON with accompanying data as well. */
export function readBody({ body, upload }: Route): RequestHandler[] {
  if (upload) return [askForBody];
  if (!body) return [];
  const parse = express.json({
    limit: body.limit ?? json[body.alsoTakes ? 'file' : 'body'],
    type: isJson,
    verify: refuseDeep,
  });
  return [askForBody, inTime, ...[parse, ...(body.alsoTakes ? parseDiagramBody : [])].map(untilAnswered)];
}

const isJson = (request: { headers: { 'content-type'?: string } }): boolean =>
  /^application\/([\w.+-]+\+)?json\b/i.test(request.headers['content-type'] ?? '');

/** Clients that send `Expect: 100-continue` wait with the body for this response (RFC 9110, 10.1.1). */
const askForBody: RequestHandler = (request, response, next) => {
  if (/^100-continue$/i.test(request.get('Expect') ?? '')) response.writeContinue();
  next();
};

/** Checked on the raw text: parsing extremely deep JSON costs more than counting its levels. */
function refuseDeep(_request: unknown, _response: unknown, bytes: Buffer): void {
  if (!isTooDeep(bytes)) return;
  throw new ProblemError({
    status: 400,
    code: 'malformed-request',
    detail: `The body is nested deeper than ${maxLevels} levels.`,
    hint: 'Send it flatter.',
  });
}

/** All of it, at whatever pace: below what proxies and the server itself wait for. */
const bodyWithinMs = 40_000;

/** Uploads have their own deadline, longer than the server's default (server.ts). */
const inTime: RequestHandler = (request, response, next) => {
  const slow = (problem: ProblemError) => {
    if (!request.complete && !response.headersSent) next(problem);
  };
  const timer = setTimeout(() => slow(bodyTooSlow()), bodyWithinMs);
  const endWatch = watchPace(request, slow);
  response.once('close', () => {
    clearTimeout(timer);
    endWatch();
  });
  next();
};

/** What comes of a body whose sender was refused meanwhile goes no further. */
const untilAnswered =
  (parse: RequestHandler): RequestHandler =>
  (request, response, next) =>
    parse(request, response, (problem?: unknown) => {
      if (!response.headersSent) next(problem);
    });

const lingerMs = 2000;

/** Drains an unread body for a moment so that the client sees the response, then closes the connection. */
export const dropUnreadBody: RequestHandler = (request: Request, response, next) => {
  response.once('finish', () => {
    if (!request.complete) setTimeout(() => !request.complete && request.socket.destroy(), lingerMs).unref();
  });
  next();
};
