/** Forms of user tasks: form-js schemas (linked by id, or embedded in the drawing) to the fields a completion must bring. */
import { checkExpression } from '../feel/check.ts';
import type { FormField, Json, PlanForm } from '../model/plan.ts';
import { checkFormBinding } from './bindings.ts';
import type { Compilation } from './context.ts';
import { child, childrenOf, idOf, isA, type ModdleElement, text } from './element.ts';

type Schema = Record<string, unknown>;

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const string = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);
const list = (value: unknown): Schema[] => (Array.isArray(value) ? value.filter(isSchema) : []);

/** Components that something is entered in, and what of. */
export const enteredComponents: Record<string, FormField['type']> = {
  textfield: 'text',
  textarea: 'text',
  number: 'number',
  checkbox: 'boolean',
  datetime: 'datetime',
  select: 'choice',
  radio: 'choice',
  checklist: 'choices',
  taglist: 'choices',
  filepicker: 'list',
  dynamiclist: 'list',
};

/** They show, lay out or work out something: nothing is entered there. */
export const shownComponents: ReadonlySet<string> = new Set(
  'text html image button separator spacer iframe table expression documentPreview default'.split(' '),
);

const whole = (value: unknown): number | undefined => {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof read === 'number' && Number.isFinite(read) ? read : undefined;
};

function compileForm(id: string, schema: unknown, at: ModdleElement | undefined, c: Compilation): PlanForm | undefined {
  if (!isSchema(schema) || !Array.isArray(schema['components'])) {
    c.report.error(at, 'bad-form', `The form "${id}" is no form-js schema.`, {
      hint: 'Export it from the form editor as JSON.',
    });
    return undefined;
  }
  const fields = fieldsOf(list(schema['components']), id, undefined, at, c);
  const doubled = fields.find((field, index) => fields.findIndex((other) => other.key === field.key) < index);
  if (doubled)
    c.report.warning(
      at,
      'form-key-twice',
      `The form "${id}" has two fields for "${doubled.key}": the later value wins.`,
    );
  const name = string(schema['name']);
  return { id, ...(name && { name }), fields };
}

function fieldsOf(
  components: Schema[],
  form: string,
  hiddenOutside: string | undefined,
  at: ModdleElement | undefined,
  c: Compilation,
): FormField[] {
  return components.flatMap((component) => {
    const type = string(component['type']) ?? '';
    const hidden = either(hiddenOutside, hiddenWhen(component, form, at, c));
    if (type === 'group' && !string(component['path']))
      return fieldsOf(list(component['components']), form, hidden, at, c);
    if (type === 'group') return [field(component, 'object', string(component['path']) ?? '', hidden)];
    if (shownComponents.has(type)) return [];
    const key = string(component['key']) ?? (type === 'dynamiclist' ? string(component['path']) : undefined);
    const known = enteredComponents[type];
    if (!known || !key) {
      c.report.warning(
        at,
        'form-field-unknown',
        `The form "${form}" has a component of type "${type}" that is not checked.`,
      );
      return [];
    }
    return [field(component, type === 'datetime' ? dateType(component) : known, key, hidden)];
  });
}

function dateType(component: Schema): FormField['type'] {
  const subtype = string(component['subtype']);
  return subtype === 'date' ? 'date' : subtype === 'time' ? 'text' : 'datetime';
}

function field(component: Schema, type: FormField['type'], key: string, hidden: string | undefined): FormField {
  const rules = isSchema(component['validate']) ? component['validate'] : {};
  const made: FormField = {
    key,
    type,
    label: string(component['label']) ?? string(component['dateLabel']) ?? key,
    required: rules['required'] === true,
  };
  const options = list(component['values']).flatMap((option) =>
    option['value'] === undefined
      ? []
      : [{ value: option['value'] as Json, label: string(option['label']) ?? String(option['value']) }],
  );
  // Options that come from a variable are not known before the task is there.
  if (options.length > 0 && !component['valuesKey'] && !component['valuesExpression']) made.options = options;
  for (const limit of ['min', 'max', 'minLength', 'maxLength'] as const) {
    const value = whole(rules[limit]);
    if (value !== undefined) made[limit] = value;
  }
  const pattern = string(rules['pattern']);
  if (pattern) made.pattern = pattern;
  if (hidden) made.hiddenWhen = hidden;
  return made;
}

/** form-js: `conditional.hide` is FEEL; the field is hidden when it holds. */
function hiddenWhen(
  component: Schema,
  form: string,
  at: ModdleElement | undefined,
  c: Compilation,
): string | undefined {
  const conditional = component['conditional'];
  const source = isSchema(conditional) ? string(conditional['hide'])?.replace(/^=/, '').trim() : undefined;
  const { problem } = source ? checkExpression(source) : {};
  if (problem)
    c.report.error(at, problem.code, `Form "${form}": "${source}" cannot be evaluated: ${problem.message}`, {
      position: problem.position,
    });
  return source;
}

const either = (a: string | undefined, b: string | undefined): string | undefined =>
  a && b ? `(${a}) or (${b})` : (a ?? b);

/**
 * Compiles the form of a user task or a start event into the plan.
 * @param definition its `zeebe:formDefinition`
 * @returns its id
 */
export function formOf(
  element: ModdleElement,
  definition: ModdleElement | undefined,
  c: Compilation,
): string | undefined {
  if (!definition) return undefined;
  if (text(definition, 'externalReference')) {
    c.report.warning(
      element,
      'ignored-extension',
      'The form lies elsewhere (externalReference): its values are not checked.',
    );
    return undefined;
  }
  const key = text(definition, 'formKey');
  const id = text(definition, 'formId') ?? key?.replace(/^camunda-forms:bpmn:/, '');
  if (!id) {
    c.report.error(element, 'no-form', 'The form definition names no form.', { hint: 'Choose a form.' });
    return undefined;
  }
  const linked = c.options.forms && Object.hasOwn(c.options.forms, id) ? c.options.forms[id] : undefined;
  checkFormBinding(definition, key === undefined ? linked : undefined, id, element, c);
  if (Object.hasOwn(c.plan.forms, id)) return id;
  const embedded = key === undefined ? undefined : embeddedForm(element, id);
  const { forms } = c.options;
  if (embedded === undefined && !forms) return id;
  const schema = embedded ?? (forms && Object.hasOwn(forms, id) ? forms[id] : undefined);
  if (schema === undefined) {
    const known = Object.keys(forms ?? {});
    c.report.error(element, 'unknown-form', `There is no form "${id}".`, {
      hint: known.length > 0 ? `Known are: ${known.sort().join(', ')}.` : 'Deploy the form together with the drawing.',
    });
    return id;
  }
  const compiled = compileForm(id, schema, element, c);
  if (compiled) c.plan.forms[id] = compiled;
  return id;
}

function embeddedForm(element: ModdleElement, id: string): unknown {
  let process: ModdleElement | undefined = element;
  while (process && !isA(process, 'bpmn:Process')) process = process.$parent;
  const extensions = process && child(process, 'extensionElements');
  const found = (extensions ? childrenOf(extensions, 'values') : []).find(
    (value) => value.$type === 'zeebe:UserTaskForm' && idOf(value) === id,
  );
  if (!found) return undefined;
  try {
    return JSON.parse(text(found, 'body') ?? '');
  } catch {
    return null;
  }
}
