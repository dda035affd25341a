/** Logging in, and who one is. */
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
          .describe('What the role does for processes of every kind: operate, oversee, inform, audit.'),
      }),
    ),
    facilities: z
      .array(
        z.object({
          code: z.string(),
          name: z.string(),
          englishName: z.string(),
          zone: z.string().describe('IANA zone in which its people read times.'),
        }),
      )
      .describe('What this person sees.'),
  })
  .openapi('Staff');

export const sessionSchema = z
  .object({
    token: z.string().describe('Send as "Authorization: Bearer …".'),
    expiresAt: z.string(),
    staff: staffSchema,
  })
  .openapi('Session');
