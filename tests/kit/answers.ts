/** What a mocked job or called process answers. */
import type { Variables } from '../../engine/model/plan.ts';

/** Made by the functions below; a plain object of variables is the usual answer. */
export type Outcome =
  | { how: 'error'; code: string; message: string; variables?: Variables }
  | { how: 'failure'; message: string }
  | { how: 'later' };
export type Answer = Variables | Outcome;
export type AnswerFor = Answer | ((input: Variables) => Answer);

const outcomes = new WeakSet<object>();

function outcome(value: Outcome): Outcome {
  outcomes.add(value);
  return value;
}

/** A BPMN error: an error boundary event or event subprocess may catch it, otherwise it is an incident. */
export const bpmnError = (code: string, message = code, variables?: Variables): Outcome =>
  outcome({ how: 'error', code, message, ...(variables && { variables }) });

/** A technical failure, retries used up: an incident. */
export const failure = (message = 'It did not work.'): Outcome => outcome({ how: 'failure', message });

/** No answer yet: the instance waits there until `story.finish(element, variables)`. */
export const later: Outcome = outcome({ how: 'later' });

/** @param make variables, one of the outcomes above, or a function of what is handed over */
export function answerTo(
  make: AnswerFor | undefined,
  input: Variables,
): Outcome | { how: 'done'; variables: Variables } {
  const answer = typeof make === 'function' ? make(input) : (make ?? {});
  return isOutcome(answer) ? answer : { how: 'done', variables: answer };
}

const isOutcome = (answer: Answer): answer is Outcome => outcomes.has(answer);
