import { type Failure, fail } from '../core/failure.ts';
import { waitAt } from '../core/hold.ts';
import { takenIn, withoutGiven } from '../core/intake.ts';
import { complete } from '../core/moves.ts';
import { addCommand, elementOf } from '../core/run.ts';
import type { ElementBehaviour, Run, Token } from '../core/run-types.ts';
import { lookupAt, lookupStartOf, tokenOf } from '../core/token.ts';
import { visible } from '../core/variables.ts';
import { callIncidentOf, failWork } from '../core/work-failure.ts';
import { evaluateText } from '../events/arm.ts';
import { escalate, type Thrown } from '../events/throw.ts';
import { longestKeyIfExceeded } from '../model/keys.ts';
import type { ElementOf, Variables } from '../model/plan.ts';

type Call = ElementOf<'callActivity'>;

/** Callers above one instance: a process that calls itself without end would fill the server before anybody looked. */
const maxCallDepth = 50;

/** Call activity: the called process runs as an instance of its own; its end completes the activity (BPMN 2.0.2, 10.3.6 and 13.3.4). */
export const callActivity: ElementBehaviour<Call> = {
  enter(token, run) {
    const { element } = token;
    const depth = run.before.depth ?? 0;
    if (depth >= maxCallDepth)
      return fail('call-too-deep', { reason: 'call-depth', depth: depth + 1, limit: maxCallDepth });
    const lookup = lookupAt(run, token);
    const process = evaluateText(run, 'called-process', element.process, lookup);
    if (!process.ok) return process;
    const given = element.businessKey && evaluateText(run, 'business-key', element.businessKey, lookup);
    if (given && !given.ok) return given;
    const businessKey = given ? given.value : `${run.before.businessKey}-${token.key}`;
    const longest = longestKeyIfExceeded(process.value, businessKey);
    if (longest !== undefined)
      return fail('business-key-too-long', { reason: 'business-key-length', process: process.value, limit: longest });
    const failure: Failure | undefined = waitAt(run, token, { kind: 'call', process: process.value, businessKey });
    if (failure) return failure;
    scheduleCall(run, token, process.value, businessKey);
    return undefined;
  },
  resume(run, wait, occurrence) {
    const element = elementOf(run, wait.element);
    if (wait.kind !== 'call' || element.kind !== 'callActivity') return;
    switch (occurrence.type) {
      case 'call-completed':
        complete(run, tokenOf(run, wait), resultsOf(run, element, occurrence.variables));
        return;
      case 'call-failed':
        if (wait.incident === undefined)
          failWork(
            run,
            wait,
            callIncidentOf(occurrence.code),
            occurrence,
            occurrence.brought ? broughtBy(element, occurrence.brought) : {},
          );
        return;
      case 'call-escalated': {
        // Caught as if from a subprocess: by its boundary events and enclosing scopes (BPMN 2.0.2, 10.5.1).
        const { code, variables } = occurrence;
        const brought = { variables: {}, ...broughtBy(element, variables) };
        escalate(run, wait.key, { code, ...brought }, { element: element.id, key: wait.key });
      }
    }
  },
  /** With the same business key, the runtime attaches to the existing call. */
  retry(run, wait) {
    const token = tokenOf(run, wait);
    const { element } = token;
    if (wait.kind !== 'call' || element.kind !== 'callActivity') return;
    scheduleCall(run, { ...token, element }, wait.process, wait.businessKey);
  },
};

/** All variables of the called process are taken over, or those that mappings read. */
function resultsOf(run: Run, element: Call, variables: Variables): Variables | undefined {
  if (element.outputs !== undefined && element.outputs.length > 0) return takenIn(run, element, variables);
  return element.propagateAllChild ? withoutGiven(run, variables) : undefined;
}

/** Variables of a throwing called process: propagated as a whole, or visible to the mappings of the catching event. */
const broughtBy = ({ propagateAllChild }: Call, variables: Variables): Pick<Thrown, 'variables' | 'mappable'> =>
  propagateAllChild ? { variables } : { mappable: variables };

function scheduleCall(run: Run, token: Token<Call>, process: string, businessKey: string): void {
  const { element, key } = token;
  const variables = element.propagateAllParent
    ? visible(run, token.variables, lookupStartOf(token))
    : (token.variables ?? {});
  addCommand(run, { do: 'call', key, element: element.id, process, binding: element.binding, businessKey, variables });
}
