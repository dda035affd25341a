/** POST /api/login, POST /api/logout, GET /api/me. */
import { listFacilities } from '../../../store/organisation/facilities.ts';
import { findByLogin } from '../../../store/organisation/staff.ts';
import { noteSubject, noteWho } from '../../http/audit.ts';
import type { Deps } from '../../http/deps.ts';
import { dummyDigest, verifyPassword } from '../../http/passwords.ts';
import { facilitiesOf, type Person } from '../../http/policy.ts';
import { ProblemError } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { asPerson, closeSession, cookieName, openSession } from '../../http/session.ts';
import { loginBody, sessionSchema, staffSchema } from './schemas.ts';

const tag = 'Session';

export function sessionRoutes({ config }: Deps): Route[] {
  const cookie = { httpOnly: true, sameSite: 'lax', secure: config.secureCookie, path: '/' } as const;
  return [
    route({
      key: 'POST /api/login',
      access: 'public',
      tag,
      summary: 'Log in by password',
      description: 'Answers a token to send as bearer, and sets it as the session cookie. Failed attempts are limited.',
      body: { schema: loginBody },
      answers: { 200: { description: 'Logged in.', schema: sessionSchema } },
      async handle({ body }, { response }) {
        const staff = await findByLogin(body.login);
        const right = await verifyPassword(body.password, staff?.passwordHash ?? dummyDigest);
        if (staff) noteSession(staff._id);
        if (!staff || !right) throw wrongPassword();
        const person = { id: staff._id, name: staff.name, roles: staff.roles };
        const session = await openSession(person);
        if (!session) throw wrongPassword();
        const { token, expiresAt } = session;
        response.cookie(cookieName, token, { ...cookie, expires: expiresAt });
        return { body: { token, expiresAt: expiresAt.toISOString(), staff: await staffView(await asPerson(person)) } };
      },
    }),
    route({
      key: 'POST /api/logout',
      access: 'staff',
      tag,
      summary: 'End the session',
      answers: { 204: { description: 'The token is void.' } },
      async handle(_input, { context, response }) {
        if (context.token) await closeSession(context.token);
        response.clearCookie(cookieName, cookie);
        return { status: 204 };
      },
    }),
    route({
      key: 'GET /api/me',
      access: 'staff',
      tag,
      summary: 'Who I am, in which roles, and what I see',
      answers: { 200: { description: 'The person of this session.', schema: staffSchema } },
      async handle(_input, { person }) {
        return { body: await staffView(person) };
      },
    }),
  ];
}

/** Names of nobody are not kept: they may be a password in the wrong field. */
function noteSession(staff: string): void {
  noteWho(staff);
  noteSubject({ kind: 'sessions', id: staff });
}

async function staffView(person: Person): Promise<unknown> {
  const own = facilitiesOf(person);
  const seen = (await listFacilities()).filter((one) => own === undefined || own.includes(one._id));
  return {
    ...person,
    facilities: seen.map(({ _id: code, name, englishName, zone }) => ({ code, name, englishName, zone })),
  };
}

function wrongPassword(): ProblemError {
  return new ProblemError({
    status: 401,
    code: 'wrong-password',
    detail: 'There is no such login, or the password is not right.',
    hint: 'Check both; after several failed attempts wait some minutes.',
  });
}
