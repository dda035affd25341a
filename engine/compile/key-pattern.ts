/** `careloop:businessKeyPattern`: the pattern of a process's business keys, for instance `{facility}{yyyy}{MM}{serial:4}`. */
import type { KeyPart } from '../model/plan.ts';

export const keyPlaceholders = ['{facility}', '{yyyy}', '{yy}', '{MM}', '{dd}', '{serial:4}'];
export const mostDigits = 9;
const mostCharacters = 60;

export type KeyPattern = { parts: KeyPart[] } | { message: string; hint: string };

/** @returns the parts in order, or the problem of the pattern */
export function parseKeyPattern(pattern: string): KeyPattern {
  const parts: KeyPart[] = [];
  if (pattern.length > mostCharacters)
    return { message: `It has ${pattern.length} characters.`, hint: `${mostCharacters} is the most.` };
  for (const [piece] of pattern.matchAll(/\{[^{}]*\}|[^{}]+|[{}]/g)) {
    const part = partOf(piece);
    if ('message' in part) return part;
    parts.push(part);
  }
  if (parts.filter(({ kind }) => kind === 'serial').length > 1)
    return { message: 'It has more than one serial number.', hint: 'Keep one {serial:n}.' };
  return { parts };
}

/** The pattern as it is written in a diagram. */
export const keyPatternText = (parts: readonly KeyPart[]): string => parts.map(partText).join('');

function partText(part: KeyPart): string {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'facility':
      return '{facility}';
    case 'date':
      return `{${part.field}}`;
    case 'serial':
      return `{serial:${part.digits}}`;
  }
}

function partOf(piece: string): KeyPart | { message: string; hint: string } {
  switch (piece) {
    case '{facility}':
      return { kind: 'facility' };
    case '{yyyy}':
    case '{yy}':
    case '{MM}':
    case '{dd}':
      return { kind: 'date', field: piece.slice(1, -1) as 'yyyy' | 'yy' | 'MM' | 'dd' };
  }
  const digits = /^\{serial:(\d+)\}$/.exec(piece)?.[1];
  if (digits !== undefined) {
    const count = Number(digits);
    if (count >= 1 && count <= mostDigits) return { kind: 'serial', digits: count };
    return { message: `A serial number cannot have ${count} digits.`, hint: `Give it 1 to ${mostDigits}.` };
  }
  if (piece === '{' || piece === '}')
    return { message: `"${piece}" stands alone.`, hint: 'Write placeholders in braces, for instance {facility}.' };
  if (piece.startsWith('{'))
    return { message: `There is no placeholder "${piece}".`, hint: `Known are: ${keyPlaceholders.join(', ')}.` };
  if (!/^[\w-]+$/.test(piece))
    return {
      message: `"${piece}" cannot stand in a business key.`,
      hint: 'Use A to Z, a to z, digits, _ and - between the placeholders.',
    };
  return { kind: 'text', text: piece };
}
