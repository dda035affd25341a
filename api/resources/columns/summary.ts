/** Summary of an instance: declared title and columns, with current values and labels of choices. */
import type { Plan, ProcessColumn } from '../../../engine/model/plan.ts';
import { wordsSchema } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

export const summaryColumn = z
  .object({
    id: z.string(),
    name: z.string().describe('Chinese.'),
    englishName: z.string().optional(),
    type: z.enum(['text', 'choice', 'number', 'money', 'date', 'person']),
    value: z.union([z.string(), z.number()]),
    label: wordsSchema.optional().describe('Label of a choice value.'),
  })
  .openapi('SummaryColumn');

export const summarySchema = z.object({ title: z.string(), columns: z.array(summaryColumn) }).openapi('Summary');

type Values = Readonly<Record<string, string | number>>;

export function summaryOf(
  { title, columns = {} }: { title: string; columns?: Values },
  plan: Plan | undefined,
): z.infer<typeof summarySchema> {
  return { title, columns: summaryColumns(plan?.profile?.columns ?? [], columns) };
}

/** In declaration order; columns without a value are omitted. */
export function summaryColumns(declared: readonly ProcessColumn[], values: Values): z.infer<typeof summaryColumn>[] {
  return declared.flatMap((column) => {
    const { id, name, englishName, type } = column;
    const value = values[id];
    if (value === undefined) return [];
    const label = labelOf(column, value);
    return [{ id, name, ...(englishName !== undefined && { englishName }), type, value, ...(label && { label }) }];
  });
}

function labelOf({ choices }: ProcessColumn, value: string | number): { zh: string; en: string } | undefined {
  const choice = choices?.find((one) => one.value === String(value));
  return choice && { zh: choice.name, en: choice.englishName ?? choice.name };
}
