/** Rate limits of requests; logins have their own (login-limits.ts). */

import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { ProblemError } from './problem.ts';

const minuteMs = 60_000;

/** Higher than the limit per person, as many people may share an address. */
const peopleOfAnAddress = 4;

/** Applied before authentication, which costs a look-up. */
export function addressLimit(perMinute: number): RequestHandler {
  return limit(perMinute * peopleOfAnAddress, address);
}

/** By person across sessions and addresses; without a session, by address. */
export function personLimit(perMinute: number): RequestHandler {
  return limit(perMinute, (request) => request.careloop.person?.id ?? address(request));
}

const monitored = ['/readyz', '/metrics'];

function limit(perMinute: number, keyGenerator: (request: Request) => string): RequestHandler {
  return rateLimit({
    windowMs: minuteMs,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator,
    skip: ({ path, careloop }) => path === '/healthz' || (careloop.isMonitor && monitored.includes(path)),
    handler: (_request, _response, next) => next(tooMany(60, 'You have exceeded the request limit per minute.')),
  });
}

function address(request: Request): string {
  return ipKeyGenerator(request.ip ?? '');
}

function tooMany(seconds: number, detail: string): ProblemError {
  return new ProblemError({
    status: 429,
    code: 'too-many-requests',
    detail,
    hint: 'Wait as long as Retry-After says.',
    headers: { 'Retry-After': String(seconds) },
  });
}
