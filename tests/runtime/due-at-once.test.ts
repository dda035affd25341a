/** What is due at once is done a share per workflow task: one that computes for too long would end the worker with all it runs. */
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { turnsPerTask } from '../../workflows/runtime/pace.ts';
import { diagramXml, extensions, flow } from '../engine/compile/builders.ts';
import { type Runtime, replayOptions, startRuntime } from '../support/runtime.ts';

let runtime: Runtime;
beforeAll(async () => {
  runtime = await startRuntime({ temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') }, []);
});
afterAll(() => runtime?.close());

const due = 110;

const timer = (kind: string, value: string): string =>
  `<bpmn:timerEventDefinition id="T"><bpmn:${kind} xsi:type="bpmn:tFormalExpression">${value}</bpmn:${kind}></bpmn:timerEventDefinition>`;

const counted = `
  <bpmn:startEvent id="S" />
  <bpmn:exclusiveGateway id="Again" />
  <bpmn:scriptTask id="Count">${extensions('<zeebe:script expression="=get or else(n, 0) + 1" resultVariable="n" />')}</bpmn:scriptTask>
  <bpmn:intermediateCatchEvent id="Wait">TIMER</bpmn:intermediateCatchEvent>
  <bpmn:exclusiveGateway id="Enough" default="F4" />
  <bpmn:endEvent id="E" />
  ${flow('F0', 'S', 'Again')}${flow('F1', 'Again', 'Count')}${flow('F2', 'Count', 'Wait')}${flow('F3', 'Wait', 'Enough')}${flow('F4', 'Enough', 'Again')}
  <bpmn:sequenceFlow id="F5" sourceRef="Enough" targetRef="E"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=n &gt;= ${due}</bpmn:conditionExpression></bpmn:sequenceFlow>`;

const repeated = `
  <bpmn:startEvent id="S" />
  <bpmn:subProcess id="Each">
    <bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">${due}</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>
    <bpmn:startEvent id="S1" /><bpmn:intermediateCatchEvent id="Wait">TIMER</bpmn:intermediateCatchEvent><bpmn:endEvent id="E1" />
    ${flow('F1', 'S1', 'Wait')}${flow('F2', 'Wait', 'E1')}
  </bpmn:subProcess>
  <bpmn:endEvent id="E" />
  ${flow('F0', 'S', 'Each')}${flow('F3', 'Each', 'E')}`;

test.each([
  ['a loop that waits for nothing', 'loop-of-nothing', counted, timer('timeDuration', 'PT0S')],
  ['a loop that waits for what is past', 'loop-of-past', counted, timer('timeDate', '2020-01-01T00:00:00Z')],
  ['many waits that are over at once', 'many-of-nothing', repeated, timer('timeDuration', '-PT1S')],
])('%s continues in the next workflow task, and replays', async (_, id, body, past) => {
  await runtime.deploy(diagramXml(body.replace('TIMER', past)).replace('id="P"', `id="${id}"`));
  const handle = await runtime.start(id);
  expect(await handle.result()).toMatchObject({ status: 'completed' });
  const history = await handle.fetchHistory();
  const slept = history.events?.filter((event) => event.timerFiredEventAttributes) ?? [];
  expect(slept.length).toBeGreaterThanOrEqual(Math.floor(due / turnsPerTask));
  expect(slept.length).toBeLessThan(due);
  await Worker.runReplayHistory(await replayOptions(), history, handle.workflowId);
});
