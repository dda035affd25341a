/** No request brings the API down, and whatever is refused is told with a code, a sentence and what to do: every route that it describes. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/runtime.ts';
import { badRequests, type Operation, operationsOf, type Request } from './bad-requests.ts';
import { type Caller, registered, startApi, type TestApi } from './support.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ config: { requestsPerMinute: 1_000_000 } });
});
afterAll(() => api.close());

const groupRoles = ['ops', 'gm', 'gm-office', 'legal', 'hr', 'cs-general-director', 'group-medical-affairs'];

/** Somebody who may: the first role the description names. */
async function whoMay({ description, path, security }: Operation): Promise<Caller> {
  if (security.length === 0 || path === '/api/logout') return api.anonymous;
  const role = /Roles: ([\w-]+)/.exec(description)?.[1] ?? 'ops';
  return api.as(groupRoles.includes(role) ? role : `${role}-bj`);
}

interface Seen {
  status: number;
  type: string;
  text: string;
}

async function ask({ method, path, headers, body }: Request, who: Caller): Promise<Seen> {
  const response = await fetch(api.address + path, {
    method,
    headers: { ...who.headers, ...headers },
    ...(body !== undefined && { body }),
  });
  const type = response.headers.get('Content-Type') ?? '';
  // A stream has no end to wait for.
  const isStream = type.startsWith('text/event-stream');
  if (isStream) await response.body?.cancel();
  return { status: response.status, type, text: isStream ? '' : await response.text() };
}

/** What is wrong with an answer; nothing when it is as it should be. */
function faultOf({ status, type, text }: Seen, { expected }: Request, { statuses }: Operation): string | undefined {
  if (!statuses.includes(String(status))) return 'is answered with a status that is not described';
  if (status < 400) return expected === 'refused' ? 'was taken' : undefined;
  // 503: no worker answered in time, which may be so on a busy machine.
  if (status >= 500 && status !== 503) return 'failed';
  if (!type.startsWith('application/problem+json')) return `is told as ${type}`;
  const problem = JSON.parse(text);
  if (problem.status !== status) return 'tells another status';
  if (!/^[a-z]+(-[a-z]+)*$/.test(problem.code)) return 'has no code';
  for (const member of ['title', 'detail', 'hint'])
    if (typeof problem[member] !== 'string' || problem[member].length < 5) return `has no ${member}`;
  if (problem.code === 'invalid-request' && !(problem.errors?.length > 0)) return 'names no field';
  return undefined;
}

/** Something that is there, for the id that the description gives as an example. */
async function real({ path }: Operation): Promise<Record<string, string>> {
  if (!/^\/api\/(complaints|tasks|instances)\/\{/.test(path)) return {};
  const caseNumber = await registered(api);
  const director = await api.as('cs-director-bj');
  const task = await eventually(async () => (await director.get(`/api/tasks?q=${caseNumber}`)).body.items[0]?.id);
  return {
    BJ2026110001: caseNumber,
    'complaint%2FBJ2026110001': `complaint%2F${caseNumber}`,
    'complaint.BJ2026110001.7': task,
  };
}

const about = (known: Record<string, string>, path: string): string =>
  path
    .split('/')
    .map((part) => known[part] ?? part)
    .join('/');

const shares = 4;

test.each(Array.from({ length: shares }, (_, share) => share))(
  'every route refuses what is wrong, and says what, where and what to do: share %i',
  async (share) => {
    const operations = operationsOf((await api.anonymous.get('/openapi.json')).body);
    expect(operations.length).toBeGreaterThan(50);
    const faults: string[] = [];
    // Before many have tried in vain, which locks a login for a while.
    for (const operation of operations) await whoMay(operation);
    // Temporal's UI and CLI decide what they send to a codec; what is not understood there is left out.
    const asked = operations.filter(({ path }) => !path.startsWith('/api/codec/'));
    expect(asked.flatMap((one) => [...badRequests(one)]).length).toBeGreaterThan(2000);
    for (const operation of asked.filter((_, index) => index % shares === share)) {
      const who = await whoMay(operation);
      const known = await real(operation);
      for (const request of badRequests(operation)) {
        const seen = await ask({ ...request, path: about(known, request.path) }, who);
        const fault = faultOf(seen, request, operation);
        if (fault)
          faults.push(
            `${operation.method} ${operation.path}: ${request.what} ${fault}: ${seen.status} ${seen.text.slice(0, 300)}`,
          );
      }
    }
    expect(faults).toEqual([]);
  },
);

test('a request without a session is answered 401 before anything else', async () => {
  const operations = operationsOf((await api.anonymous.get('/openapi.json')).body);
  for (const operation of operations.filter(({ security }) => security.length > 0)) {
    const [request] = badRequests(operation);
    const { status, text } = await ask(request as Request, api.anonymous);
    expect([operation.path, status, JSON.parse(text).code]).toEqual([operation.path, 401, 'not-logged-in']);
  }
});
