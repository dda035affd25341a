/**
 * CORS and authentication of the codec endpoint, which Temporal's UI calls from another origin with its user's token.
 * The UI of a local start has no token: while the database holds demo people only, it acts as the demo operator.
 */
import type { RequestHandler } from 'express';
import { operatorRole } from '../../engine/model/roles.ts';
import { findStaff, hasOnlyDemoStaff } from '../../store/organisation/staff.ts';
import { isFromThisMachine } from './monitoring-access.ts';
import { asPerson } from './session.ts';

export interface CodecAccess {
  /** Where Temporal's UI is served from, for instance `https://temporal.example`. */
  origins: readonly string[];
  /** Whether the UI on this machine needs no login while the database holds demo people only. */
  demo: boolean;
}

/** First middleware of the endpoint, so that error responses carry CORS headers too. */
export function allowOrigins({ origins }: CodecAccess): RequestHandler {
  return (request, response, next) => {
    const origin = request.get('Origin');
    if (origin !== undefined && origins.includes(origin)) {
      response.set({
        'Access-Control-Allow-Origin': origin,
        'Access-Control-Allow-Headers': 'authorization, content-type, x-namespace, x-csrf-token, caller-type',
        'Access-Control-Allow-Methods': 'POST',
        'Access-Control-Max-Age': '600',
        'Cross-Origin-Resource-Policy': 'cross-origin',
      });
      response.vary('Origin');
      if (request.method === 'OPTIONS') {
        response.status(204).end();
        return;
      }
    }
    next();
  };
}

/** Runs after the session has been resolved. */
export function demoOperator({ origins, demo }: CodecAccess): RequestHandler {
  return async (request, _response, next) => {
    const { careloop: context } = request;
    const isFromUi = demo && origins.includes(request.get('Origin') ?? '') && isFromThisMachine(request);
    if (isFromUi && context.token === null && (await hasOnlyDemoStaff())) {
      const operator = await findStaff(operatorRole);
      if (operator?.active) context.person = await asPerson({ ...operator, id: operator._id });
    }
    next();
  };
}
