/** Only what the diagram declares comes in, at every door, and what an instance is known by at none. */
import { describe, expect, it, test } from 'vitest';
import { namesCaught, startNames, undeclaredInSignal } from '../../engine/core/intake.ts';
import type { Plan, PlanForm, Variables } from '../../engine/model/plan.ts';
import type { Env, StepResult } from '../../engine/model/types.ts';
import { modify } from '../../engine/modify/modify.ts';
import { aPlan, feel, literal } from './support/plan.ts';
import { Play, someone } from './support/play.ts';

/** As the runtime plays it: jobs of type `work` answer `found`. */
class Guarded extends Play {
  override get env(): Env {
    const jobOutputs = (type: string) => (type === 'work' ? ['found', 'facility'] : []);
    return { ...super.env, intake: { jobOutputs, digest: (values) => JSON.stringify(values) } };
  }
}

const given: Variables = {
  businessKey: 'K1',
  facility: 'BJ',
  startedAt: 't',
  startedBy: 'ops',
  rules: { a: 1 },
  kept: 1,
};
const identity = ['businessKey', 'facility', 'startedAt', 'startedBy', 'rules'];
const note = [{ source: feel('get or else(note, null)'), target: 'note' }];
const played = (plan: Plan) => new Guarded(plan).start(given);

const oneTask = (more: object = {}) =>
  aPlan()
    .add('startEvent', 'Start')
    .add('userTask', 'Do', more)
    .add('userTask', 'Then')
    .flow('Start', 'Do', 'Then')
    .build();
const message = { events: [{ type: 'message' as const, name: literal('go') }] };
const signal = { events: [{ type: 'signal' as const, name: literal('go') }] };
const catching = (events: object, outputs = note) =>
  aPlan()
    .add('startEvent', 'Start')
    .add('intermediateCatchEvent', 'Hear', { ...events, outputs })
    .add('userTask', 'Then')
    .flow('Start', 'Hear', 'Then')
    .build();
const working = (more: object = {}) =>
  aPlan()
    .add('startEvent', 'Start')
    .add('serviceTask', 'Work', more)
    .add('userTask', 'Then')
    .flow('Start', 'Work', 'Then')
    .build();
const failing = (outputs = note) =>
  aPlan()
    .add('startEvent', 'Start')
    .add('serviceTask', 'Work')
    .boundary('Work', 'Failed', { events: [{ type: 'error' }], interrupting: true, outputs })
    .add('userTask', 'Then')
    .flow('Start', 'Work', 'Then')
    .flow('Failed', 'Then')
    .build();
const calling = (more: object = {}) =>
  aPlan()
    .add('startEvent', 'Start')
    .add('callActivity', 'Call', more)
    .add('userTask', 'Then')
    .flow('Start', 'Call', 'Then')
    .build();
const answered = (play: Play, variables: Variables) =>
  play.send({ type: 'call-completed', key: play.at('Call').key, variables });

const root = (play: Play) => play.state.waits[play.state.root]?.variables ?? {};

/** Doors that refuse in words. */
const refusing: [string, (sent: Variables) => Play][] = [
  ['a task without a form', (sent) => played(oneTask({ outputs: note })).task('Do', sent)],
  ['a task that declares nothing', (sent) => played(oneTask()).task('Do', sent)],
  ['a message', (sent) => played(catching(message)).message('go', { variables: sent })],
];

describe.each(refusing)('%s', (_door, through) => {
  it.each(['secret', 'kept', ...identity])('refuses %s by its name, and changes nothing', (name) => {
    const play = through({ [name]: 'forged' });
    expect(play.last.refusal?.details).toMatchObject([{ field: name, code: 'unknown-field' }]);
    expect(root(play)).toEqual(given);
    expect(play.waiting()).not.toContain('Then');
  });
});

/** Doors that leave out what is not declared, as there is nobody to tell. */
const filtering: [string, (sent: Variables) => Play][] = [
  [
    'a signal',
    (sent) => {
      const play = played(catching(signal));
      play.send({ type: 'signal', name: 'go', variables: sent });
      return play;
    },
  ],
  [
    'a catch event without a mapping',
    (sent) => {
      const play = played(catching(signal, []));
      play.send({ type: 'signal', name: 'go', variables: sent });
      return play;
    },
  ],
  ['the answer of a job with a mapping', (sent) => played(working({ outputs: note })).job('Work', sent)],
  ['the answer of a job by its type', (sent) => played(working()).job('Work', sent)],
  [
    'the answer of a job whose type declares nothing',
    (sent) => played(working({ job: { type: literal('odd') } })).job('Work', sent),
  ],
  ['a BPMN error of a job', (sent) => played(failing()).jobFails('Work', 'E', sent)],
  ['a BPMN error that is caught without a mapping', (sent) => played(failing([])).jobFails('Work', 'E', sent)],
  [
    'a called process with a mapping',
    (sent) => {
      const play = played(calling({ outputs: note }));
      answered(play, sent);
      return play;
    },
  ],
];

describe.each(filtering)('%s', (_door, through) => {
  it.each(['secret', 'kept', ...identity])('does not let %s in', (name) => {
    const play = through({ [name]: 'forged' });
    expect(play.waiting()).toEqual(['Then']);
    expect(root(play)).toMatchObject(given);
    expect(root(play)).not.toHaveProperty('secret');
  });
});

test('what is declared comes in, by a mapping or by the type of the job', () => {
  expect(root(played(oneTask({ outputs: note })).task('Do', { note: 'x' }))).toMatchObject({ note: 'x' });
  expect(root(played(catching(message)).message('go', { variables: { note: 'x' } }))).toMatchObject({ note: 'x' });
  expect(root(played(working()).job('Work', { found: 2 }))).toMatchObject({ found: 2 });
  expect(root(played(failing()).jobFails('Work', 'E', { note: 'x' }))).toMatchObject({ note: 'x' });
});

test('a call that takes over everything takes over all but what the caller is known by', () => {
  const play = played(calling());
  answered(play, { found: 1, ...Object.fromEntries(identity.map((name) => [name, 'forged'])) });
  expect(root(play)).toEqual({ ...given, found: 1 });
});

const form: PlanForm = {
  id: 'f',
  fields: [
    {
      key: 'decision',
      type: 'choice',
      label: 'Decision',
      required: false,
      options: [{ value: 'approve', label: 'Yes' }],
    },
    { key: 'amountCents', type: 'number', label: 'Amount', required: false },
    { key: 'words', type: 'text', label: 'Words', required: false },
    { key: 'shown', type: 'text', label: 'Shown', required: false, readonly: true },
    { key: 'hidden', type: 'text', label: 'Hidden', required: false, hiddenWhen: 'true' },
  ],
};
const withForm = (): Plan => ({ ...oneTask({ user: { formId: 'f' } }), forms: { f: form } });

describe('a task with a form', () => {
  it.each([
    ['secret', 'unknown-field'],
    ['shown', 'read-only'],
    ['hidden', 'hidden'],
    ...identity.map((name): [string, string] => [name, 'unknown-field']),
  ])('refuses %s (%s)', (name, code) => {
    const play = played(withForm()).task('Do', { [name]: 'forged' });
    expect(play.last.refusal?.details).toMatchObject([{ field: name, code }]);
  });

  it('never writes what the instance is known by, though a field is called so', () => {
    const field = { key: 'facility', type: 'text' as const, label: 'F', required: false };
    const plan = { ...withForm(), forms: { f: { id: 'f', fields: [field] } } };
    expect(root(played(plan).task('Do', { facility: 'SH' }))).toEqual(given);
  });

  it('has in the journal who wrote which names, a digest, and amounts and choices in full', () => {
    const sent = { decision: 'approve', amountCents: 5, words: 'Mr. Lin' };
    const line = played(withForm())
      .task('Do', sent)
      .journal.find(({ kind }) => kind === 'task-completed');
    expect(line).toMatchObject({
      by: someone,
      data: { names: Object.keys(sent), digest: JSON.stringify(sent), values: { decision: 'approve', amountCents: 5 } },
    });
    expect(JSON.stringify(line?.data && { ...(line.data as object), digest: '' })).not.toContain('Lin');
  });
});

describe('operators', () => {
  const outcomes = (name: string): [string, StepResult['refusal']][] => {
    const variables = { [name]: 'forged' };
    const setting = played(oneTask());
    setting.send({ type: 'set-variables', variables, by: someone });
    const skipping = played(working()).jobFails('Work');
    skipping.send({ type: 'skip', key: skipping.at('Work').key, reason: 'r', variables, by: someone });
    const moving = played(oneTask());
    const move = { type: 'start' as const, element: 'Then', where: 'before' as const, variables };
    return [
      ['set', setting.last.refusal],
      ['skip', skipping.last.refusal],
      ['move', modify(moving.plan, moving.state, [move], someone, moving.env).refusal],
    ];
  };

  it.each(identity.filter((name) => name !== 'rules'))('cannot change %s', (name) => {
    for (const [act, refusal] of outcomes(name)) expect(refusal?.code, act).toBe('identity-fixed');
  });

  it('correct other variables, and the rules', () => {
    for (const [act, refusal] of outcomes('other')) expect(refusal, act).toBeUndefined();
    expect(outcomes('rules')[0]?.[1]).toBeUndefined();
  });
});

describe('a start', () => {
  it('takes in the fields of its form and what its start event declares', () => {
    const plan = aPlan()
      .add('startEvent', 'Start', { outputs: note })
      .add('userTask', 'Do')
      .flow('Start', 'Do')
      .build();
    const profile = { candidateStarterGroups: [], leaderGroups: [], stages: [], columns: [], startForm: 'f' };
    expect([...startNames(plan)]).toEqual(['note']);
    expect([...startNames({ ...plan, profile, forms: { f: form } })]).toEqual([
      ...form.fields.map(({ key }) => key),
      'note',
    ]);
  });

  it('by a condition takes in what the condition reads, by a timer the time it was for', () => {
    const condition = { events: [{ type: 'conditional' as const, condition: feel('stock < rules.least') }] };
    const clock = {
      events: [{ type: 'timer' as const, timer: { kind: 'duration' as const, value: literal('PT1H') } }],
    };
    const plan = aPlan().add('startEvent', 'Low', condition).add('startEvent', 'Hourly', clock).build();
    expect([...startNames(plan, 'Low')]).toEqual(['stock']);
    expect([...startNames(plan, 'Hourly')]).toEqual(['scheduledAt']);
  });
});

test('what is sent on of a message or signal is what the diagram declares for it', () => {
  expect([...namesCaught(catching(message), 'message', 'go')]).toEqual(['note']);
  expect([...namesCaught(catching(message), 'message', 'other')]).toEqual([]);
  expect([...namesCaught(catching(signal), 'signal', 'go')]).toEqual(['note']);
  const play = played(catching(signal));
  expect(undeclaredInSignal(play.plan, play.state.waits, 'go', { note: 1, facility: 'SH' })).toEqual(['facility']);
  expect(undeclaredInSignal(play.plan, play.state.waits, 'other', { secret: 1 })).toEqual([]);
});
