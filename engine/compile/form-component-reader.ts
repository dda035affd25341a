/** One component of a form as it is compiled: its name in problems, its FEEL, and the checks that every component passes. */
import { checkExpression } from '../feel/check.ts';
import { quoted } from '../feel/excerpt.ts';
import { feelOf, isTemplate, parseTemplate, templatedAppearance, templatedProperties } from '../tasks/form-template.ts';
import type { Compilation } from './context.ts';
import type { ModdleElement } from './element.ts';
import { commonProperties, type FormComponent } from './form-components.ts';
import { isSchema, type Schema, stringIn } from './form-schema.ts';

export interface Reader {
  /** The component as people find it in the editor. */
  name: string;
  refuse(problem: string, hint: string): void;
  /** FEEL without its `=`; undefined when the value is none. */
  feel(value: unknown): { feel: string } | undefined;
}

export function readerOf(
  component: Schema,
  type: string,
  form: string,
  at: ModdleElement | undefined,
  c: Compilation,
): Reader {
  const key = stringIn(component, 'key') ?? stringIn(component, 'path') ?? stringIn(component, 'id');
  const name = `Form "${form}", ${type || 'component without type'}${key ? ` "${key}"` : ''}`;
  return {
    name,
    refuse(problem, hint) {
      c.report.error(at, 'form-not-executable', `${name}: ${problem}`, { hint });
    },
    feel(value) {
      if (typeof value !== 'string' || !value.trimStart().startsWith('=')) return undefined;
      const source = value.trim().slice(1).trim();
      const { problem } = checkExpression(source);
      if (problem)
        c.report.error(at, problem.code, `${name}: ${quoted(source)} cannot be evaluated: ${problem.message}`, {
          position: problem.position,
        });
      return { feel: source };
    },
  };
}

/** Unknown validations are refused; other unknown properties cannot affect the server. */
export function checkProperties(
  component: Schema,
  { properties, validations }: FormComponent,
  { name, refuse }: Reader,
  at: ModdleElement | undefined,
  c: Compilation,
): void {
  for (const property of Object.keys(component))
    if (property !== 'validate' && !Object.hasOwn(properties, property) && !Object.hasOwn(commonProperties, property))
      c.report.warning(at, 'form-property-unknown', `${name}: the property "${property}" has no effect.`, {
        hint: 'docs/forms.md lists the properties of each component.',
      });
  const rules = component['validate'];
  for (const [rule, value] of Object.entries(isSchema(rules) ? rules : {}))
    if (!Object.hasOwn(validations, rule) && value !== false && value !== '' && value !== null)
      refuse(`The validation "${rule}" is not executed.`, 'Remove it; docs/forms.md lists those of each component.');
}

/** FEEL in display texts: one that does not parse would be displayed as empty or verbatim. */
export function checkTexts(component: Schema, reader: Reader): void {
  const { appearance } = component;
  const texts = [
    ...templatedProperties.map((name) => component[name]),
    ...(isSchema(appearance) ? templatedAppearance.map((name) => appearance[name]) : []),
  ];
  for (const text of texts) {
    if (typeof text !== 'string' || !isTemplate(text)) continue;
    const template = parseTemplate(text);
    if (template.ok) for (const feel of feelOf(template.parts)) reader.feel(`=${feel}`);
    else reader.refuse(template.fault, 'Write {{FEEL}}, {{#if FEEL}}…{{/if}} or {{#loop FEEL}}…{{/loop}}.');
  }
}
