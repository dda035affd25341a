/** How often one may ask. Logins have limits of their own (login-limits.ts). */

import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
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
