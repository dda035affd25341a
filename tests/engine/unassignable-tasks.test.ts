/** No task waits silently for nobody: it is an incident, and acts that would leave it to nobody are refused. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { TaskAction } from '../../engine/model/types.ts';
import { aPlan, feel, literal } from './support/plan.ts';
import { type Play, play, someone } from './support/play.ts';

const answered = (user: Parameters<typeof plan>[0], variables = {}) => play(plan(user), variables);
const plan = (user: { assignee?: ReturnType<typeof feel>; candidateGroups?: ReturnType<typeof feel> }) =>
  aPlan('request').add('userTask', 'Answer', { name: '答复', user }).build();
const incidentOf = (p: Play) => p.at('Answer').incident;

describe('a task that is assigned and has no candidates', () => {
  test('can be neither unclaimed nor returned, as it would be in no inbox', () => {
    const p = answered({ assignee: literal(someone.id) });
    p.act('Answer', { type: 'unclaim' });
    expect(p.last.refusal?.code).toBe('no-candidates');
    p.act('Answer', { type: 'return', reason: '不归我管' });
    expect(p.last.refusal?.code).toBe('no-candidates');
    p.act('Answer', { type: 'assign', assignee: 'wang' });
    expect(p.waits('task')[0]?.task.assignee).toBe('wang');
  });
});

describe('a task whose diagram names somebody by an expression', () => {
  test('is an incident when it evaluates to nobody, and continues after the variable was set', () => {
    const p = answered({ assignee: feel('requester') }, { requester: null });
    expect(incidentOf(p)?.code).toBe('assigned-to-nobody');
    p.send({ type: 'set-variables', variables: { requester: 'wang' }, by: someone });
    p.send({ type: 'retry', key: p.at('Answer').key, by: someone });
    expect(p.waits('task')[0]?.task.assignee).toBe('wang');
  });
});

describe('a task without a possible performer', () => {
  const unassignable = (p: Play, assignee: string | null) =>
    p.send({
      type: 'task-unassignable',
      key: p.at('Answer').key,
      code: assignee === null ? 'no-eligible-user' : 'unknown-assignee',
      assignee,
    });

  test('is an incident that names who was meant', () => {
    const p = answered({ assignee: literal('wnag') });
    unassignable(p, 'wnag');
    expect(incidentOf(p)).toMatchObject({ code: 'unknown-assignee' });
    expect(p.journal.at(-1)).toMatchObject({ kind: 'incident-raised', element: 'Answer' });
  });

  test('continues when it is assigned to somebody', () => {
    const p = answered({ candidateGroups: literal('hr') });
    unassignable(p, null);
    p.act('Answer', { type: 'assign', assignee: 'wang' });
    expect(incidentOf(p)).toBeUndefined();
    expect(p.journal.map((line) => line.kind)).toContain('incident-resolved');
  });

  test('has its people worked out again by a retry', () => {
    const p = answered({ assignee: feel('requester') }, { requester: 'wnag' });
    unassignable(p, 'wnag');
    p.send({ type: 'set-variables', variables: { requester: 'wang' }, by: someone });
    p.send({ type: 'retry', key: p.at('Answer').key, by: someone });
    expect(incidentOf(p)).toBeUndefined();
    expect(p.waits('task')[0]?.task).toMatchObject({ assignee: 'wang' });
  });

  test('is left alone by an answer about an assignment that has changed since', () => {
    const p = answered({ candidateGroups: literal('hr') });
    p.act('Answer', { type: 'claim' });
    unassignable(p, null);
    expect(incidentOf(p)).toBeUndefined();
  });
});

/** Whatever people do: a task has somebody who can act on it, or an incident says why not. */
test('random acts leave no open task without somebody who can act, or an incident', () => {
  const staff: Record<string, string[]> = { wang: ['hr'], li: ['hr', 'gm'], zhao: [] };
  const person = fc.constantFrom(...Object.keys(staff), 'ghost');
  const action: fc.Arbitrary<TaskAction> = fc.oneof(
    fc.constantFrom<TaskAction>({ type: 'claim' }, { type: 'unclaim' }, { type: 'return', reason: '不归我管' }),
    person.map((assignee): TaskAction => ({ type: 'assign', assignee })),
  );
  const user = fc.record({
    assignee: fc.constantFrom('', 'wang', 'ghost'),
    candidateGroups: fc.constantFrom('', 'hr', 'legal'),
    candidateUsers: fc.constantFrom('', 'zhao', 'ghost'),
    excludedUsers: fc.constantFrom('', 'wang', 'zhao'),
  });
  const some = (text: string) => (text === '' ? undefined : { feel: JSON.stringify(text) });
  fc.assert(
    fc.property(user, fc.array(fc.tuple(person, action), { maxLength: 8 }), (who, acts) => {
      const named = Object.entries(who).flatMap(([key, text]) => (some(text) ? [[key, some(text)]] : []));
      const p = play(
        aPlan('request')
          .add('userTask', 'Answer', { user: Object.fromEntries(named) })
          .build(),
        {},
      );
      /** As the runtime does after each step, knowing who is there. */
      const check = () => {
        const [wait] = p.waits('task');
        if (!wait || wait.incident) return;
        const { assignee, candidateGroups, candidateUsers, excludedUsers } = wait.task;
        const isNamed = assignee !== null || candidateGroups.length + candidateUsers.length > 0;
        const can = Object.entries(staff).some(([id, roles]) =>
          assignee === null
            ? !excludedUsers.includes(id) &&
              (candidateUsers.includes(id) || roles.some((role) => candidateGroups.includes(role)))
            : id === assignee,
        );
        const code = assignee === null ? 'no-eligible-user' : 'unknown-assignee';
        if (isNamed && !can) p.send({ type: 'task-unassignable', key: wait.key, code, assignee });
        expect(can || p.at('Answer').incident !== undefined || !isNamed).toBe(true);
        // Nobody was named in the diagram either, or it could not have come to this.
        if (!isNamed) expect(named.filter(([key]) => key !== 'excludedUsers')).toEqual([]);
      };
      check();
      for (const [id, act] of acts) {
        const [wait] = p.waits('task');
        if (!wait) return;
        p.send({ type: 'task', key: wait.key, action: act, by: { id } });
        check();
      }
    }),
    { numRuns: 300 },
  );
});
