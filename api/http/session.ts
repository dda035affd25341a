/** Authentication by session token (bearer or cookie), and the same-origin check of writes with a cookie. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { rolesHeldAt } from '../../store/organisation/role-at.ts';
import { type Duty, listRoles } from '../../store/organisation/roles.ts';
import { findSession, removeSession, saveSession } from '../../store/organisation/sessions.ts';
import { findStaff, type Staff } from '../../store/organisation/staff.ts';
import { sha256 } from './digest.ts';
import type { Person } from './policy.ts';
import { forbidden } from './problem.ts';

export const cookieName = 'careloop_session';
const sessionHours = 12;

export interface RequestContext {
  /** Request id, for log and problems. */
  id: string;
  person: Person | null;
  /** Token as sent, valid or not. */
  token: string | null;
  /** Whether metrics and readiness details are visible (monitoring-access.ts). */
  isMonitor: boolean;
}

declare global {
  namespace Express {
    interface Request {
      careloop: RequestContext;
    }
  }
}

/**
 * @param from client address
 * @returns undefined when the person was changed meanwhile
 */
export async function openSession(
  { _id: staff, name, roles, revision }: Staff,
  from: string,
): Promise<{ token: string; expiresAt: Date } | undefined> {
  const token = randomBytes(32).toString('base64url');
  const now = new Date();
  const expiresAt = new Date(now.getTime() + sessionHours * 3_600_000);
  await saveSession({ _id: sessionIdOf(token), staff, name, roles, from, createdAt: now.toISOString(), expiresAt });
  // A change made meanwhile found no session to end.
  const current = await findStaff(staff);
  if (!current?.active || current.revision !== revision) {
    await closeSession(token);
    return undefined;
  }
  return { token, expiresAt };
}

/** Digest that identifies a session; it cannot be used to log in. */
export const sessionIdOf = (token: string): string => sha256(token);

export async function closeSession(token: string): Promise<void> {
  await removeSession(sessionIdOf(token));
}

/** First middleware: assigns a request id and an empty context. */
export const beginRequest: RequestHandler = (request, response, next) => {
  request.careloop = { id: randomUUID(), person: null, token: null, isMonitor: false };
  response.set('X-Request-Id', request.careloop.id);
  next();
};

/**
 * Resolves the token's person. An unknown or expired token leaves the request unauthenticated rather than failing it,
 * as public routes continue.
 */
export const authenticate: RequestHandler = async (request, _response, next) => {
  const bearer = /^Bearer ([\w-]{20,100})$/i.exec(request.get('Authorization') ?? '')?.[1];
  const token = bearer ?? cookieOf(request);
  if (token !== undefined) {
    request.careloop.token = token;
    request.careloop.person = await personOf(token);
    if (bearer === undefined && request.careloop.person) requireSameOrigin(request);
  }
  next();
};

async function personOf(token: string): Promise<Person | null> {
  const session = await findSession(sessionIdOf(token));
  return session && asPerson({ id: session.staff, name: session.name, roles: session.roles });
}

/** With current roles and their duties. */
export async function asPerson({ id, name, roles }: Person): Promise<Person> {
  const duties = await dutiesByRole();
  const held = rolesHeldAt(roles, new Date().toISOString());
  return { id, name, roles: held.map((one) => ({ ...one, duties: duties.get(one.role) ?? [] })) };
}

const dutiesKeptMs = 10_000;
let dutiesRead: { until: number; duties: Map<string, Duty[]> } | undefined;

/** Cached: roles rarely change and every request needs them. */
async function dutiesByRole(): Promise<Map<string, Duty[]>> {
  if (dutiesRead === undefined || dutiesRead.until < Date.now()) {
    const roles = await listRoles();
    // Not cached before roles are seeded.
    const until = roles.length === 0 ? 0 : Date.now() + dutiesKeptMs;
    dutiesRead = { until, duties: new Map(roles.map((role) => [role._id, role.duties])) };
  }
  return dutiesRead.duties;
}

function cookieOf(request: Request): string | undefined {
  const cookies = (request.get('Cookie') ?? '').split(';');
  const mine = cookies.map((one) => one.trim().split('=')).find(([name]) => name === cookieName)?.[1];
  return mine !== undefined && /^[\w-]{20,100}$/.test(mine) ? mine : undefined;
}

/**
 * Same-origin check by `Sec-Fetch-Site`, which no page can set (W3C Fetch Metadata), or by `Origin` for older browsers
 * (Fetch Standard, "append a request Origin header"). Every browser sends one of them with a write, so a write with
 * neither does not come from the console.
 */
function requireSameOrigin(request: Request): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const site = request.get('Sec-Fetch-Site');
  const origin = request.get('Origin');
  const isOurs =
    site === undefined ? origin !== undefined && hostOf(origin) === request.get('Host') : site === 'same-origin';
  if (!isOurs)
    throw forbidden(
      'cross-origin',
      'A write with the session cookie must come from the console itself.',
      'Programs send the token as "Authorization: Bearer …".',
    );
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
