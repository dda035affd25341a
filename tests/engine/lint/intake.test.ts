/** What an element takes in stands in the diagram, and nothing of it writes what an instance is known by. */
import { describe, expect, it, test } from 'vitest';
import { extensions } from '../compile/builders.ts';
import { end, flows, found, node, only, problemsIn, start, task, when } from './builders.ts';

const output = (source: string, target: string) =>
  extensions(`<zeebe:ioMapping><zeebe:output source="=${source}" target="${target}"/></zeebe:ioMapping>`);
const message = '<bpmn:messageEventDefinition messageRef="M"/>';
const roots = `<bpmn:message id="M" name="m">${extensions('<zeebe:subscription correlationKey="=businessKey"/>')}</bpmn:message>`;

const choosing = (first: string, begun = start) =>
  `${begun}${first}${node('exclusiveGateway', 'X', '', 'default="X_B"')}${node('manualTask', 'B')}${node('manualTask', 'C')}${end}
   ${flows('S>A A>X X>B B>E C>E')}${when('X_C', 'X', 'C', '=fit')}`;

describe('undeclared-intake', () => {
  it.each([
    ['a user task', task('A')],
    ['a receive task', node('receiveTask', 'A', '', 'messageRef="M"')],
    ['a message event', node('intermediateCatchEvent', 'A', message)],
  ])('refuses %s that declares nothing, where what follows reads what only it could bring', async (_, first) => {
    const problem = await only('undeclared-intake', choosing(first), { roots });
    expect(problem).toMatchObject({ element: 'A', severity: 'error', hint: expect.stringContaining('"=fit"') });
  });

  it.each([
    ['it declares it', task('A').replace('></bpmn', `>${output('fit', 'fit')}</bpmn`), start],
    ['the start event declares it', task('A'), node('startEvent', 'S', output('fit', 'fit'))],
    [
      'a job before it may bring it',
      task('A'),
      start + node('serviceTask', 'J', extensions('<zeebe:taskDefinition type="w"/>')),
    ],
  ])('says nothing where %s', async (_, first, begun) => {
    expect(await found('undeclared-intake', choosing(first, begun), { roots })).toEqual([]);
  });

  it('leaves a task alone that only waits for somebody', async () => {
    const problems = await problemsIn(`${start}${task('A')}${end}${flows('S>A A>E')}`);
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});

test.each(['businessKey', 'facility', 'startedAt', 'startedBy', 'rules'])(
  'identity-written refuses a diagram that writes %s',
  async (name) => {
    const mapped = node('manualTask', 'A', output('1', name));
    const script = node('scriptTask', 'A', extensions(`<zeebe:script expression="=1" resultVariable="${name}"/>`));
    for (const element of [mapped, script]) {
      const problem = await only('identity-written', `${start}${element}${end}${flows('S>A A>E')}`);
      expect(problem).toMatchObject({ element: 'A', severity: 'error' });
    }
  },
);
