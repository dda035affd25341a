/** What a process declares to be shown of an instance: its title and columns, with the values they have now and the names of choices. */
import type { Plan, ProcessColumn } from '../../../engine/model/plan.ts';
import { wordsSchema } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

export const summarySchema = z
  .object({
    title: z.string(),
    columns: z.array(
      z.object({
        id: z.string(),
        name: z.string().describe('Chinese.'),
        englishName: z.string().optional(),
        type: z.enum(['text', 'choice', 'number', 'money', 'date', 'person']),
        value: z.union([z.string(), z.number()]),
        label: wordsSchema.optional().describe('Of a choice: the name of its value.'),
      }),
    ),
  })
  .openapi('Summary');
type Summary = z.infer<typeof summarySchema>;

interface Shown {
  title: string;
  columns?: Record<string, string | number>;
}

export function summaryOf({ title, columns = {} }: Shown, plan: Plan | undefined): Summary {
  const declared = plan?.profile?.columns ?? [];
  return {
    title,
    columns: declared.flatMap((column) => {
      const { id, name, englishName, type } = column;
      const value = columns[id];
      if (value === undefined) return [];
      const label = labelOf(column, value);
      return [{ id, name, ...(englishName !== undefined && { englishName }), type, value, ...(label && { label }) }];
    }),
  };
}

function labelOf({ choices }: ProcessColumn, value: string | number): { zh: string; en: string } | undefined {
  const choice = choices?.find((one) => one.value === String(value));
  return choice && { zh: choice.name, en: choice.englishName ?? choice.name };
}
