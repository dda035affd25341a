/**
 * The body of a looping activity is a wait of its own that its instances have as their host: multi-instance, standard loop, and the
 * handlers of a compensation, which run one after the other.
 */
import { cancelInstances } from '../cancel.ts';
import { compensationDone } from '../events/compensation.ts';
import type { Failure } from '../failure.ts';
import { fail } from '../failure.ts';
import type { Token } from '../lifecycle.ts';
import { complete } from '../moves.ts';
import type { Variables } from '../plan.ts';
import { elementOf, getWait, note, putWait, type Run } from '../run.ts';
import { incidentOf, tokenOf } from '../token.ts';
import type { Key, WaitOf } from '../types.ts';
import { afterInstance, enterMultiInstance, type FinishedInstance } from './multi-instance.ts';
import { afterRound, enterStandardLoop } from './standard-loop.ts';

export function enterBody(token: Token, run: Run): Failure | undefined {
  const { element } = token;
  if (!('loop' in element) || element.loop === undefined) return fail('unsupported', 'There is no loop.');
  return element.loop.type === 'multi'
    ? enterMultiInstance(token, element.loop, run)
    : enterStandardLoop(token, element.loop, run);
}

/** One instance is complete. */
export function innerDone(run: Run, token: Token): void {
  const body = getWait(run, token.host!);
  if (body?.kind !== 'multi') return;
  const counter = token.variables?.['loopCounter'];
  const finished: FinishedInstance = {
    index: typeof counter === 'number' ? counter - 1 : body.done,
    variables: token.variables ?? {},
    ...(token.output !== undefined && { output: token.output }),
  };
  const next = { ...body, active: body.active - 1, done: body.done + 1 };
  putWait(run, next);
  goOn(run, next, finished);
}

/** Decides what follows; what cannot be decided is an incident of the body. */
export function goOn(run: Run, body: WaitOf<'multi'>, finished: FinishedInstance | undefined): void {
  const element = elementOf(run, body.element);
  const loop = 'loop' in element ? element.loop : undefined;
  if (loop === undefined) {
    compensationDone(run, body);
    return;
  }
  const failure = loop.type === 'multi' ? afterInstance(run, body, loop, finished) : afterRound(run, body, loop);
  if (!failure) return;
  const now = getWait(run, body.key);
  if (now === undefined) return;
  putWait(run, { ...now, incident: incidentOf(run, failure) });
  note(run, 'incident-raised', body.element, body.key, { code: failure.code, message: failure.message });
}

/** Tokens for further instances are on their way. */
export function launch(run: Run, body: WaitOf<'multi'>, instances: Variables[]): void {
  if (instances.length === 0) return;
  for (const variables of instances)
    run.queue.push({ element: body.element, scope: body.scope!, host: body.key, variables });
  putWait(run, { ...body, created: body.created + instances.length, active: body.active + instances.length });
}

/** The body is complete, and with it the activity: what still runs is withdrawn. */
export function finishBody(run: Run, key: Key, results?: Variables): void {
  cancelInstances(run, key);
  const body = getWait(run, key);
  if (body) complete(run, tokenOf(run, body), results);
}
