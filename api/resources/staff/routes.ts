/** Administration of people, their roles and access. */
import { randomBytes } from 'node:crypto';
import { savePasswordLink } from '../../../store/organisation/password-links.ts';
import { listSessionsOf, removeSession, removeSessionsOf } from '../../../store/organisation/sessions.ts';
import { addStaff, findStaff, listStaff, listStaffNames, type Staff } from '../../../store/organisation/staff.ts';
import { noteDetails, noteSubject } from '../../http/audit.ts';
import { noBody } from '../../http/common-schemas.ts';
import { decodeCursor, pageOf } from '../../http/cursor.ts';
import { digestOf, sha256 } from '../../http/digest.ts';
import { initialsOf } from '../../http/initials.ts';
import { facilitiesWithDuty, narrowed, type Person } from '../../http/policy.ts';
import { notFound, ProblemError } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { administrators } from '../../http/route-policy.ts';
import { sessionView } from '../session/view.ts';
import { administeredStaff, loadRoles, onlyFacility, requireGiving, visibleStaff } from './access.ts';
import { change } from './change-staff.ts';
import {
  addStaffBody,
  endedSchema,
  nameBody,
  passwordLinkSchema,
  personPage,
  personSchema,
  rolesBody,
  staffParams,
  staffQuery,
  staffSessionList,
  staffSessionParams,
} from './schemas.ts';
import { personView } from './view.ts';

const tag = 'Staff';
/** Defaults of routes about one person. */
const ofPerson = { access: administrators, tag, params: staffParams } as const;
/** Defaults of acts on a person without further input. */
const bareAct = { ...ofPerson, body: { schema: noBody.default({}) }, idempotency: 'optional' } as const;
const answers = { 200: { description: 'The person in their new state.', schema: personSchema } };
const linkHours = 24;
const endsSessions = 'Ends the person’s sessions and invalidates an open password token.';

export function staffRoutes(): Route[] {
  const shown = async (staff: Staff, person: Person) => ({ body: personView(staff, person, await loadRoles()) });
  return [
    route({
      key: 'GET /api/staff',
      access: administrators,
      audit: 'sensitive',
      tag,
      summary: 'People with a role at my facilities, by id',
      query: staffQuery,
      answers: { 200: { description: 'A page.', schema: personPage } },
      async handle({ query }, { person, reach }) {
        const { facility, cursor, limit, ...filters } = query;
        const facilities = narrowed(reach, facility);
        const rows = await listStaff({
          ...filters,
          ...(facilities && { facilities }),
          ...(filters.q !== undefined && { orIds: await foundByInitials(filters.q) }),
          ...(cursor !== undefined && { after: decodeCursor(cursor).id }),
          limit: limit + 1,
        });
        const page = pageOf(rows, limit, (row) => ({ at: '', id: row._id }));
        const roles = await loadRoles();
        return { body: { ...page, items: page.items.map((row) => personView(row, person, roles)) } };
      },
    }),
    route({
      key: 'POST /api/staff',
      access: administrators,
      tag,
      summary: 'Add a person',
      description:
        'With roles you may grant; without roles for administrators of the whole group only. There is no password yet: issue a token. The id cannot be changed.',
      body: { schema: addStaffBody },
      idempotency: 'optional',
      answers: {
        200: { description: 'The same person existed already.', schema: personSchema },
        201: { description: 'Added.', schema: personSchema },
      },
      async handle({ body: { id, name, roles } }, { person }) {
        noteSubject({ kind: 'staff', id }, onlyFacility(roles));
        noteDetails({ roles });
        await requireGiving(person, [], roles);
        const added: Staff = { _id: id, name, roles, passwordHash: '', active: true, revision: 0 };
        if (roles.length === 0 && facilitiesWithDuty(person, 'administer') !== undefined)
          throw new ProblemError({
            status: 403,
            code: 'wrong-facility',
            detail: 'A person without a role does not belong to a facility of yours.',
            hint: 'Grant the person a role at your facility.',
          });
        const isNew = await addStaff(added);
        const staff = isNew ? added : await findStaff(id);
        const same = staff?.active && staff.name === name && digestOf(staff.roles) === digestOf(roles);
        if (!staff || !same) throw taken(id);
        const headers = { Location: `/api/staff/${encodeURIComponent(id)}` };
        return { status: isNew ? 201 : 200, headers, ...(await shown(staff, person)) };
      },
    }),
    route({
      ...ofPerson,
      key: 'GET /api/staff/{id}',
      audit: 'sensitive',
      summary: 'One person',
      answers: { 200: { description: 'The person.', schema: personSchema } },
      async handle({ params }, { person }) {
        return shown(await visibleStaff(params.id, person), person);
      },
    }),
    route({
      ...ofPerson,
      key: 'PUT /api/staff/{id}/name',
      summary: 'Change the name of a person',
      description: endsSessions,
      body: { schema: nameBody },
      answers,
      async handle({ params, body: { name } }, { person }) {
        const staff = await administeredStaff(params.id, person);
        if (staff.pseudonymisedAt !== undefined) throw pseudonymised(staff);
        return shown(staff.name === name ? staff : await change(staff, { name }), person);
      },
    }),
    route({
      ...ofPerson,
      key: 'PUT /api/staff/{id}/roles',
      summary: 'Set the roles of a person, per facility, with or without an end date',
      description: `Roles you may grant. ${endsSessions}`,
      body: { schema: rolesBody },
      answers,
      async handle({ params, body: { roles } }, { person }) {
        const staff = await administeredStaff(params.id, person);
        noteDetails({ before: staff.roles, after: roles });
        if (staff.pseudonymisedAt !== undefined) throw pseudonymised(staff);
        await requireGiving(person, staff.roles, roles);
        return shown(digestOf(staff.roles) === digestOf(roles) ? staff : await change(staff, { roles }), person);
      },
    }),
    route({
      ...bareAct,
      key: 'POST /api/staff/{id}/disable',
      summary: 'Disable a person',
      description: `They can no longer log in or be assigned work. ${endsSessions}`,
      answers,
      async handle({ params }, { person }) {
        const staff = await administeredStaff(params.id, person);
        return shown(staff.active ? await change(staff, { active: false }) : staff, person);
      },
    }),
    route({
      ...bareAct,
      key: 'POST /api/staff/{id}/enable',
      summary: 'Enable a person',
      answers,
      async handle({ params }, { person }) {
        const staff = await administeredStaff(params.id, person);
        if (staff.pseudonymisedAt !== undefined) throw pseudonymised(staff);
        return shown(staff.active ? staff : await change(staff, { active: true }), person);
      },
    }),
    route({
      ...bareAct,
      key: 'POST /api/staff/{id}/password-link',
      summary: 'Issue a one-time token with which the person sets a password',
      description: `Valid for ${linkHours} hours and one use; replaces a previous token. The old password remains valid until then.`,
      answers: { 200: { description: 'The token.', schema: passwordLinkSchema } },
      async handle({ params }, { person }) {
        const staff = await administeredStaff(params.id, person);
        if (!staff.active) throw disabled(staff);
        const token = randomBytes(32).toString('base64url');
        const expiresAt = new Date(Date.now() + linkHours * 3_600_000);
        await savePasswordLink({ _id: sha256(token), staff: staff._id, by: person.id, expiresAt });
        // A concurrent change found no token to invalidate.
        await administeredStaff(params.id, person);
        return { body: { token, expiresAt: expiresAt.toISOString() } };
      },
    }),
    route({
      ...ofPerson,
      key: 'GET /api/staff/{id}/sessions',
      audit: 'sensitive',
      summary: 'Sessions of a person',
      answers: { 200: { description: 'The sessions, newest first.', schema: staffSessionList } },
      async handle({ params }, { person }) {
        const staff = await administeredStaff(params.id, person);
        return { body: { items: (await listSessionsOf(staff._id, new Date())).map(sessionView) } };
      },
    }),
    route({
      ...ofPerson,
      key: 'DELETE /api/staff/{id}/sessions',
      summary: 'End all sessions of a person',
      answers: { 200: { description: 'Number of ended sessions.', schema: endedSchema } },
      async handle({ params }, { person }) {
        const staff = await administeredStaff(params.id, person);
        return { body: { ended: await removeSessionsOf(staff._id) } };
      },
    }),
    route({
      key: 'DELETE /api/staff/{id}/sessions/{session}',
      access: administrators,
      tag,
      summary: 'End one session of a person',
      params: staffSessionParams,
      answers: { 204: { description: 'Its token is invalidated.' } },
      async handle({ params: { id, session } }, { person }) {
        const staff = await administeredStaff(id, person);
        if (!(await removeSession(session, staff._id))) throw notFound(`session ${session} of ${id}`);
        return { status: 204 };
      },
    }),
    route({
      ...bareAct,
      key: 'POST /api/staff/{id}/pseudonymise',
      summary: 'Remove the name of a person who has left',
      description:
        'For a disabled person. The id remains in cases, journals and the audit trail; name and password are permanently removed.',
      answers,
      async handle({ params }, { person }) {
        const staff = await administeredStaff(params.id, person);
        if (staff.pseudonymisedAt !== undefined) return shown(staff, person);
        if (staff.active) throw stillActive(staff);
        const at = new Date().toISOString();
        return shown(await change(staff, { name: staff._id, passwordHash: '', pseudonymisedAt: at }), person);
      },
    }),
  ];
}

/** Latin letters only: `zs` finds 张三. */
async function foundByInitials(q: string): Promise<string[]> {
  const initials = q.toLowerCase();
  if (!/^[a-z]+$/.test(initials)) return [];
  const names = await listStaffNames();
  return names.filter(({ name }) => initialsOf(name).startsWith(initials)).map(({ _id }) => _id);
}

const conflict = (code: ProblemError['fields']['code'], detail: string, hint: string): ProblemError =>
  new ProblemError({ status: 409, code, detail, hint });

const taken = (id: string) =>
  conflict('staff-id-taken', `The id ${id} is or was used by another person.`, 'Take another id.');
const disabled = ({ _id }: Staff) =>
  conflict('staff-disabled', `${_id} is disabled.`, 'Enable the person first, to let them log in again.');
const stillActive = ({ _id }: Staff) =>
  conflict('staff-active', `${_id} can still log in.`, 'Disable the person first.');
const pseudonymised = ({ _id }: Staff) =>
  conflict('staff-pseudonymised', `${_id} has left, and the name was removed.`, 'Add a person with another id.');
