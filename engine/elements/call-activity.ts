import { type Failure, fail } from '../core/failure.ts';
import { waitAt } from '../core/hold.ts';
import { addCommand } from '../core/run.ts';
import type { ElementBehaviour, Run, Token } from '../core/run-types.ts';
import { lookupAt, lookupStartOf, nameOf } from '../core/token.ts';
import { visible } from '../core/variables.ts';
import { evaluateText } from '../events/arm.ts';
import type { ElementOf } from '../model/plan.ts';
import type { WaitOf } from '../model/types.ts';

type Call = ElementOf<'callActivity'>;

/** Callers above one instance: a process that calls itself without end would fill the server before anybody looked. */
const maxCallDepth = 50;

/** Call activity: the called process runs as an instance of its own; its end completes the activity (BPMN 2.0.2, 10.3.6 and 13.3.4). */
export const callActivity: ElementBehaviour<Call> = {
  enter(token, run) {
    const { element } = token;
    const depth = run.before.depth ?? 0;
    if (depth >= maxCallDepth)
      return fail(
        'call-too-deep',
        `“${nameOf(element)}”要调用的流程已是第 ${depth + 1} 层，最多 ${maxCallDepth} 层。`,
        {
          depth,
        },
      );
    const lookup = lookupAt(run, token);
    const process = evaluateText(run, '被调用的流程', element.process, lookup);
    if (!process.ok) return process;
    const given = element.businessKey && evaluateText(run, '业务编号', element.businessKey, lookup);
    if (given && !given.ok) return given;
    const businessKey = given ? given.value : `${run.before.businessKey}-${token.key}`;
    const failure: Failure | undefined = waitAt(run, token, { kind: 'call', process: process.value, businessKey });
    if (failure) return failure;
    scheduleCall(run, token, process.value, businessKey);
    return undefined;
  },
};

function scheduleCall(run: Run, token: Token<Call>, process: string, businessKey: string): void {
  const { element, key } = token;
  const variables = element.propagateAllParent
    ? visible(run, token.variables, lookupStartOf(token))
    : (token.variables ?? {});
  addCommand(run, { do: 'call', key, element: element.id, process, binding: element.binding, businessKey, variables });
}

/** Ordered once more after an incident. The business key is the same: the runtime attaches to what is still there. */
export function retryCall(run: Run, token: Token, wait: WaitOf<'call'>): void {
  const { element } = token;
  if (element.kind === 'callActivity') scheduleCall(run, { ...token, element }, wait.process, wait.businessKey);
}
