/** Colleagues in lists and selections. */
import { facilityCode } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

/** Covers the names on one page of a list. */
const mostIds = 200;

export const peopleQuery = z.object({
  ids: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((id) => id.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.string().max(100)).min(1).max(mostIds))
    .openapi({ type: 'string', description: 'Staff ids, separated by commas.', example: 'handler-bj,finance-bj' }),
});

export const personNames = z
  .object({ items: z.array(z.object({ id: z.string(), name: z.string() })) })
  .openapi('PersonNames');

export const colleagueQuery = z.object({
  facility: facilityCode,
  roles: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((role) => role.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.string().max(50)).min(1).max(20))
    .optional()
    .openapi({ type: 'string', description: 'Role ids, separated by commas; absent: any.', example: 'nurse' }),
});

export const assigneeList = z
  .object({
    items: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        initials: z.string().describe('Pinyin initials of the name: zs for 张三.'),
      }),
    ),
  })
  .openapi('Assignees');
