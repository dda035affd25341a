/** View of a form: its components in order, with values, defaults, options, limits, and what is currently hidden or read-only. */
import { type FormComponent, formComponents } from '../../../engine/compile/form-components.ts';
import { isSchema, joinPath, type Schema, schemasIn, stringIn } from '../../../engine/compile/form-schema.ts';
import { analyse } from '../../../engine/feel/analyse.ts';
import type { FormField, Json, PlanForm, Variables } from '../../../engine/model/plan.ts';
import { type FormScope, topScope, valueAt } from '../../../engine/tasks/form-scope.ts';
import { feelOf, filledIn, isTemplate, parseTemplate } from '../../../engine/tasks/form-template.ts';
import {
  type FormContext,
  feelValue,
  initialOf,
  isHidden,
  isReadonly,
  resolvedOptions,
} from '../../../engine/tasks/form-values.ts';
import type { FieldView, FormView } from './schemas.ts';

/** Undefined without context, when nothing runs that the form could be filled in for. */
interface Filling {
  context: FormContext;
  scope: FormScope;
}

/**
 * @param schema as deployed; absent: only the plan's part is returned
 * @param context variables of the form; absent: values and conditions are unknown
 */
export function formView(form: PlanForm, schema: unknown, context?: FormContext): FormView {
  const filling = context && { context, scope: topScope(shownAtFirst(form, context.variables)) };
  const fields = isSchema(schema)
    ? componentViews(schemasIn(schema, 'components'), form.fields, '', filling)
    : form.fields.map((field) => fieldView(field, {}, filling));
  return {
    id: form.id,
    ...(form.name !== undefined && { name: form.name }),
    fields,
    ...(isSchema(schema) && { schema }),
  };
}

/** Initial values of the page, over which conditions are evaluated. */
function shownAtFirst({ fields }: PlanForm, variables: Variables): Variables {
  const initial = fields.flatMap((field): [string, Json][] => {
    const value = initialOf(field);
    return value === undefined || field.key.includes('.') || variables[field.key] != null ? [] : [[field.key, value]];
  });
  return { ...variables, ...Object.fromEntries(initial) };
}

function componentViews(
  components: Schema[],
  fields: FormField[],
  path: string,
  filling: Filling | undefined,
): FieldView[] {
  return components.flatMap((component) => {
    const type = stringIn(component, 'type') ?? '';
    const spec = formComponents[type];
    if (!spec || spec.refused) return [];
    if (type === 'group') {
      const inner = joinPath(path, stringIn(component, 'path'));
      const views = componentViews(schemasIn(component, 'components'), fields, inner, filling);
      return [{ ...shownView(component, filling), ...(inner && { key: inner }), fields: views }];
    }
    if (!spec.field) return [shownView(component, filling)];
    const key = joinPath(path, keyOf(component, spec));
    const field = fields.find((one) => one.key === key);
    return field ? [fieldView(field, component, filling)] : [];
  });
}

const keyOf = (component: Schema, { field }: FormComponent): string | undefined =>
  stringIn(component, 'key') ?? (field === 'list' ? stringIn(component, 'path') : undefined);

/** Texts with FEEL are evaluated; without context they are omitted. */
function wordsIn(component: Schema, name: string, filling: Filling | undefined): string | undefined {
  const text = stringIn(component, name);
  if (text === undefined || !isTemplate(text)) return text;
  return (filling && filledIn(text, filling.scope, filling.context)) || undefined;
}

/** Components without input. */
function shownView(component: Schema, filling: Filling | undefined): FieldView {
  const conditional = component['conditional'];
  const hide = isSchema(conditional) ? stringIn(conditional, 'hide')?.replace(/^=/, '').trim() : undefined;
  const texts = ['label', 'text', 'content', 'source', 'alt', 'url', 'action'].flatMap((name) => {
    const words = wordsIn(component, name, filling);
    return words === undefined ? [] : [[name, words]];
  });
  return {
    component: stringIn(component, 'type') ?? '',
    ...Object.fromEntries(texts),
    ...(hide !== undefined && { hiddenWhen: hide }),
    hidden: hide !== undefined && filling !== undefined && feelValue(hide, filling.scope, filling.context) === true,
  };
}

function fieldView(field: FormField, component: Schema, filling: Filling | undefined): FieldView {
  const { key, type, label, required, hiddenWhen, readonly, fields, fixedRows, optionsFrom, ...rules } = field;
  const {
    default: initial,
    options: constant,
    custom,
    expression,
    min,
    max,
    minLength,
    maxLength,
    multiple,
    ...limits
  } = rules;
  const several =
    typeof multiple === 'object' && filling ? feelValue(multiple.feel, filling.scope, filling.context) : multiple;
  const value = filling ? valueAt(filling.context.variables, key) : undefined;
  const options = filling ? resolvedOptions(field, filling.scope, filling.context) : constant;
  const description = wordsIn(component, 'description', filling);
  const bounds = Object.entries({ min, max, minLength, maxLength }).flatMap(([name, limit]) => {
    const bound = typeof limit === 'object' && filling ? feelValue(limit.feel, filling.scope, filling.context) : limit;
    return typeof bound === 'number' ? [[name, bound]] : [];
  });
  return {
    component: stringIn(component, 'type') ?? type,
    key,
    type,
    label: wordsIn(component, 'label', filling) ?? label,
    ...(description !== undefined && { description }),
    required,
    readonly: type === 'computed' || (filling ? isReadonly(field, filling.scope, filling.context) : readonly === true),
    hidden: filling !== undefined && isHidden(field, filling.scope, filling.context),
    ...(value !== undefined && { value }),
    ...(initial !== undefined && { default: initial }),
    ...(options && { options }),
    ...Object.fromEntries(bounds),
    ...limits,
    ...(several === true && { multiple: true }),
    ...(hiddenWhen !== undefined && { hiddenWhen }),
    ...(typeof readonly === 'object' && { readonlyWhen: readonly.feel }),
    ...(fields && { fields: rowViews(fields, component, filling), rowsCanChange: fixedRows === undefined }),
  };
}

/** Applies to every row: expressions over the row remain FEEL. */
function rowViews(fields: FormField[], component: Schema, filling: Filling | undefined): FieldView[] {
  const inner = schemasIn(component, 'components');
  const row = filling && { ...filling, context: { ...filling.context, variables: {} } };
  return inner.length > 0 ? componentViews(inner, fields, '', row) : fields.map((field) => fieldView(field, {}, row));
}

/** Variables a form shows: those of its fields, and those its expressions, texts, tables and options read. */
export function variablesShown(form: PlanForm, schema: unknown, variables: Variables): Variables {
  const names = new Set(form.fields.map(({ key }) => key.split('.')[0] ?? key));
  for (const field of form.fields)
    if (field.optionsFrom && 'variable' in field.optionsFrom) names.add(field.optionsFrom.variable);
  readIn(schema ?? form, names);
  return Object.fromEntries(Object.entries(variables).filter(([name]) => names.has(name)));
}

const feelKeys = new Set(['feel', 'hiddenWhen']);

function readIn(part: unknown, names: Set<string>, key = ''): void {
  if (Array.isArray(part)) for (const one of part) readIn(one, names);
  else if (isSchema(part)) for (const [name, one] of Object.entries(part)) readIn(one, names, name);
  if (typeof part !== 'string') return;
  if (feelKeys.has(key)) addReads(part, names);
  else if (key === 'valuesKey') names.add(part);
  else if (isTemplate(part)) {
    const template = parseTemplate(part);
    if (template.ok) for (const feel of feelOf(template.parts)) addReads(feel, names);
  }
}

function addReads(source: string, names: Set<string>): void {
  for (const { name } of analyse(source).reads) names.add(name);
}
