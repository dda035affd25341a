/** Which problems a route may answer: what the layers before every handler refuse, told by what the route takes. Its own go into `refusals`. */
import { methodOf, type Route } from './route.ts';

/** Status → what it means, for OpenAPI. */
export function refusalsOf(one: Route): Record<number, string> {
  const needsLogin = one.access !== 'public';
  const takesBody = (one.body ?? one.upload) !== undefined;
  const acts = methodOf(one) !== 'get';
  const selects = (one.params ?? one.query ?? one.body) !== undefined;
  const may: [number, boolean, string][] = [
    [400, true, 'The request is not well-formed; "errors" names each wrong field.'],
    [401, needsLogin || acts, 'Not logged in, or not with this password.'],
    [403, needsLogin || acts, 'None of your roles allows it here.'],
    [404, selects, 'There is no such thing, or you may not see it.'],
    [408, one.upload !== undefined, 'The file did not come in time.'],
    [409, acts, 'The state does not allow it now, or another person must release it.'],
    [413, takesBody, 'The body is larger than what is taken here.'],
    [415, takesBody, 'The content type is not read here.'],
    [422, acts || selects, 'What is asked for cannot be done as it is; "detail" says why.'],
    [429, true, 'Too many requests; wait as long as Retry-After says.'],
    [500, true, 'An error on our side.'],
    [503, true, 'A server behind this API does not answer; repeat the request with the same Idempotency-Key.'],
  ];
  const common = may.filter(([, applies]) => applies).map(([status, , description]) => [status, description]);
  return { ...Object.fromEntries(common), ...one.refusals };
}
