/**
 * Texts of a form with FEEL in them, as form-js fills them in: all of it after `=`, or `{{FEEL}}`, `{{#if FEEL}}…{{/if}}` and
 * `{{#loop FEEL}}…{{/loop}}` within it. In a loop the names are those of the item, `this` is the item and `parent` what is around it.
 */
import type { FormScope } from './form-scope.ts';
import { isObject } from './form-scope.ts';
import { type FormContext, feelValue } from './form-values.ts';

type Part =
  | { kind: 'text'; text: string }
  | { kind: 'insert'; feel: string }
  | { kind: 'if' | 'loop'; feel: string; parts: Part[] };

export type Template = { ok: true; parts: Part[] } | { ok: false; fault: string };

/** Properties of components that are such texts; `appearance` holds two more. */
export const templatedProperties = [
  'label',
  'dateLabel',
  'timeLabel',
  'description',
  'text',
  'content',
  'source',
  'alt',
  'url',
] as const;
export const templatedAppearance = ['prefixAdorner', 'suffixAdorner'] as const;

const isFeel = (text: string): boolean => text.startsWith('=');
export const isTemplate = (text: string): boolean => isFeel(text) || text.includes('{{');

/** @param text any text: one without FEEL is a template of itself */
export function parseTemplate(text: string): Template {
  if (isFeel(text)) return { ok: true, parts: [{ kind: 'insert', feel: text.slice(1).trim() }] };
  const top: Part[] = [];
  const open: { kind: 'if' | 'loop'; parts: Part[] }[] = [];
  const add = (part: Part) => (open.at(-1)?.parts ?? top).push(part);
  let at = 0;
  for (const match of text.matchAll(/\{\{(.*?)\}\}/gs)) {
    if (match.index > at) add({ kind: 'text', text: text.slice(at, match.index) });
    at = match.index + match[0].length;
    const inside = (match[1] ?? '').trim();
    const [, sign, word, feel = ''] = /^([#/])(\w*)\s*(.*)$/s.exec(inside) ?? [];
    if (sign === undefined) {
      if (inside !== '') add({ kind: 'insert', feel: inside });
    } else if (word !== 'if' && word !== 'loop') return { ok: false, fault: `There is no "{{${sign}${word}}}".` };
    else if (sign === '#') {
      const part: Part = { kind: word, feel: feel.trim(), parts: [] };
      add(part);
      open.push(part);
    } else if (open.pop()?.kind !== word) return { ok: false, fault: `"{{/${word}}}" ends nothing that is open.` };
  }
  const unclosed = open.at(-1);
  if (unclosed) return { ok: false, fault: `"{{#${unclosed.kind}}}" is not ended by "{{/${unclosed.kind}}}".` };
  const rest = text.slice(at);
  if (rest.includes('{{')) return { ok: false, fault: '"{{" is not ended by "}}".' };
  if (rest !== '') add({ kind: 'text', text: rest });
  return { ok: true, parts: top };
}

/** All FEEL of a template, in its order. */
export const feelOf = (parts: readonly Part[]): string[] =>
  parts.flatMap((part) => {
    if (part.kind === 'text') return [];
    return part.kind === 'insert' ? [part.feel] : [part.feel, ...feelOf(part.parts)];
  });

/** The text as it is now; FEEL that cannot be worked out, or is null, leaves nothing. Of what is no template the text itself. */
export function filledIn(text: string, scope: FormScope, context: FormContext): string {
  const template = parseTemplate(text);
  return template.ok ? written(template.parts, scope, context) : text;
}

function written(parts: readonly Part[], scope: FormScope, context: FormContext): string {
  return parts.map((part) => writtenPart(part, scope, context)).join('');
}

function writtenPart(part: Part, scope: FormScope, context: FormContext): string {
  if (part.kind === 'text') return part.text;
  if (part.kind === 'insert') return String(feelValue(`string(${part.feel})`, scope, context) ?? '');
  const value = feelValue(part.feel, scope, context);
  if (part.kind === 'if') return value === true ? written(part.parts, scope, context) : '';
  const items = Array.isArray(value) ? value : value === null ? [] : [value];
  return items
    .map((item) => {
      const inner = { data: isObject(item) ? item : {}, here: item, parent: scope, indexes: scope.indexes };
      return written(part.parts, inner, context);
    })
    .join('');
}
