/** Columns in list queries and responses. */
import { z } from '../../http/zod.ts';

export const columnsShown = z
  .record(z.string(), z.union([z.string(), z.number()]))
  .optional()
  .describe(
    'What its process declares for lists, by column id: text, number, cents, a date or instant, a staff id. Absent if it has no columns.',
  );

/** `column.<id>=…` arrives as `columns: {<id>: …}` (api/http/route.ts). */
export const columnParameters = z
  .record(z.string().max(60), z.union([z.string().max(200), z.array(z.string().max(200)).max(50)]))
  .optional()
  .openapi({
    type: 'object',
    additionalProperties: { type: 'string' },
    param: { name: 'columns', in: 'query', style: 'form', explode: true },
    description:
      'By columns of the process named by "process", each as a parameter of its own: `column.category=complaint`, repeated for alternatives; ' +
      '`column.amountCents.from=1000`, `column.amountCents.to=5000`, both inclusive, for numbers, money and dates. Searchable columns only.',
    example: { 'column.amountCents.from': '1000' },
  });

/** @param fields sort fields of every list of this kind */
export function sortParameter(fields: readonly [string, ...string[]]) {
  const names = fields.join('|');
  return z
    .string()
    .regex(
      new RegExp(`^-?(${names}|column\\.[A-Za-z]\\w{0,49})$`),
      `${fields.join(', ')} or column.<id>; prefix - for descending.`,
    )
    .optional()
    .openapi({
      description: `${fields.map((one) => `\`${one}\``).join(', ')}, or \`column.<id>\` of the process named by "process"; with \`-\` before it descending.`,
      example: `-${fields[0]}`,
    });
}
