/** What the values of a text are, as its definition declares them: carriers ask for it, and a letter must not become longer than was checked. */
import { ownValue } from '../model/own-property.ts';
import type { Json, MessageTemplate, MessageText } from '../model/plan.ts';
import type { TemplateVariable, VariableKind } from '../model/template-variable.ts';
import { placeholdersOf } from './message-templates.ts';

const usualLength: Record<VariableKind, number> = {
  text: 35,
  number: 10,
  date: 20,
  time: 20,
  code: 35,
  name: 20,
  phone: 20,
};

const forms: Partial<Record<VariableKind, RegExp>> = {
  number: /^[+-]?\d+(\.\d+)?$/,
  code: /^[\p{L}\p{N}/_.-]+$/u,
  phone: /^\+?[\d -]+$/,
};

export const isPersonal = ({ kind }: TemplateVariable): boolean => kind === 'name' || kind === 'phone';

const longestOf = ({ kind, maxLength = usualLength[kind] }: TemplateVariable): number => maxLength;

/** Names that texts may use without declaring them. */
const given: Record<string, TemplateVariable> = { businessKey: { kind: 'code' } };

export function variableOf({ variables = {} }: MessageTemplate, name: string): TemplateVariable | undefined {
  return ownValue(variables, name) ?? ownValue(given, name);
}

/** A text whose values are as long as they may be. Values of no kind count as text. */
export function longestText(template: MessageTemplate, { body }: MessageText): string {
  const names = placeholdersOf({ zh: { subject: '', body } });
  return names.reduce(
    (filled, name) =>
      filled.replaceAll(`{${name}}`, '字'.repeat(longestOf(variableOf(template, name) ?? { kind: 'text' }))),
    body,
  );
}

/** @returns what is wrong with a value, in English; undefined: nothing, or nothing is declared */
export function valueFault(template: MessageTemplate, name: string, value: Json): string | undefined {
  const variable = variableOf(template, name);
  if (!variable) return undefined;
  const shown = String(value);
  const longest = longestOf(variable);
  if ([...shown].length > longest) return `"${name}" is longer than ${longest} characters`;
  return forms[variable.kind]?.test(shown) === false ? `"${name}" is no ${variable.kind}` : undefined;
}
