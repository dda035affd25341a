/** A small client of the public API, as any program could write it: log in, send, wait out an outage, understand a problem. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

export interface Reply<Body = unknown> {
  status: number;
  body: Body;
  headers: Headers;
}

export interface Problem {
  status: number;
  code: string;
  title: string;
  detail: string;
  hint?: string;
  errors?: { path: string; code: string; message: string }[];
  [member: string]: unknown;
}

export interface Ask {
  body?: unknown;
  token?: string;
  /** Sent as `Idempotency-Key`. */
  key?: string;
}

/** One request. Any status is a response; throws only without a response. */
export async function send<Body = unknown>(url: string, route: string, ask: Ask = {}): Promise<Reply<Body>> {
  const [method = 'GET', path = '/'] = route.split(' ', 2);
  const response = await fetch(url + path, {
    method,
    headers: {
      ...(ask.body !== undefined && { 'Content-Type': 'application/json' }),
      ...(ask.token !== undefined && { Authorization: `Bearer ${ask.token}` }),
      ...(ask.key !== undefined && { 'Idempotency-Key': ask.key }),
    },
    ...(ask.body !== undefined && { body: JSON.stringify(ask.body) }),
  });
  const text = await response.text();
  const body = response.headers.get('Content-Type')?.includes('json') ? JSON.parse(text) : text;
  return { status: response.status, body: body as Body, headers: response.headers };
}

/** The API said no, in its own words. */
export class Refused extends Error {
  readonly problem: Problem;
  constructor(route: string, problem: Problem) {
    const fields = problem.errors?.map((one) => `${one.path}: ${one.message}`) ?? [];
    super(
      [`${route} → ${problem.status} ${problem.code}. ${problem.detail}`, ...fields, problem.hint].join(' ').trim(),
    );
    this.problem = problem;
  }
}

export interface Session {
  get<Body>(path: string): Promise<Body>;
  /** A key of its own for each call: a repeat after an outage is the same act. Throws `Refused` at 4xx. */
  post<Body>(path: string, body?: unknown): Promise<Body>;
}

/** How long an outage (503, or no connection) is waited out. */
const patienceMs = 60_000;

export async function logIn(url: string, login: string, password: string): Promise<Session> {
  const body = { login, password };
  const { token } = await persist<{ token: string }>(url, 'POST /api/login', { body });
  return {
    get: (path) => persist(url, `GET ${path}`, { token }),
    post: (path, body) => persist(url, `POST ${path}`, { body: body ?? {}, token, key: randomUUID() }),
  };
}

async function persist<Body>(url: string, route: string, ask: Ask): Promise<Body> {
  const deadline = Date.now() + patienceMs;
  for (let pause = 250; ; pause = Math.min(pause * 2, 4000)) {
    const reply = await send(url, route, ask).catch((error: unknown) => error as Error);
    if (!(reply instanceof Error)) {
      if (reply.status < 400) return reply.body as Body;
      if (reply.status !== 503) throw new Refused(route, problemOf(reply));
      if (Date.now() > deadline) throw new Refused(route, problemOf(reply));
    } else if (Date.now() > deadline) throw new Error(`${url} does not answer: ${reply.message}.`, { cause: reply });
    await delay(pause);
  }
}

function problemOf({ status, body }: Reply): Problem {
  if (typeof body === 'object' && body !== null && 'code' in body && 'detail' in body) return body as Problem;
  return { status, code: 'no-problem-details', title: '', detail: String(body).slice(0, 200) };
}
