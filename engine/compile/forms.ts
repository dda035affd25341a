/** Compiles the forms of user tasks and start events (form-js schemas, linked by id or embedded in the diagram) to fields of the plan. */

import { checkExpression } from '../feel/check.ts';
import { englishTextsOf } from '../model/form-texts.ts';
import { ownValue } from '../model/own-property.ts';
import type { PlanForm } from '../model/plan.ts';
import { feelOf, parseTemplate } from '../tasks/form-template.ts';
import { checkFormBinding } from './bindings.ts';
import type { Compilation } from './context.ts';
import { child, childrenOf, idOf, isA, type ModdleElement, text } from './element.ts';
import type { Extensions } from './extensions.ts';
import { fieldsOf } from './form-fields.ts';
import { isSchema, schemasIn, stringIn } from './form-schema.ts';

function compileForm(id: string, schema: unknown, at: ModdleElement | undefined, c: Compilation): PlanForm | undefined {
  if (!isSchema(schema) || !Array.isArray(schema['components'])) {
    c.report.error(at, 'bad-form', `The form "${id}" is no form-js schema.`, {
      hint: 'Export it from the form editor as JSON.',
    });
    return undefined;
  }
  const name = stringIn(schema, 'name');
  checkEnglish(schema, id, at, c);
  return { id, ...(name && { name }), fields: fieldsOf(schemasIn(schema, 'components'), id, at, c) };
}

function checkEnglish(schema: object, form: string, at: ModdleElement | undefined, c: Compilation): void {
  for (const text of Object.values(englishTextsOf(schema))) {
    const template = parseTemplate(text);
    const fault = template.ok
      ? feelOf(template.parts).flatMap((feel) => checkExpression(feel).problem ?? [])[0]?.message
      : template.fault;
    if (fault)
      c.report.error(at, 'bad-form', `The English text "${text}" of the form "${form}" cannot be filled in: ${fault}`, {
        hint: 'Write it as the text that it translates.',
      });
  }
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
  const id = text(definition, 'formId') ?? key?.replace(embeddedPrefix, '');
  if (!id) {
    c.report.error(element, 'no-form', 'The form definition names no form.', { hint: 'Choose a form.' });
    return undefined;
  }
  const embedded = key === undefined ? undefined : embeddedForm(element, id);
  if (key !== undefined && embedded === undefined) {
    if (embeddedPrefix.test(key)) {
      c.report.error(element, 'unknown-form', `The form "${id}" is not embedded in the process.`, {
        hint: 'Link a form by its id (zeebe:formDefinition formId), or embed it again.',
      });
      return undefined;
    }
    if (!c.options.forms || !Object.hasOwn(c.options.forms, id)) {
      c.report.warning(
        element,
        'ignored-extension',
        `The form "${key}" belongs to another application (formKey): it is not shown, and its values are not checked.`,
        { hint: 'Link a form by its id (zeebe:formDefinition formId).' },
      );
      return undefined;
    }
  }
  const linked = ownValue(c.options.forms, id);
  checkFormBinding(definition, key === undefined ? linked : undefined, id, element, c);
  if (Object.hasOwn(c.plan.forms, id)) return id;
  const { forms } = c.options;
  if (embedded === undefined && !forms) return id;
  const schema = embedded ?? ownValue(forms, id);
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

/** Reference by which the modeler names a form embedded in the process. */
const embeddedPrefix = /^camunda-forms:bpmn:/;

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

/** One embedded form per task; two with the same id would be ambiguous. */
export function refuseFormsTwice(process: ModdleElement, extensions: Extensions, c: Compilation): void {
  const ids = extensions.all('zeebe:UserTaskForm').map(idOf);
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) < index)))
    c.report.error(process, 'duplicate-id', `The form "${id}" is embedded twice.`, {
      hint: 'Keep one of them, or give them ids of their own.',
    });
}
