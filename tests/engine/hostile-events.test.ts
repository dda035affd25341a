/**
 * Nothing is thrown out of a step, whatever comes: every kind of event with names of the engine's own, of JavaScript's, and with values
 * of every size and shape, sent into random models. `CARELOOP_SEED=random` draws others than the gate does.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createEvaluator } from '../../engine/feel/evaluator.ts';
import { createInstance, explain, modify, refuse, step } from '../../engine/index.ts';
import { migrate } from '../../engine/migrate/migrate.ts';
import type { Json, Plan } from '../../engine/model/plan.ts';
import type { EngineEvent, Env, InstanceState, Wait } from '../../engine/model/types.ts';
import { decodeState, encodeState } from '../../engine/snapshot/snapshot.ts';
import { calendar, someone, startedAt } from './support/basics.ts';
import { possible } from './support/events.ts';
import { block, modelOf, smallBlock } from './support/models.ts';

const random = process.env['CARELOOP_SEED'] === 'random';
const rounds = random ? 400 : 60;

const deep = (depth: number): Json => {
  let value: Json = 1;
  for (let i = 0; i < depth; i++) value = { pick: value };
  return value;
};

const names = [
  ...'loopCounter numberOfInstances numberOfActiveInstances numberOfCompletedInstances item votes results collected'.split(
    ' ',
  ),
  ...'waitingForStart activationCount completedBy businessKey rules pick items parts denied corrections'.split(' '),
  ...'__proto__ constructor toString hasOwnProperty valueOf length'.split(' '),
  '',
  'a.b',
  'x'.repeat(1000),
];

const values: unknown[] = [
  ...[0, -1, 1.5, 7, 1e300, -1e300, Number.MAX_SAFE_INTEGER, Number.NaN, Number.POSITIVE_INFINITY],
  ...['', 'x', 'P300000Y', '-P1D', '=now()', '𝄞'.repeat(100)],
  ...[null, true, undefined, [], [[[]]], {}, { pick: {} }, [1, 'a', null]],
  ...[deep(60), deep(5_000), 'x'.repeat(5_000_000), Array.from({ length: 5_000 }, (_, i) => i)],
  ...[new Date(0), () => 1],
];

const hostile = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...values), { noNullPrototype: true }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<unknown>(null, [], 'text', 5, undefined, JSON.parse('{"__proto__": {"pick": 1}}')),
  },
) as fc.Arbitrary<Record<string, Json>>;

/** Everything that may be said to an instance, of what is there and of what is not. */
function eventsFor(state: InstanceState, variables: Record<string, Json>, n: number): EngineEvent[] {
  const keys = [...Object.keys(state.waits), '__proto__', 'constructor', '-1', '999999'];
  const key = keys[n % keys.length]!;
  const wait: Wait | undefined = Object.hasOwn(state.waits, key) ? state.waits[key] : undefined;
  const part = wait?.kind === 'job' && wait.listener ? { part: `${wait.listener.event}:${wait.listener.index}` } : {};
  const trigger = [0, 1, -1, 1.5, Number.NaN][n % 5]!;
  const at =
    wait?.kind === 'event' ? wait.triggers.find(({ type }) => type === 'message' || type === 'signal') : undefined;
  const name = at && 'name' in at ? at.name : '__proto__';
  const action = { type: 'complete', variables } as const;
  const natural = possible(state, n).map((event) =>
    event.type === 'task' ? { ...event, action } : 'variables' in event ? { ...event, variables } : event,
  );
  return [
    ...natural,
    { type: 'job-completed', key, ...part, variables },
    { type: 'job-failed', key, ...part, code: '', message: '', variables, errorCode: 'E1' },
    { type: 'job-failed', key, ...part, code: 'constructor', message: 'm' },
    { type: 'timer', key, trigger },
    { type: 'message', id: String(n), name, variables, timeToLive: ['P1D', 'P300000Y', 'x'][n % 3]! },
    { type: 'message', id: '__proto__', name, correlationKey: 'constructor', variables },
    { type: 'signal', name, variables, id: `${state.id}#x/y-z` },
    { type: 'signal', name, variables },
    { type: 'task', key, action, by: someone },
    { type: 'task', key, action: { type: 'assign', assignee: '__proto__' }, by: someone },
    { type: 'task', key, action: { type: 'unknown' } as never, by: someone },
    { type: 'task-unassignable', key, code: 'no-eligible-user', assignee: null },
    { type: 'call-completed', key, variables },
    { type: 'call-failed', key, code: 'x', message: 'y', errorCode: 'E1', brought: variables },
    { type: 'call-escalated', key, code: 'late', variables },
    { type: 'retry', key, by: someone },
    { type: 'skip', key, reason: 'r', variables, by: someone },
    { type: 'set-variables', scope: key, variables, by: someone },
    { type: 'set-variables', variables, by: someone },
    { type: 'calendar', calendar: [calendar, { ...calendar, zone: 'Nowhere/Land' }, null as never][n % 3]! },
    { type: 'start', variables },
  ];
}

/** What a state must be after anything: JSON that is written and read as it is, and can be told of. */
function told(plan: Plan, state: InstanceState, env: Env): void {
  const text = JSON.stringify(state);
  expect(JSON.stringify(JSON.parse(text))).toBe(text);
  const written = JSON.parse(JSON.stringify(encodeState(plan, state)));
  expect(JSON.stringify(decodeState(plan, written)).length).toBe(text.length);
  explain(plan, state, env);
}

test(
  'whatever happens to whatever model is done, refused or an incident',
  () => {
    fc.assert(
      fc.property(
        random ? block : smallBlock,
        fc.array(fc.tuple(hostile, fc.nat(10_000)), { minLength: 5, maxLength: 25 }),
        (root, course) => {
          const plan = modelOf(root);
          const env: Env = { now: startedAt, evaluator: createEvaluator(plan) };
          let state = createInstance(plan, {
            id: `${plan.key}/K1`,
            businessKey: 'K1',
            definition: { key: plan.key, version: 1, hash: 'h' },
            calendar,
            now: startedAt,
          });
          for (const [i, [variables, n]] of course.entries()) {
            const given: EngineEvent =
              i === 0
                ? { type: 'start', variables: n % 2 === 0 ? { pick: n } : variables }
                : eventsFor(state, variables, n)[n % eventsFor(state, variables, n).length]!;
            refuse(plan, state, given, env);
            const result = step(plan, state, given, env);
            if (result.state !== state) told(plan, result.state, env);
            state = result.state;
            const key = Object.keys(state.waits)[n % 7] ?? 'none';
            modify(plan, state, [{ type: 'cancel', key }], someone, env);
            modify(plan, state, [{ type: 'start', element: plan.key, where: 'before', variables }], someone, env);
            migrate(plan, plan, state, { definition: { ...state.definition, version: 2 }, by: someone }, env);
            if (state.status !== 'active') break;
          }
        },
      ),
      { numRuns: rounds, ...(!random && { seed: 20261129 }) },
    );
  },
  random ? 600_000 : 120_000,
);
