/** A problem of a diagram in Chinese, by its code. Only the English message names the elements. */
import { ownValue } from '../model/own-property.ts';
import type { Problem } from '../model/plan.ts';
import { executionProblems } from './chinese/execution.ts';
import { standardProblems } from './chinese/standard.ts';

export const problemsInChinese = { ...standardProblems, ...executionProblems };

export interface ProblemWords {
  message: string;
  /** What to do about it. */
  hint?: string;
}

/** A code without Chinese keeps its English. */
export function inChinese({ code, message, hint }: Pick<Problem, 'code' | 'message' | 'hint'>): ProblemWords {
  const words = ownValue(problemsInChinese, code);
  if (!words) return { message, ...(hint !== undefined && { hint }) };
  const [what, remedy] = words;
  return { message: what, ...(remedy !== undefined && { hint: remedy }) };
}
