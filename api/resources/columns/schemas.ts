/** Columns in queries and answers of lists. */
import { z } from '../../http/zod.ts';

export const columnsShown = z
  .record(z.string(), z.union([z.string(), z.number()]))
  .optional()
  .describe(
    'What its process declares for lists, by column id: text, number, cents, a date or instant, a staff id. Absent where there is nothing to show.',
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
      'By columns of the process named by "process", each as a parameter of its own: `column.category=complaint`, given several times any of the values; ' +
      '`column.amountCents.from=1000`, `column.amountCents.to=5000`, both included, for numbers, money and days. Only columns that are declared searchable.',
    example: { 'column.amountCents.from': '1000' },
  });

/** @param fields that every list of the kind sorts by */
export function sortParameter(fields: readonly [string, ...string[]]) {
  const names = fields.join('|');
  return z
    .string()
    .regex(
      new RegExp(`^-?(${names}|column\\.[A-Za-z]\\w{0,49})$`),
      `${fields.join(', ')} or column.<id>; with - before it descending.`,
    )
    .optional()
    .openapi({
      description: `${fields.map((one) => `\`${one}\``).join(', ')}, or \`column.<id>\` of the process named by "process"; with \`-\` before it descending.`,
      example: `-${fields[0]}`,
    });
}
