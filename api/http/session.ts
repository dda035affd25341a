/** Who is asking: a session by bearer token or cookie (the same token), and the same-origin check for writes by cookie. */
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
  /** Of this request, in the log and in problems. */
  id: string;
  person: Person | null;
  /** The token that was sent, whether or not it is valid. */
  token: string | null;
  /** May see metrics and what readiness rests on (monitoring-access.ts). */
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
 * @param from the address it is opened from
 * @returns nothing when the person was changed meanwhile
 */
export async function openSession(
  { _id: staff, name, roles, revision }: Staff,
  from: string,
): Promise<{ token: string; expiresAt: Date } | undefined> {
  const token = randomBytes(32).toString('base64url');
  const now = new Date();
  const expiresAt = new Date(now.getTime() + sessionHours * 3_600_000);
  await saveSession({ _id: sessionIdOf(token), staff, name, roles, from, createdAt: now.toISOString(), expiresAt });
  // A change that came meanwhile found no session to end.
  const current = await findStaff(staff);
  if (!current?.active || current.revision !== revision) {
    await closeSession(token);
    return undefined;
  }
  return { token, expiresAt };
}

/** What a session is known by; nobody logs in with it. */
export const sessionIdOf = (token: string): string => sha256(token);

export async function closeSession(token: string): Promise<void> {
  await removeSession(sessionIdOf(token));
}

/** Before everything else: an id for the request and an empty context. */
export const beginRequest: RequestHandler = (request, response, next) => {
  request.careloop = { id: randomUUID(), person: null, token: null, isMonitor: false };
  response.set('X-Request-Id', request.careloop.id);
  next();
};

/** Finds the person of the token. An unknown or expired token is nobody, not an error: public routes go on. */
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
  const session = await findSession(sessionIdOf(token), new Date());
  return session && asPerson({ id: session.staff, name: session.name, roles: session.roles });
}

/** With the roles that are held now, and the duties these bring. */
export async function asPerson({ id, name, roles }: Person): Promise<Person> {
  const duties = await dutiesByRole();
  const held = rolesHeldAt(roles, new Date().toISOString());
  return { id, name, roles: held.map((one) => ({ ...one, duties: duties.get(one.role) ?? [] })) };
}

const dutiesKeptMs = 10_000;
let dutiesRead: { until: number; duties: Map<string, Duty[]> } | undefined;

/** Roles change hardly ever and are asked for at every request. */
async function dutiesByRole(): Promise<Map<string, Duty[]>> {
  if (dutiesRead === undefined || dutiesRead.until < Date.now()) {
    const roles = await listRoles();
    // Before the roles are seeded, the next request asks again.
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
 * Every browser says where a write comes from: by `Sec-Fetch-Site`, which no page can set (W3C Fetch Metadata), and older ones by `Origin`
 * (Fetch Standard, "append a request Origin header"). So a write that says nothing is not from the console.
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
