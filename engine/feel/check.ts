/** Checks an expression before anything runs: syntax, unknown functions, and what it reads. */
import { evaluate, SyntaxError as FeelSyntaxError } from 'feelin';
import { analyse } from './analyse.ts';
import { feelFunctions, isFeelFunction } from './compiled.ts';
import { dialect } from './tree.ts';

export interface ExpressionCheck {
  /** Names it reads that are variables for certain, not entries of filtered items; without those it only asks about. */
  freeVariables: string[];
  problem?: ExpressionProblem;
}

export interface ExpressionProblem {
  code: 'bad-expression' | 'unknown-function';
  message: string;
  /** Within the expression; both count from 1. */
  position: { line: number; column: number };
}

export function positionIn(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, Math.max(0, offset)).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

const head = 'function() ';

function syntaxProblem(source: string): ExpressionProblem | undefined {
  try {
    // As the body of a function it is parsed but not run.
    evaluate(head + source, feelFunctions, dialect);
    return undefined;
  } catch (error) {
    const offset = error instanceof FeelSyntaxError ? error.position.from - head.length : 0;
    const message = error instanceof Error ? error.message : String(error);
    return { code: 'bad-expression', message, position: positionIn(source, offset) };
  }
}

/** @param source FEEL without leading `=` */
export function checkExpression(source: string): ExpressionCheck {
  const syntax = syntaxProblem(source);
  if (syntax) return { freeVariables: [], problem: syntax };
  const { reads, calls } = analyse(source);
  const freeVariables = reads
    .filter((read) => !read.filterOnly && !read.asked && !isFeelFunction(read.name))
    .map((read) => read.name);
  const unknown = calls.find((call) => !isFeelFunction(call.name));
  if (!unknown) return { freeVariables };
  const problem: ExpressionProblem = {
    code: 'unknown-function',
    message: `There is no function "${unknown.name}".`,
    position: positionIn(source, unknown.from),
  };
  return { freeVariables, problem };
}
