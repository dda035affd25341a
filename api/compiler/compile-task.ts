/** What is done to a file somebody uploads, wherever it runs (compiler.ts, compile-thread.ts): plain data in, plain data out. */
import type { Linted } from '../../engine/lint/index.ts';
import {
  type DefinitionSource,
  drawDefinition,
  type LintContext,
  lintDefinition,
} from '../resources/definitions/lint-definition.ts';

/** `lint`: its plans and problems. `draw`: the file with a diagram. */
export interface CompileTask {
  kind: 'lint' | 'draw';
  definition: DefinitionSource;
  context: LintContext;
}

export type CompileResult = { kind: 'lint'; linted: Linted } | { kind: 'draw'; xml: string };

/** More than anybody reads; the gravest come first. */
const maxProblems = 500;

export async function carryOut({ kind, definition, context }: CompileTask): Promise<CompileResult> {
  if (kind === 'draw') return { kind, xml: await drawDefinition(definition, context) };
  const linted = await lintDefinition(definition, context);
  return { kind, linted: { ...linted, problems: atMost(maxProblems, linted.problems) } };
}

function atMost(count: number, problems: Linted['problems']): Linted['problems'] {
  if (problems.length <= count) return problems;
  return [
    ...problems.slice(0, count),
    {
      severity: 'info',
      code: 'more-problems',
      message: `${problems.length - count} more problems are not listed.`,
      hint: 'Correct those listed and check again; ./careloop lint lists all.',
    },
  ];
}
