/** Reports each fault once: drops problems that only follow from another problem of the same element. */
import type { Problem } from '../model/plan.ts';

interface Consequence {
  code: RegExp;
  of: RegExp;
  /** Suffix of the message of the cause. */
  about?: RegExp;
}

const withoutFlows =
  /^(no-(incoming|outgoing)|.*-without-(incoming|outgoing)|event-gateway-outgoing|default-not-outgoing)$/;

/** A problem of this code is dropped when the element has one of those codes, from which it follows. */
const consequences: readonly Consequence[] = [
  // Any other problem of an event is more specific than "not executable here".
  { code: /^unsupported-event$/, of: /./ },
  { code: /^(event-not-allowed|boundary-without-outgoing)$/, of: /^event-without-trigger$/ },
  { code: /^no-incoming$/, of: /-without-incoming$/ },
  { code: /^no-outgoing$/, of: /-without-outgoing$/ },
  { code: /^flow-not-listed$/, of: withoutFlows },
  { code: /^wrong-reference$/, of: /^(message-)?flow-/ },
  { code: /^no-condition$/, of: /^empty-condition$/ },
  { code: /^no-error$/, of: /^no-error-code$/ },
  // A reference that leads nowhere is the reason why there is nothing.
  {
    code: new RegExp(`^flow-not-listed$|${withoutFlows.source}`),
    of: /^unresolved-reference$/,
    about: /bpmn:(incoming|outgoing|default)$/,
  },
  { code: /^no-(error|error-code|escalation-code|message|signal)$/, of: /^unresolved-reference$/, about: /Ref$/ },
];

/** @returns the remaining problems; the constraints of a dropped one are added to its cause */
export function withoutConsequences(problems: readonly Problem[]): Problem[] {
  const follows = (problem: Problem, cause: Problem): boolean =>
    cause !== problem &&
    cause.element === problem.element &&
    cause.severity === problem.severity &&
    (isSameTrigger(problem, cause) ||
      consequences.some(
        ({ code, of, about }) =>
          code.test(problem.code) &&
          of.test(cause.code) &&
          !code.test(cause.code) &&
          (about === undefined || about.test(cause.message)),
      ));
  // Several rules concern the position of triggers; only the first violation is reported.
  const isSameTrigger = (problem: Problem, cause: Problem): boolean =>
    problem.code === 'event-not-allowed' &&
    cause.code === 'event-not-allowed' &&
    problems.indexOf(cause) < problems.indexOf(problem);
  return problems.filter((problem) => {
    const cause = problems.find((other) => follows(problem, other));
    if (cause && problem.constraints)
      cause.constraints = [...new Set([...(cause.constraints ?? []), ...problem.constraints])];
    return cause === undefined;
  });
}
