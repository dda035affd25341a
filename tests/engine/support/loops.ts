/** Activities that loop over `items` and collect `vote` of each into `votes`, and what ends their instances. */
import type { MultiInstance, Plan, Variables } from '../../../engine/model/plan.ts';
import { aPlan, feel, type PlanBuilder } from './plan.ts';
import { type Play, someone } from './play.ts';

export const each = (more: Partial<MultiInstance> = {}): MultiInstance => ({
  type: 'multi',
  sequential: false,
  inputCollection: feel('items'),
  inputElement: 'item',
  outputCollection: 'votes',
  outputElement: feel('vote'),
  behavior: 'all',
  ...more,
});

/** The activity between a start event and a task after it. */
export const ended = (builder: PlanBuilder, activity: string): Plan =>
  builder.add('startEvent', 'Start').add('userTask', 'After').flow('Start', activity, 'After').build();

/** A subprocess per item. */
export const inSubProcess = (loop: MultiInstance, fill: (inside: PlanBuilder) => PlanBuilder, more = {}): Plan =>
  ended(
    aPlan().scope('subProcess', 'Each', (b) => void fill(b), { loop, ...more }),
    'Each',
  );

/** Completes the n-th open task of an element. */
export function complete(p: Play, element: string, n: number, variables: Variables = {}): Play {
  const wait = p.waits('task').filter((one) => one.element === element)[n];
  if (!wait) throw new Error(`${element} has no task ${n}, only ${p.waiting().join(', ')}.`);
  p.send({ type: 'task', key: wait.key, action: { type: 'complete', variables }, by: someone });
  return p;
}

export const incidents = (p: Play): string[] =>
  Object.values(p.state.waits).flatMap(({ incident }) => incident?.code ?? []);
