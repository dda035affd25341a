/** People for administrators, and changes of them. */
import { facilityCode, flag, instant, pageSchema, paging, searchText } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';
import { oneSession } from '../session/schemas.ts';

const staffId = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,49}$/, 'Lower-case letters, digits, dots, hyphens and underscores, at most 50.')
  .openapi({ example: 'nurse2-bj' });

const personName = z.string().trim().min(1).max(100).openapi({ example: '何静怡' });

const roleAt = z
  .strictObject({
    role: z.string().min(1).max(100),
    facility: z.union([facilityCode, z.literal('*')]).describe('Facility code, or * for the whole group.'),
    from: instant.optional().describe('First instant of validity.'),
    until: instant.optional().describe('Before this instant.'),
  })
  .openapi('RoleAt', { example: { role: 'nurse', facility: 'BJ', until: '2027-01-01T00:00:00+08:00' } });
const roles = z.array(roleAt).max(50);

const example = { id: 'nurse2-bj', name: '何静怡', roles: [{ role: 'nurse', facility: 'BJ' }] };
export const addStaffBody = z.strictObject({ id: staffId, name: personName, roles }).openapi('AddStaff', { example });
export const nameBody = z.strictObject({ name: personName }).openapi('StaffName', { example: { name: '何静怡' } });
export const rolesBody = z
  .strictObject({ roles: roles.describe('The complete list: omitted roles are revoked.') })
  .openapi('StaffRoles', { example: { roles: example.roles } });

export const staffParams = z.object({
  id: z.string().min(1).max(100).openapi({ example: 'nurse-bj' }),
});
export const staffSessionParams = z.object({
  id: staffParams.shape.id,
  session: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'Session id, as in the list of sessions.')
    .openapi({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' }),
});

export const staffQuery = z.object({
  facility: facilityCode.optional(),
  role: z.string().min(1).max(100).optional(),
  active: flag.optional(),
  q: searchText.describe('Prefix of an id, part of a name, or its pinyin initials.'),
  ...paging,
});

export const personSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    active: z.boolean(),
    hasPassword: z.boolean(),
    pseudonymisedAt: z.string().optional().describe('When the name was removed.'),
    roles: z
      .array(
        z.object({
          role: z.string(),
          facility: z.string(),
          from: z.string().optional(),
          until: z.string().optional(),
          now: z.boolean().describe('Whether it is valid now.'),
        }),
      )
      .describe('At your facilities.'),
    administrable: z.boolean().describe('Whether you may act on the person, i.e. grant all of their roles.'),
  })
  .openapi('Person');
export const personPage = pageSchema(personSchema).openapi('People');

export const passwordLinkSchema = z
  .object({
    token: z.string().describe('For POST /api/password. Shown once: pass it on in person.'),
    expiresAt: z.string(),
  })
  .openapi('PasswordLink');

export const staffSessionList = z.object({ items: z.array(oneSession) }).openapi('StaffSessions');
export const roleList = z
  .object({
    items: z.array(
      z
        .object({
          id: z.string().describe('As used in candidate groups of diagrams.'),
          name: z.string(),
          englishName: z.string(),
          scope: z.enum(['facility', 'group']).describe('Held per facility, or for the whole group.'),
          duties: z.array(z.string()).describe('Its duties in all processes.'),
          gives: z.array(z.string()).optional().describe('Roles that its holders may grant; `*`: all.'),
        })
        .openapi('Role'),
    ),
  })
  .openapi('Roles');

export const endedSchema = z.object({ ended: z.number().int() }).openapi('EndedSessions');
