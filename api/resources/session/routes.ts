/** Login and logout, the current person, their sessions and password. */
import { listFacilities } from '../../../store/organisation/facilities.ts';
import { listSessionsOf, removeSession } from '../../../store/organisation/sessions.ts';
import type { Staff } from '../../../store/organisation/staff.ts';
import type { Deps } from '../../http/deps.ts';
import { facilitiesOf, type Person } from '../../http/policy.ts';
import { notFound } from '../../http/problem.ts';
import { type Asked, type Route, route } from '../../http/route.ts';
import { asPerson, closeSession, sessionIdOf } from '../../http/session.ts';
import { clearCookie, logIn, type OpenedSession, setCookie } from './log-in.ts';
import { changeOwnPassword, setByLink } from './own-password.ts';
import {
  changePasswordBody,
  loginBody,
  sessionList,
  sessionParams,
  sessionSchema,
  setPasswordBody,
  staffSchema,
} from './schemas.ts';
import { sessionView } from './view.ts';

const tag = 'Session';

export function sessionRoutes({ config }: Deps): Route[] {
  const answerSession = async ({ response }: Asked, opened: OpenedSession, staff: Staff) => {
    setCookie(response, opened, config.secureCookie);
    const { _id: id, name, roles } = staff;
    const { token, expiresAt } = opened;
    return {
      body: { token, expiresAt: expiresAt.toISOString(), staff: await staffView(await asPerson({ id, name, roles })) },
    };
  };
  return [
    route({
      key: 'POST /api/login',
      access: 'public',
      tag,
      summary: 'Log in by password',
      description:
        'Returns a bearer token, which is also set as the session cookie. Failed attempts are limited by login, by address and overall.',
      body: { schema: loginBody },
      answers: { 200: { description: 'Logged in.', schema: sessionSchema } },
      async handle({ body }, asked) {
        const { staff, ...opened } = await logIn(body.login, body.password, addressOf(asked));
        return answerSession(asked, opened, staff);
      },
    }),
    route({
      key: 'POST /api/logout',
      access: 'staff',
      tag,
      summary: 'End the session',
      answers: { 204: { description: 'The token is invalidated.' } },
      async handle(_input, { context, response }) {
        if (context.token) await closeSession(context.token);
        clearCookie(response, config.secureCookie);
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
    route({
      key: 'POST /api/me/password',
      access: 'staff',
      tag,
      summary: 'Change my password',
      description:
        'Ends all my sessions, this one too, and opens a new one. Wrong old passwords count as failed logins.',
      body: { schema: changePasswordBody },
      answers: { 200: { description: 'Changed; the new session.', schema: sessionSchema } },
      async handle({ body }, asked) {
        const { staff, ...opened } = await changeOwnPassword(asked.person.id, body, addressOf(asked));
        return answerSession(asked, opened, staff);
      },
    }),
    route({
      key: 'GET /api/me/sessions',
      access: 'staff',
      tag,
      summary: 'My sessions',
      answers: { 200: { description: 'The sessions, newest first.', schema: sessionList } },
      async handle(_input, { person, context }) {
        const current = context.token === null ? '' : sessionIdOf(context.token);
        const sessions = await listSessionsOf(person.id, new Date());
        return { body: { items: sessions.map((one) => ({ ...sessionView(one), current: one._id === current })) } };
      },
    }),
    route({
      key: 'DELETE /api/me/sessions/{session}',
      access: 'staff',
      tag,
      summary: 'End one of my sessions',
      params: sessionParams,
      answers: { 204: { description: 'Its token is invalidated.' } },
      async handle({ params: { session } }, { person }) {
        if (!(await removeSession(session, person.id))) throw notFound(`session ${session}`);
        return { status: 204 };
      },
    }),
    route({
      key: 'POST /api/password',
      access: 'public',
      tag,
      summary: 'Set a password by a one-time token',
      description:
        'The token comes from an administrator, is valid for a day and can be used once. All sessions of the person end.',
      body: { schema: setPasswordBody },
      answers: { 204: { description: 'Set: log in with it.' } },
      async handle({ body }, asked) {
        await setByLink(body, addressOf(asked));
        return { status: 204 };
      },
    }),
  ];
}

const addressOf = ({ response }: Asked): string => response.req.ip ?? '';

async function staffView(person: Person): Promise<unknown> {
  const own = facilitiesOf(person);
  const seen = (await listFacilities()).filter((one) => own === undefined || own.includes(one._id));
  return {
    ...person,
    facilities: seen.map(({ _id: code, name, englishName, zone }) => ({ code, name, englishName, zone })),
  };
}
