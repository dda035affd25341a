/** Calls through a real worker start the version they are bound to, whatever has been deployed since. */
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { compile } from '../../engine/compile/index.ts';
import { saveDefinition } from '../../store/definitions/definitions.ts';
import { findInstance } from '../../store/runtime/instances.ts';
import { extensions, flow } from '../engine/compile/builders.ts';
import { eventually, type Runtime, startRuntime } from '../support/runtime.ts';

const ends = (inside: string, n: number) =>
  `<bpmn:startEvent id="S${n}"/>${inside}<bpmn:endEvent id="E${n}"/>${flow(`f${n}`, `S${n}`, `A${n}`)}${flow(`g${n}`, `A${n}`, `E${n}`)}`;

/** A process that calls, bound as told, and the process it calls, which says which text it is. */
function file(called: string, caller?: { id: string; binding: string }): string {
  const call = caller
    ? `<bpmn:process id="${caller.id}" isExecutable="true">${ends(`<bpmn:callActivity id="A1">${extensions(`<zeebe:calledElement processId="bound" ${caller.binding}/>`)}</bpmn:callActivity>`, 1)}</bpmn:process>`
    : '';
  const script = `<bpmn:scriptTask id="A2">${extensions(`<zeebe:script expression="=&quot;${called}&quot;" resultVariable="text"/>`)}</bpmn:scriptTask>`;
  const tag = extensions(`<zeebe:versionTag value="${called}"/>`);
  return `<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t">${call}<bpmn:process id="bound" isExecutable="true">${tag}${ends(script, 2)}</bpmn:process></bpmn:definitions>`;
}

async function deploy(xml: string): Promise<void> {
  const { plans, problems } = await compile(xml);
  if (plans.length === 0) throw new Error(JSON.stringify(problems));
  for (const plan of plans)
    await saveDefinition({
      process: plan.key,
      name: plan.name,
      hash: JSON.stringify(plan),
      xmlHash: xml,
      xml,
      plan: JSON.stringify(plan),
      ...(plan.versionTag !== undefined && { versionTag: plan.versionTag }),
      messageStarts: [],
      signalStarts: [],
      warnings: [],
      deployedAt: new Date().toISOString(),
      deployedBy: 'ops',
    });
}

let runtime: Runtime;
beforeAll(async () => {
  runtime = await startRuntime({ temporalAddress: inject('temporalAddress'), mongodbUri: inject('mongodbUri') }, []);
  await deploy(file('first', { id: 'together', binding: 'bindingType="deployment"' }));
  await deploy(file('second', { id: 'newest', binding: '' }));
  await deploy(file('third', { id: 'tagged', binding: 'bindingType="versionTag" versionTag="second"' }));
  await deploy(file('fourth', { id: 'lost', binding: 'bindingType="versionTag" versionTag="never"' }));
});
afterAll(() => runtime?.close());

test.each([
  ['together', 'first'],
  ['newest', 'fourth'],
  ['tagged', 'second'],
])('a call bound as in "%s" runs the %s', async (process, text) => {
  const handle = await runtime.start(process);
  expect(await handle.result()).toMatchObject({ status: 'completed', variables: { text } });
});

test('an unknown version tag is an incident at the call', async () => {
  const handle = await runtime.start('lost');
  const [incident] = await eventually(async () => {
    const row = await findInstance(handle.workflowId);
    return row?.incidents.length ? row.incidents : null;
  });
  expect(incident).toMatchObject({ code: 'call-failed', element: 'A1' });
  await handle.executeUpdate('cancel', { args: [{ reason: 'over', by: { id: 'ops-1', role: 'ops' } }] });
});
