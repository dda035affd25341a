/** Two pools of one file, of which the first calls the second: it begins when it is called, and what it throws is heard where it was called. */
import { expect, test } from 'vitest';
import { compile } from '../../engine/compile/index.ts';
import { diagramXml, flow } from '../engine/compile/builders.ts';
import { newWorld } from './world.ts';

const escalation = '<bpmn:escalationEventDefinition escalationRef="Late"/>';

const file = (ending: string): string =>
  diagramXml(
    `<bpmn:startEvent id="S"/><bpmn:callActivity id="Call" calledElement="Second"/><bpmn:userTask id="After"/><bpmn:endEvent id="E"/>
     <bpmn:boundaryEvent id="Heard" attachedToRef="Call" cancelActivity="false">${escalation}</bpmn:boundaryEvent><bpmn:userTask id="Look"/><bpmn:endEvent id="E2"/>
     ${flow('f1', 'S', 'Call')}${flow('f2', 'Call', 'After')}${flow('f3', 'After', 'E')}${flow('f4', 'Heard', 'Look')}${flow('f5', 'Look', 'E2')}`,
    `<bpmn:escalation id="Late" escalationCode="late"/>
     <bpmn:collaboration id="C"><bpmn:participant id="P1" processRef="P"/><bpmn:participant id="P2" processRef="Second"/></bpmn:collaboration>
     <bpmn:process id="Second" isExecutable="true"><bpmn:startEvent id="S2"/><bpmn:task id="Work"/><bpmn:endEvent id="End2">${ending}</bpmn:endEvent>
       ${flow('g1', 'S2', 'Work')}${flow('g2', 'Work', 'End2')}</bpmn:process>`,
  );

async function begun(ending: string) {
  const { plans, problems } = await compile(file(ending));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  const world = newWorld(plans);
  const first = plans.find(({ key }) => key === 'P')!;
  const before = world.start(first, {});
  return { before, seen: world.run(undefined) };
}

const passed = (journal: { kind: string; element?: string }[]) =>
  journal.flatMap(({ kind, element }) => (kind === 'element-activated' && element !== undefined ? [element] : []));

test('the second is there once, as called, and its caller continues when it has ended', async () => {
  const { seen } = await begun('');
  expect(seen.instances.map(({ status }) => status)).toEqual(['active', 'completed']);
  expect(passed(seen.instances[0]!.journal)).toEqual(['P', 'S', 'Call', 'After']);
});

test('an escalation at its end that is not caught there is caught at the call', async () => {
  const { seen } = await begun(escalation);
  expect(seen.instances.map(({ status }) => status)).toEqual(['active', 'completed']);
  expect(passed(seen.instances[0]!.journal)).toEqual(['P', 'S', 'Call', 'Heard', 'Look', 'After']);
  expect(seen.incidents).toEqual([]);
});
