/** Forms as clients read them. */
import { json } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

const shape = {
  component: z.string().describe('Type of the form-js component.'),
  key: z
    .string()
    .optional()
    .describe('Of a field, the variable, with dots into it; in a list, from the row. Absent: nothing is entered.'),
  type: z
    .enum(['text', 'number', 'boolean', 'date', 'time', 'datetime', 'choice', 'choices', 'files', 'list', 'computed'])
    .optional()
    .describe('What is entered; absent for what only shows, and for groups.'),
  label: z.string().optional(),
  description: z.string().optional(),
  required: z.boolean().optional(),
  readonly: z.boolean().optional().describe('Not to be written now.'),
  hidden: z.boolean().describe('Not to be shown now.'),
  value: json.optional().describe('As the variable is now.'),
  default: json.optional().describe('Taken when the field is left out and the variable has no value.'),
  options: z.array(z.object({ value: json, label: z.string() })).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  pattern: z.string().optional(),
  format: z.enum(['email', 'phone']).optional(),
  decimalDigits: z.number().optional(),
  increment: z.string().optional(),
  asText: z.boolean().optional().describe('A number that is kept as text.'),
  notPast: z.boolean().optional().describe('No day before today at the facility.'),
  zone: z.enum(['offset', 'utc', 'none']).optional().describe('How a time is written.'),
  accept: z.string().optional().describe('Of files: which, as a file dialog has it.'),
  multiple: z.boolean().optional().describe('Of files: more than one.'),
  hiddenWhen: z.string().optional().describe('FEEL: hidden, and not demanded, when this holds.'),
  readonlyWhen: z.string().optional().describe('FEEL: read-only when this holds.'),
  rowsCanChange: z.boolean().optional().describe('Of a list: rows may be added and removed.'),
  text: z.string().optional(),
  content: z.string().optional().describe('HTML.'),
  source: z.string().optional().describe('Address of a picture.'),
  alt: z.string().optional(),
  url: z.string().optional(),
  action: z.string().optional(),
};

export type FieldView = z.infer<z.ZodObject<typeof shape>> & { fields?: FieldView[] };

const fieldSchema: z.ZodType<FieldView> = z
  .object({
    ...shape,
    fields: z
      .array(z.lazy(() => fieldSchema))
      .optional()
      .describe('Of a group, what is in it; of a list, what is in each row.'),
  })
  .openapi('FormField');

export const formSchemaJson = z.record(z.string(), z.unknown()).openapi('FormJsSchema', {
  type: 'object',
  additionalProperties: true,
  description: 'The form-js schema, as it was deployed.',
});

export const formSchema = z
  .object({
    id: z.string(),
    name: z.string().optional(),
    fields: z.array(fieldSchema),
    schema: formSchemaJson.optional(),
  })
  .openapi('Form');
export type FormView = z.infer<typeof formSchema>;
