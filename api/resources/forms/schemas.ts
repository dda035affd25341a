/** Forms in responses. */
import { json } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

const shape = {
  component: z.string().describe('Type of the form-js component.'),
  key: z
    .string()
    .optional()
    .describe('Variable of a field, as a dotted path; in a list, relative to the row. Absent: no input.'),
  type: z
    .enum(['text', 'number', 'boolean', 'date', 'time', 'datetime', 'choice', 'choices', 'files', 'list', 'computed'])
    .optional()
    .describe('Type of the input; absent for display components and groups.'),
  label: z.string().optional(),
  description: z.string().optional(),
  required: z.boolean().optional(),
  readonly: z.boolean().optional().describe('Currently read-only.'),
  hidden: z.boolean().describe('Currently hidden.'),
  value: json.optional().describe('Current value of the variable.'),
  default: json.optional().describe('Used when the field is omitted and the variable has no value.'),
  options: z.array(z.object({ value: json, label: z.string() })).optional(),
  min: z.number().optional(),
  max: z.number().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  pattern: z.string().optional(),
  format: z.enum(['email', 'phone']).optional(),
  decimalDigits: z.number().optional(),
  increment: z.string().optional(),
  asText: z.boolean().optional().describe('A number stored as text.'),
  notPast: z.boolean().optional().describe('No day before today at the facility.'),
  zone: z.enum(['offset', 'utc', 'none']).optional().describe('How a time is written.'),
  accept: z.string().optional().describe('Of files: accepted types, as in a file dialog.'),
  multiple: z.boolean().optional().describe('Of files: several allowed.'),
  hiddenWhen: z.string().optional().describe('FEEL: hidden and not required when true.'),
  readonlyWhen: z.string().optional().describe('FEEL: read-only when true.'),
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
      .describe('Components of a group, or of each row of a list.'),
  })
  .openapi('FormField');

export const formSchemaJson = z.record(z.string(), z.unknown()).openapi('FormJsSchema', {
  type: 'object',
  additionalProperties: true,
  description: 'The form-js schema, as deployed.',
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
