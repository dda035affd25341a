/** Reports each fault once: drops problems that only follow from another problem of the same element. */
import type { Problem } from '../model/plan.ts';

interface Consequence {
  code: RegExp;
  of: RegExp;
  /** What the message of the cause ends with. */
  about?: RegExp;
}

const withoutFlows =
  /^(no-(incoming|outgoing)|.*-without-(incoming|outgoing)|event-gateway-outgoing|default-not-outgoing)$/;

/** A problem of this code is no news where another one of the element has one of those codes. */
const consequences: readonly Consequence[] = [
  // Whatever else is wrong with an event says more than that it cannot be executed there.
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

/** @returns those that are left; the constraints of what is left out go to what it follows from */
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
  // Several rules are about which triggers stand where; the first that is broken says it.
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
