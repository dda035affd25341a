/**
 * The Express application. Order of checks: security headers, rate limit by address, authentication, rate limit by
 * person, authorisation, body. Every error is returned as problem details (RFC 9457).
 */
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Json } from '../../engine/model/plan.ts';
import { keepAuditFor } from '../../store/audit/record.ts';
import { allRoutes } from '../resources/routes.ts';
import { audited, auditProblem, beginAudit } from './audit.ts';
import { throughBorder } from './border.ts';
import { allowOrigins, demoOperator } from './codec-access.ts';
import { consoleRouter } from './console.ts';
import type { Deps } from './deps.ts';
import { docsRouter } from './docs-page.ts';
import { toProblem } from './errors.ts';
import { addressLimit, personLimit } from './limits.ts';
import { maskedAnswer } from './masking.ts';
import { recogniseMonitor } from './monitoring-access.ts';
import { describeApi } from './openapi.ts';
import { ProblemError, problemBody } from './problem.ts';
import { dropUnreadBody, readBody } from './read-body.ts';
import { expressPathOf, methodOf, type Route } from './route.ts';
import { handlerOf, requireUse } from './route-handler.ts';
import { authenticate, beginRequest } from './session.ts';

export function createApp(deps: Deps): Express {
  keepAuditFor(deps.config.auditDays);
  const routes = allRoutes(deps);
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.set('trust proxy', deps.config.proxyHops);
  app.set('etag', 'weak');
  app.use(beginRequest, watch(deps), dropUnreadBody);
  app.use(helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } }));
  app.use(recogniseMonitor(deps.config.monitoringToken));
  app.use(addressLimit(deps.config.requestsPerMinute));
  app.use(docsRouter());
  const webConsole = deps.consoleFolder === undefined ? undefined : consoleRouter(deps.consoleFolder);
  if (webConsole) app.use(webConsole);
  app.use(noStore);
  app.use('/api/codec', allowOrigins(deps.config.codec));
  app.use('/api', authenticate);
  app.use('/api/codec', demoOperator(deps.config.codec));
  app.use(personLimit(deps.config.requestsPerMinute));
  for (const one of routes) {
    const handler = handlerOf(one, {
      checkAnswers: deps.checkAnswers ?? false,
      around: audited,
      border: throughBorder,
    });
    app[methodOf(one)](expressPathOf(one), named(one), requireUse(one), ...readBody(one), handler);
  }
  const description = describeApi(routes);
  app.get('/openapi.json', (_request, response) => {
    response.json(description);
  });
  for (const path of new Set(routes.map(expressPathOf))) app.all(path, wrongMethod(routes, path));
  app.use(nothingHere);
  app.use(answerProblem(deps));
  return app;
}

/** Records the route for the audit trail, and its pattern for metrics and log: URLs contain ids, patterns do not. */
function named(one: Route): RequestHandler {
  return (request, response, next) => {
    beginAudit(one, request);
    response.locals['route'] = one.key.slice(one.key.indexOf(' ') + 1);
    next();
  };
}

/** Logs duration and status of each request, without URL, query, body or person. */
function watch({ metrics, log }: Deps): RequestHandler {
  return (request, response, next) => {
    const since = process.hrtime.bigint();
    response.once('finish', () => {
      if (response.locals['streams'] === true) return;
      const seconds = Number(process.hrtime.bigint() - since) / 1e9;
      const route = String(response.locals['route'] ?? 'none');
      const { method } = request;
      const status = response.statusCode;
      metrics.requests.observe({ method, route, status: String(status) }, seconds);
      const level = status >= 500 && route !== '/readyz' ? 'warn' : 'info';
      const code: unknown = response.locals['code'];
      log[level](
        { id: request.careloop.id, method, route, status, ms: Math.round(seconds * 1000), ...(code ? { code } : {}) },
        'request',
      );
    });
    next();
  };
}

/** Responses are user-specific: not cached by proxies; programs revalidate with the ETag. */
const noStore: RequestHandler = (_request, response, next) => {
  response.set('Cache-Control', 'private, no-store');
  response.vary('Cookie');
  response.vary('Authorization');
  next();
};

function wrongMethod(routes: Route[], path: string): RequestHandler {
  const methods = routes.filter((one) => expressPathOf(one) === path).map((one) => methodOf(one).toUpperCase());
  const allow = [...methods, ...(methods.includes('GET') ? ['HEAD'] : [])].join(', ');
  return (request) => {
    throw new ProblemError({
      status: 405,
      code: 'method-not-allowed',
      detail: `This path does not support ${request.method}.`,
      hint: `Use ${allow}.`,
      headers: { Allow: allow },
    });
  };
}

const nothingHere: RequestHandler = () => {
  throw new ProblemError({
    status: 404,
    code: 'no-such-route',
    detail: 'This API has no such path.',
    hint: '/docs lists all paths. A slash within an id is written %2F.',
  });
};

/** Express recognises an error handler by its four parameters. */
function answerProblem({ log, metrics }: Deps): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    if (response.headersSent) {
      next(error);
      return;
    }
    const problem = toProblem(error);
    response.locals['code'] = problem.code;
    auditProblem(request, problem);
    if (problem.status === 503) log.warn({ id: request.careloop.id, code: problem.code }, 'not available');
    else if (problem.status >= 500) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      log.error({ id: request.careloop.id, code: problem.code, err: errorForLog(cause) }, 'request failed');
    }
    metrics.refusals.inc({ code: problem.code });
    if (problem.headers) response.set(problem.headers);
    response.status(problem.status).type('application/problem+json');
    const body = JSON.parse(JSON.stringify(problemBody(problem, request.careloop.id))) as Json;
    response.send(JSON.stringify(maskedAnswer(body).value));
  };
}

/** Driver messages may quote documents: log the error class and stack only. */
function errorForLog(error: unknown): { name: string; stack: string[] } {
  if (!(error instanceof Error)) return { name: typeof error, stack: [] };
  const stack = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { name: error.name, stack: stack.slice(0, 8).map((line) => line.trim()) };
}
