/** Skip: the instance continues from an incident as if the element were complete. The operator gives the variables it would have set. */

import { cancelInside } from '../core/cancel.ts';
import { isGivenAtStart, notDeclared } from '../core/intake.ts';
import { complete, completeJoin as passJoin } from '../core/moves.ts';
import { end } from '../core/release.ts';
import { addJournalEntry, elementOf, getWait, newKey, putWait } from '../core/run.ts';
import type { Run } from '../core/run-types.ts';
import { tokenOf } from '../core/token.ts';
import { enclosing, propagateVariables } from '../core/variables.ts';
import { consumeArrivals } from '../elements/join.ts';
import { finishBody } from '../elements/loop-body.ts';
import { listenerDone } from '../listeners/answers.ts';
import { isListener } from '../listeners/wait.ts';
import { refusal } from '../messages/refusals.ts';
import { traitsOf } from '../model/element-kinds.ts';
import type { PlanElement } from '../model/plan.ts';
import type { EngineEvent, Refusal, Wait, WaitOf } from '../model/types.ts';

export function skip(run: Run, event: Extract<EngineEvent, { type: 'skip' }>): Refusal | undefined {
  const wait = getWait(run, event.key);
  if (!wait) return refusal('unknown-key');
  if (!wait.incident) return refusal('nothing-to-skip');
  if (wait.kind === 'stuck' && (wait.at === 'flow' || wait.at === 'resume')) return refusal('cannot-skip');
  const element = elementOf(run, wait.element);
  if (wait.kind === 'stuck' && notEntered.includes(wait.at) && traitsOf(element).family === 'gateway')
    return refusal('cannot-skip');
  if (event.reason.trim() === '') return refusal('reason-missing');
  const fixed = Object.keys(event.variables ?? {}).filter(isGivenAtStart);
  if (run.env.intake && fixed.length > 0) return refusal('identity-fixed', notDeclared(fixed));
  const { incident, ...clear } = wait;
  addJournalEntry(run, 'incident-skipped', wait.element, wait.key, { code: incident.code, reasonGiven: true });
  run.by = undefined;
  if (wait.kind === 'job' && isListener(wait)) {
    // Only the listener is skipped; the given variables replace its result.
    run.commands.push({ do: 'drop', key: wait.key });
    listenerDone(run, wait, event.variables ?? {});
    return undefined;
  }
  if (event.variables) propagateVariables(run, enclosing(run, wait) ?? run.before.root, event.variables);
  continueSkipped(run, getWait(run, wait.key) === wait ? clear : withoutIncident(getWait(run, wait.key)!), element);
  return undefined;
}

const notEntered: readonly string[] = ['enter', 'listened'];
const notActive: readonly string[] = ['enter', 'happened'];

function withoutIncident(wait: Wait): Wait {
  const { incident: _, ...clear } = wait;
  return clear;
}

function continueSkipped(run: Run, wait: Wait, element: PlanElement): void {
  switch (wait.kind) {
    case 'join':
      pass(run, wait, element);
      return;
    case 'multi':
      putWait(run, wait);
      finishBody(run, wait.key);
      return;
    case 'scope':
      putWait(run, wait);
      cancelInside(run, wait.key);
      complete(run, { ...tokenOf(run, wait), element: bare(element) });
      return;
    case 'event':
      if (element.kind === 'boundaryEvent' || element.kind === 'startEvent') {
        end(run, wait);
        return;
      }
      leave(run, wait, element);
      return;
    default:
      leave(run, wait, element);
  }
}

/** The join goes on with what has come; the tokens that wait there become one. */
function pass(run: Run, join: WaitOf<'join'>, element: PlanElement): void {
  const { from: _, variables: __, ...plain } = join;
  putWait(run, plain);
  consumeArrivals(run, plain, (_, tokens) => tokens);
  passJoin(run, { element, key: newKey(run), scope: join.scope!, phase: 'activating' });
}

function leave(run: Run, wait: Wait, element: PlanElement): void {
  if (wait.kind === 'job' || wait.kind === 'call') run.commands.push({ do: 'drop', key: wait.key });
  const phase = wait.kind === 'stuck' && notActive.includes(wait.at) ? 'activating' : 'active';
  complete(run, { ...tokenOf(run, wait), element: bare(element), phase });
}

/** Without its output: there is no result to be mapped. */
function bare(element: PlanElement): PlanElement {
  const copy = { ...element };
  if ('outputs' in copy) delete copy.outputs;
  if ('dataOutputs' in copy) delete copy.dataOutputs;
  if ('loop' in copy && copy.loop?.type === 'multi') {
    const { outputElement: _, ...loop } = copy.loop;
    copy.loop = loop;
  }
  return copy;
}
