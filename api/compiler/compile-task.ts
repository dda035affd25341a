/** A task of the compile thread and its result, both plain data. */
import type { Linted } from '../../engine/lint/index.ts';
import {
  type DefinitionSource,
  drawDefinition,
  type LintContext,
  lintDefinition,
} from '../resources/definitions/lint-definition.ts';

/** `lint`: plans and problems. `draw`: the file with a generated diagram. */
export interface CompileTask {
  kind: 'lint' | 'draw';
  definition: DefinitionSource;
  context: LintContext;
}

export type CompileResult = { kind: 'lint'; linted: Linted } | { kind: 'draw'; xml: string };

/** Problems per file in a response; errors are listed first. */
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
