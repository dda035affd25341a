/** Forms of user tasks and start events: form-js schemas (linked by id, or embedded in the diagram) to the fields of the plan. */
import type { PlanForm } from '../model/plan.ts';
import { checkFormBinding } from './bindings.ts';
import type { Compilation } from './context.ts';
import { child, childrenOf, idOf, isA, type ModdleElement, text } from './element.ts';
import { fieldsOf, isSchema, schemasIn, stringIn } from './form-fields.ts';

function compileForm(id: string, schema: unknown, at: ModdleElement | undefined, c: Compilation): PlanForm | undefined {
  if (!isSchema(schema) || !Array.isArray(schema['components'])) {
    c.report.error(at, 'bad-form', `The form "${id}" is no form-js schema.`, {
      hint: 'Export it from the form editor as JSON.',
    });
    return undefined;
  }
  const name = stringIn(schema, 'name');
  return { id, ...(name && { name }), fields: fieldsOf(schemasIn(schema, 'components'), id, at, c) };
}

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
      hint: known.length > 0 ? `Known are: ${known.sort().join(', ')}.` : 'Deploy the form together with the diagram.',
    });
    return id;
  }
  const compiled = compileForm(id, schema, element, c);
  if (compiled) {
    c.plan.forms[id] = compiled;
    c.schemas[id] = schema;
  }
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
