/** A simulated run is carried by the engine: what it waits for is answered by hand, and time moves when it is moved. */
import { expect, test } from 'vitest';
import { compile } from '../../engine/compile/index.ts';
import { flowsOfLastStep, marksOf } from '../src/studio/simulation/marks.ts';
import {
  advanceTo,
  begin,
  happen,
  nextTimer,
  type SimulatedRun,
  type Surroundings,
} from '../src/studio/simulation/simulator.ts';

const xml = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
  xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="d" targetNamespace="https://careloop.dev/tests">
  <bpmn:process id="reminder" name="催办" isExecutable="true">
    <bpmn:startEvent id="Begin"><bpmn:outgoing>f1</bpmn:outgoing></bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="Begin" targetRef="Check" />
    <bpmn:userTask id="Check" name="核对"><bpmn:extensionElements><zeebe:userTask />
      <zeebe:assignmentDefinition candidateGroups="ops" />
      <zeebe:ioMapping><zeebe:output source="=sum" target="total" /></zeebe:ioMapping></bpmn:extensionElements>
      <bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:userTask>
    <bpmn:boundaryEvent id="Late" name="超过两天" cancelActivity="false" attachedToRef="Check"><bpmn:outgoing>f4</bpmn:outgoing>
      <bpmn:timerEventDefinition id="t"><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">P2D</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
    <bpmn:sequenceFlow id="f2" sourceRef="Check" targetRef="Price" />
    <bpmn:serviceTask id="Price" name="定价"><bpmn:extensionElements><zeebe:taskDefinition type="price" />
      <zeebe:ioMapping><zeebe:input source="=total" target="total" /></zeebe:ioMapping></bpmn:extensionElements>
      <bpmn:incoming>f2</bpmn:incoming><bpmn:outgoing>f3</bpmn:outgoing></bpmn:serviceTask>
    <bpmn:sequenceFlow id="f3" sourceRef="Price" targetRef="End" />
    <bpmn:endEvent id="End"><bpmn:incoming>f3</bpmn:incoming></bpmn:endEvent>
    <bpmn:sequenceFlow id="f4" sourceRef="Late" targetRef="Reminded" />
    <bpmn:endEvent id="Reminded" name="已催"><bpmn:incoming>f4</bpmn:incoming></bpmn:endEvent>
  </bpmn:process>
</bpmn:definitions>`;

const { plans } = await compile(xml, { roles: ['ops'] });
const surroundings: Surroundings = {
  plan: plans[0]!,
  facility: 'BJ',
  calendar: { id: 'cn', version: 1, zone: 'UTC', years: {}, off: {}, worked: {} },
  rules: {},
  jobOutputs: (type) => (type === 'price' ? ['cents'] : []),
};
const start = () => begin(surroundings, { now: '2026-03-02T01:00:00.000Z', variables: {} });
const keyOf = (run: SimulatedRun, element: string) =>
  Object.values(run.state.waits).find((wait) => wait.element === element && wait.kind !== 'event')!.key;

test('time goes on to the next timer, which fires', () => {
  const run = start();
  expect(nextTimer(run)?.dueAt).toBe('2026-03-04T01:00:00.000Z');
  const later = advanceTo(surroundings, run, nextTimer(run)!.dueAt);
  expect(later.now).toBe('2026-03-04T01:00:00.000Z');
  expect(flowsOfLastStep(later)).toEqual(['f4']);
  expect(marksOf(later).active).toContain('Check');
});

test('a task and a job are done by hand, with what the diagram takes in of them, until the run ends', () => {
  const run = start();
  const completed = happen(surroundings, run, {
    type: 'task',
    key: keyOf(run, 'Check'),
    action: { type: 'complete', variables: { sum: 21 } },
    by: { id: 'somebody', role: 'ops' },
  });
  expect(completed.variables).toMatchObject({ total: 21 });
  expect(completed.jobs).toMatchObject([{ type: 'price', input: { total: 21 } }]);
  expect(completed.timers).toEqual([]);
  expect(marksOf(completed)).toMatchObject({ active: ['Price'], done: expect.arrayContaining(['f1', 'Check', 'f2']) });
  const ended = happen(surroundings, completed, {
    type: 'job-completed',
    key: keyOf(completed, 'Price'),
    variables: { cents: 2100, secret: true },
  });
  expect(ended.state.status).toBe('completed');
  expect(ended.variables).toMatchObject({ total: 21, cents: 2100 });
  expect(ended.variables).not.toHaveProperty('secret');
  // The runs before stay as they were, to go back to.
  expect(run.state.status).toBe('active');
});

test('an act that is refused changes nothing and says why', () => {
  const run = start();
  const refused = happen(surroundings, run, {
    type: 'task',
    key: keyOf(run, 'Check'),
    action: { type: 'complete', variables: { sum: 21, paidOut: true } },
    by: { id: 'somebody' },
  });
  expect(refused.refusal).toMatchObject({ code: expect.any(String), message: { zh: expect.any(String) } });
  expect(refused.state).toEqual(run.state);
});
