/** Reads the body of a request, at its route: strangers and those whose roles may not use it are refused before a byte of it is read. */
import express, { type Request, type RequestHandler } from 'express';
import { parseDiagramBody } from '../resources/definitions/definition-body.ts';
import { ProblemError } from './problem.ts';
import type { Route } from './route.ts';
import { isTooDeep, maxLevels } from './storable-json.ts';

const json = { body: '256kb', file: '4mb' } as const;

/** A route that takes files as they are takes them in JSON as well, with what belongs to them. */
export function readBody({ body, upload }: Route): RequestHandler[] {
  if (upload) return [askForBody];
  if (!body) return [];
  const parse = express.json({
    limit: body.limit ?? json[body.alsoTakes ? 'file' : 'body'],
    type: isJson,
    verify: refuseDeep,
  });
  return [askForBody, inTime, parse, ...(body.alsoTakes ? parseDiagramBody : [])];
}

const isJson = (request: { headers: { 'content-type'?: string } }): boolean =>
  /^application\/([\w.+-]+\+)?json\b/i.test(request.headers['content-type'] ?? '');

/** Who sent `Expect: 100-continue` waits with the body until it is asked for (RFC 9110, 10.1.1). */
const askForBody: RequestHandler = (request, response, next) => {
  if (/^100-continue$/i.test(request.get('Expect') ?? '')) response.writeContinue();
  next();
};

/** Before it is parsed: what is nested a hundred thousand times costs more to build than to count. */
function refuseDeep(_request: unknown, _response: unknown, bytes: Buffer): void {
  if (!isTooDeep(bytes)) return;
  throw new ProblemError({
    status: 400,
    code: 'malformed-request',
    detail: `The body is nested deeper than ${maxLevels} levels.`,
    hint: 'Send it flatter.',
  });
}

const bodyWithinMs = 60_000;

/** Files have a deadline of their own, and the server's must let them (server.ts). */
const inTime: RequestHandler = (request, response, next) => {
  const timer = setTimeout(() => !request.complete && request.socket.destroy(), bodyWithinMs);
  response.once('close', () => clearTimeout(timer));
  next();
};

const lingerMs = 2000;

/** A body that nobody reads is thrown away as it comes, for a moment, so that its sender sees the answer; then the connection goes. */
export const dropUnreadBody: RequestHandler = (request: Request, response, next) => {
  response.once('finish', () => {
    if (!request.complete) setTimeout(() => !request.complete && request.socket.destroy(), lingerMs).unref();
  });
  next();
};
