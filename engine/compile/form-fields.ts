/** Compiles components of a form-js schema to fields of the plan. Properties the server cannot execute are refused. */
import { wholeNumberOf } from '../core/whole-number.ts';
import { ownValue } from '../model/own-property.ts';
import type { FormField } from '../model/plan.ts';
import type { Compilation } from './context.ts';
import type { ModdleElement } from './element.ts';
import { checkProperties, checkTexts, type Reader, readerOf } from './form-component-reader.ts';
import { formComponents } from './form-components.ts';
import { fieldOf } from './form-field-rules.ts';
import { isSchema, joinPath, type Schema, schemasIn, stringIn } from './form-schema.ts';

/** Path of a component. */
interface Place {
  form: string;
  /** Of the groups around it, within the form or the row; empty at the top. */
  path: string;
  /** Of the groups around it. */
  hidden?: string;
}

/** @returns the fields of these components and of the groups among them; of a list, only the list */
export function fieldsOf(
  components: Schema[],
  form: string,
  at: ModdleElement | undefined,
  c: Compilation,
): FormField[] {
  const fields = components.flatMap((component) => fieldsOfComponent(component, { form, path: '' }, at, c));
  refuseSharedPaths(fields, form, at, c);
  return fields;
}

function fieldsOfComponent(
  component: Schema,
  place: Place,
  at: ModdleElement | undefined,
  c: Compilation,
): FormField[] {
  const type = stringIn(component, 'type') ?? '';
  const reader = readerOf(component, type, place.form, at, c);
  const spec = ownValue(formComponents, type);
  if (!spec || spec.refused) {
    const why = spec?.refused ?? 'It is none of the components of form-js that are executed or shown.';
    reader.refuse(why, 'Take another component; docs/forms.md lists them all.');
    return [];
  }
  checkProperties(component, spec, reader, at, c);
  checkTexts(component, reader);
  const hidden = either(place.hidden, hiddenWhen(component, reader));
  if (type === 'group') {
    const inner: Place = { form: place.form, path: joinPath(place.path, stringIn(component, 'path')) };
    if (hidden !== undefined) inner.hidden = hidden;
    return schemasIn(component, 'components').flatMap((one) => fieldsOfComponent(one, inner, at, c));
  }
  if (!spec.field) return [];
  const own = stringIn(component, 'key') ?? (spec.field === 'list' ? stringIn(component, 'path') : undefined);
  if (own === undefined || own.split('.').includes('')) {
    reader.refuse('It has no key.', 'Give it the name of a variable as its key.');
    return [];
  }
  const field = fieldOf(component, spec.field, joinPath(place.path, own), reader);
  if (spec.field === 'list') {
    field.fields = fieldsOf(schemasIn(component, 'components'), place.form, at, c);
    if (component['isRepeating'] === false)
      reader.refuse('A list that does not repeat is not executed.', 'Take a group with a path.');
    if (component['allowAddRemove'] !== true) field.fixedRows = wholeNumberOf(component['defaultRepetitions']) ?? 1;
  }
  return [hidden === undefined ? field : { ...field, hiddenWhen: hidden }];
}

function hiddenWhen(component: Schema, reader: Reader): string | undefined {
  const conditional = component['conditional'];
  const hide = isSchema(conditional) ? conditional['hide'] : undefined;
  if (hide === undefined || hide === '') return undefined;
  const condition = reader.feel(hide);
  if (!condition) reader.refuse('Its condition to be hidden is no FEEL expression.', 'Begin it with "=".');
  return condition?.feel;
}

const either = (a: string | undefined, b: string | undefined): string | undefined =>
  a && b ? `(${a}) or (${b})` : (a ?? b);

/** form-js does not show such a form either: one of the fields would overwrite the other. */
function refuseSharedPaths(fields: FormField[], form: string, at: ModdleElement | undefined, c: Compilation): void {
  const taken = fields.find((field, index) =>
    fields.some(({ key }, other) => other < index && (key === field.key || within(key, field.key))),
  );
  if (taken)
    c.report.error(at, 'form-key-twice', `The form "${form}" has two fields that write "${taken.key}".`, {
      hint: 'Give each field a key of its own.',
    });
}

const within = (one: string, other: string): boolean => one.startsWith(`${other}.`) || other.startsWith(`${one}.`);
