/** Login, the current person, sessions and passwords. */
import { longestPassword, shortestPassword } from '../../http/password-rules.ts';
import { z } from '../../http/zod.ts';

export const loginBody = z
  .strictObject({ login: z.string().trim().min(1).max(100), password: z.string().min(1).max(200) })
  .openapi('Login', { example: { login: 'cs-director-bj', password: '…' } });

export const staffSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    roles: z.array(
      z.object({
        role: z.string(),
        facility: z.string().describe('Facility code, or * for the group.'),
        duties: z
          .array(z.string())
          .describe('What the role does for processes of every kind: operate, oversee, inform, audit, administer.'),
      }),
    ),
    facilities: z
      .array(
        z.object({
          code: z.string(),
          name: z.string(),
          englishName: z.string(),
          zone: z.string().describe('IANA time zone of the facility.'),
        }),
      )
      .describe('Facilities this person sees.'),
  })
  .openapi('Staff');

export const sessionSchema = z
  .object({
    token: z.string().describe('Send as "Authorization: Bearer …".'),
    expiresAt: z.string(),
    staff: staffSchema,
  })
  .openapi('Session');

const newPassword = z
  .string()
  .min(1)
  .max(longestPassword)
  .describe(`At least ${shortestPassword} characters, not containing the login, and not a common password.`);

export const changePasswordBody = z
  .strictObject({ oldPassword: z.string().min(1).max(longestPassword), password: newPassword })
  .openapi('ChangePassword', { example: { oldPassword: '…', password: 'four words in a row' } });

export const setPasswordBody = z
  .strictObject({ token: z.string().min(1).max(100), password: newPassword })
  .openapi('SetPassword', { example: { token: '…', password: 'four words in a row' } });

export const sessionParams = z.object({
  session: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'Session id, as in the list of sessions.')
    .openapi({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' }),
});

export const oneSession = z
  .object({
    id: z.string().describe('Not its token; cannot be used to log in.'),
    from: z.string().describe('Address it was opened from.'),
    createdAt: z.string(),
    expiresAt: z.string(),
    current: z.boolean().optional().describe('The session of this request.'),
  })
  .openapi('OneSession');
export const sessionList = z.object({ items: z.array(oneSession) }).openapi('Sessions');
