/** The check of a deployment, off the main thread: drawing stays smooth while it runs. */
import { type LintContext, lintDefinition } from '../../../../engine/lint/lint-definition.ts';
import { inChinese, type ProblemWords } from '../../../../engine/lint/problem-words.ts';
import type { Plan, Problem } from '../../../../engine/model/plan.ts';
import type { Files } from '../files.ts';

export interface LintQuestion {
  /** Counts up: only the answer to the latest is of interest. */
  number: number;
  files: Files;
  context: LintContext;
}

export interface ShownProblem extends Problem {
  zh: ProblemWords;
}

export interface LintAnswer {
  number: number;
  problems: ShownProblem[];
  /** As a deployment would make them; none when something is an error. */
  plans: Plan[];
  /** The forms of each plan, by its key. */
  schemas: Record<string, Record<string, unknown>>;
}

self.addEventListener('message', async ({ data }: MessageEvent<LintQuestion>) => {
  const { problems, plans, schemas } = await lintDefinition(data.files, data.context);
  const answer: LintAnswer = {
    number: data.number,
    plans,
    schemas,
    problems: problems.map((problem) => ({ ...problem, zh: inChinese(problem) })),
  };
  self.postMessage(answer);
});
