/** Collects the errors and warnings of a diagram. */
import type { Problem } from '../model/plan.ts';
import { type ModdleElement, text, withId } from './element.ts';

export interface Report {
  readonly problems: Problem[];
  error(at: ModdleElement | undefined, code: string, message: string, more?: Details): void;
  warning(at: ModdleElement | undefined, code: string, message: string, more?: Details): void;
}

export interface Details extends Pick<Problem, 'hint' | 'position'> {
  constraint?: string;
}

export function newReport(): Report {
  const problems: Problem[] = [];
  const seen = new Map<string, Problem>();
  const add = (
    severity: Problem['severity'],
    at: ModdleElement | undefined,
    code: string,
    message: string,
    { constraint, ...more }: Details = {},
  ) => {
    const named = withId(at);
    const problem: Problem = { severity, code, message };
    const id = named && text(named, 'id');
    const name = named && text(named, 'name');
    if (id) problem.element = id;
    if (name) problem.elementName = name;
    Object.assign(problem, more);
    // The same problem found from two sides (a flow from its source and its target), or as two constraints, is reported
    // once.
    const key = JSON.stringify([code, problem.element, message]);
    const said = seen.get(key) ?? problem;
    if (severity === 'error') said.severity = severity;
    if (constraint && !said.constraints?.includes(constraint))
      said.constraints = [...(said.constraints ?? []), constraint];
    if (said !== problem) return;
    seen.set(key, problem);
    problems.push(problem);
  };
  return {
    problems,
    error: (at, code, message, more) => add('error', at, code, message, more),
    warning: (at, code, message, more) => add('warning', at, code, message, more),
  };
}
