/** Expressions of a diagram: FEEL or constant. Each is parsed at deployment, before an instance can evaluate it. */
import { checkExpression } from '../feel/check.ts';
import { quoted } from '../feel/excerpt.ts';
import type { Expression } from '../model/plan.ts';
import type { ModdleElement } from './element.ts';
import type { Report } from './report.ts';

function checked(source: string, at: ModdleElement, what: string, report: Report): Expression {
  const { problem } = checkExpression(source);
  if (problem)
    report.error(at, problem.code, `${what}: ${quoted(source)} cannot be evaluated: ${problem.message}`, {
      hint: /[$#]\{/.test(source)
        ? 'Expressions are FEEL: write =name, without the sign and the braces around it.'
        : 'Correct the FEEL expression.',
      position: problem.position,
    });
  return { feel: source };
}

/** Attributes and timers: FEEL with a leading `=`, otherwise a constant. */
export function valueExpression(
  source: string | undefined,
  at: ModdleElement,
  what: string,
  report: Report,
): Expression | undefined {
  if (source === undefined) return undefined;
  return source.startsWith('=') ? checked(source.slice(1).trim(), at, what, report) : { literal: source };
}

/** Conditions and counts: always FEEL, the leading `=` is optional. */
export function feelExpression(
  source: string | undefined,
  at: ModdleElement,
  what: string,
  report: Report,
): Expression | undefined {
  return source === undefined ? undefined : checked(source.replace(/^=/, '').trim(), at, what, report);
}
