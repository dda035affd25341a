/** A process of one task, of which a second version calls the task otherwise. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { diagramXml, flow } from '../engine/compile/builders.ts';
import { type Careloop, until } from '../support/careloop.ts';

async function deploy(careloop: Careloop, task: string): Promise<void> {
  const xml = diagramXml(
    `<bpmn:startEvent id="S"/>
     <bpmn:userTask id="${task}" name="联系患者"><bpmn:extensionElements><zeebe:userTask/><zeebe:assignmentDefinition candidateGroups="handler"/></bpmn:extensionElements></bpmn:userTask>
     <bpmn:endEvent id="E"/>${flow('f1', 'S', task)}${flow('f2', task, 'E')}`,
  ).replace('id="P" name="流程"', 'id="visit" name="回访"');
  const deployed = await careloop.as('ops', 'POST /api/definitions', { body: { xml }, key: randomUUID() });
  expect(deployed.status).toBe(201);
}

/** @returns business keys of instances that wait at the task of the first version, while there is a second one */
export async function visitsOfFirstVersion(careloop: Careloop, count: number): Promise<string[]> {
  await deploy(careloop, 'Contact');
  const keys = Array.from({ length: count }, () => `V-${randomUUID().slice(0, 8)}`);
  for (const businessKey of keys) {
    const body = { process: 'visit', facility: 'BJ', businessKey };
    await careloop.as('ops', 'POST /api/instances', { body, key: randomUUID() });
    const path = `/api/instances/${encodeURIComponent(`visit/${businessKey}`)}`;
    await until('it waits', async () => {
      const { body: shown } = await careloop.as<{ waits?: unknown[] }>('ops', `GET ${path}`);
      return (shown.waits?.length ?? 0) > 0;
    });
  }
  await deploy(careloop, 'CallPatient');
  return keys;
}

export async function versionOf(careloop: Careloop, businessKey: string): Promise<number | undefined> {
  const path = `/api/instances/${encodeURIComponent(`visit/${businessKey}`)}`;
  const { body } = await careloop.as<{ definition?: { version: number } }>('ops', `GET ${path}`);
  return body.definition?.version;
}
