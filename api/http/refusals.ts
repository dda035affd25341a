/** Problems a route may return before its handler runs, derived from its declaration. A route adds its own in `refusals`. */
import { methodOf, type Route } from './route.ts';

/** Status → description in OpenAPI. */
export function refusalsOf(one: Route): Record<number, string> {
  const needsLogin = one.access !== 'public';
  const takesBody = (one.body ?? one.upload) !== undefined;
  const acts = methodOf(one) !== 'get';
  const selects = (one.params ?? one.query ?? one.body) !== undefined;
  const may: [number, boolean, string][] = [
    [400, true, 'The request is not well-formed; "errors" names each wrong field.'],
    [401, needsLogin || acts, 'Not logged in, or not with this password.'],
    [403, needsLogin || acts, 'None of your roles allows it here.'],
    [404, selects, 'It does not exist, or you may not see it.'],
    [408, takesBody, 'The body did not arrive in time.'],
    [409, acts, 'The state does not allow it now, or another person must release it.'],
    [413, takesBody, 'The body is too large.'],
    [415, takesBody, 'The content type is not supported.'],
    [422, acts || selects, 'The request cannot be processed; "detail" says why.'],
    [429, true, 'Too many requests; wait for the time given in Retry-After.'],
    [500, true, 'An internal error.'],
    [503, true, 'A server behind this API does not answer; repeat the request with the same Idempotency-Key.'],
  ];
  const common = may.filter(([, applies]) => applies).map(([status, , description]) => [status, description]);
  return { ...Object.fromEntries(common), ...one.refusals };
}
