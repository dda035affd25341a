/** Checks an expression before anything runs: syntax, unknown functions, and what it reads. */
import { analyse } from './analyse.ts';
import { compileFeel, isFeelFunction } from './compiled.ts';
import { FeelSyntaxError } from './failure.ts';
import { misspeltOperator, operatorMessage } from './misspelt-operators.ts';
import { refusedFunctions } from './refused.ts';
import { positionIn } from './syntax.ts';

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

function syntaxProblem(source: string): ExpressionProblem | undefined {
  try {
    compileFeel(source);
    return undefined;
  } catch (error) {
    const offset = error instanceof FeelSyntaxError ? error.offset : 0;
    const message = error instanceof Error ? error.message : String(error);
    return { code: 'bad-expression', message, position: positionIn(source, offset) };
  }
}

/** @param source FEEL without leading `=` */
export function checkExpression(source: string): ExpressionCheck {
  const syntax = syntaxProblem(source);
  if (syntax) return { freeVariables: [], problem: syntax };
  const operator = misspeltOperator(source);
  if (operator)
    return {
      freeVariables: [],
      problem: {
        code: 'bad-expression',
        message: operatorMessage(operator),
        position: positionIn(source, operator.from),
      },
    };
  const { reads, calls } = analyse(source);
  const freeVariables = reads
    .filter((read) => !read.filterOnly && !read.asked && !isFeelFunction(read.name))
    .map((read) => read.name);
  const unknown = calls.find((call) => !isFeelFunction(call.name));
  if (!unknown) return { freeVariables };
  const problem: ExpressionProblem = {
    code: 'unknown-function',
    message: refusedFunctions.get(unknown.name) ?? `There is no function "${unknown.name}".`,
    position: positionIn(source, unknown.from),
  };
  return { freeVariables, problem };
}
