/** How often one may ask: everybody together with their session, and failed logins by address and login. */

import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { sha256 } from './digest.ts';
import { ProblemError } from './problem.ts';

const minuteMs = 60_000;

export function generalLimit(perMinute: number): RequestHandler {
  return rateLimit({
    windowMs: minuteMs,
    limit: perMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (request) => request.careloop.person?.id ?? address(request),
    skip: (request) => ['/healthz', '/readyz', '/metrics'].includes(request.path),
    handler: (_request, _response, next) =>
      next(tooMany(60, 'You have sent more requests than are taken in a minute.')),
  });
}

/** Ten wrong passwords for one login from one address in a quarter of an hour; right ones do not count. */
export function loginLimit(): RequestHandler {
  return rateLimit({
    windowMs: 15 * minuteMs,
    limit: 10,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    skipSuccessfulRequests: true,
    keyGenerator: (request) => `${address(request)} ${sha256(loginOf(request))}`,
    handler: (_request, _response, next) => next(tooMany(900, 'There were too many failed logins.')),
  });
}

function address(request: Request): string {
  return ipKeyGenerator(request.ip ?? '');
}

function loginOf(request: Request): string {
  const body: unknown = request.body;
  return typeof body === 'object' && body !== null && 'login' in body ? String(body.login).trim() : '';
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
