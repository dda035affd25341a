/** Instances of a drawn process that stop because a variable is missing. */
import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { diagramXml, flow } from '../engine/compile/builders.ts';
import { type Careloop, until } from '../support/careloop.ts';

/** Deploys the process anew; the element that stops is named as said. */
export function deployPricing(careloop: Careloop, element = 'A'): Promise<void> {
  const diagram = diagramXml(
    `<bpmn:startEvent id="S"/>
     <bpmn:scriptTask id="${element}" name="计算总额"><bpmn:extensionElements><zeebe:script expression="=price * 2" resultVariable="total"/></bpmn:extensionElements></bpmn:scriptTask>
     <bpmn:endEvent id="E"/>${flow('f1', 'S', element)}${flow('f2', element, 'E')}`,
  ).replace('id="P" name="流程"', 'id="pricing" name="计价"');
  return deploy(careloop, diagram);
}

/** A process that calls the other one, whose instance stops. */
export function deployQuote(careloop: Careloop): Promise<void> {
  const diagram = diagramXml(
    `<bpmn:startEvent id="S"/>
     <bpmn:callActivity id="C" name="计价"><bpmn:extensionElements><zeebe:calledElement processId="pricing"/></bpmn:extensionElements></bpmn:callActivity>
     <bpmn:endEvent id="E"/>${flow('f1', 'S', 'C')}${flow('f2', 'C', 'E')}`,
  ).replace('id="P" name="流程"', 'id="quote" name="报价"');
  return deploy(careloop, diagram);
}

async function deploy(careloop: Careloop, xml: string): Promise<void> {
  const deployed = await careloop.as('ops', 'POST /api/definitions', { body: { xml }, key: randomUUID() });
  expect([200, 201]).toContain(deployed.status);
}

const path = (businessKey: string) => `/api/instances/${encodeURIComponent(`pricing/${businessKey}`)}`;

/** @returns business key of an instance that has stopped */
export async function stuckInstance(careloop: Careloop): Promise<string> {
  const businessKey = `P-${randomUUID().slice(0, 8)}`;
  const body = { process: 'pricing', facility: 'BJ', businessKey };
  await careloop.as('ops', 'POST /api/instances', { body, key: randomUUID() });
  await until('it has stopped', async () => {
    const { body: shown } = await careloop.as<{ incidents?: unknown[] }>('ops', `GET ${path(businessKey)}`);
    return (shown.incidents?.length ?? 0) > 0;
  });
  return businessKey;
}

/** It has what it lacked: a retry lets it go on. */
export async function setPrice(careloop: Careloop, businessKey: string): Promise<void> {
  const set = await careloop.as('ops', `POST ${path(businessKey)}/variables`, {
    body: { variables: { price: 21 } },
    key: randomUUID(),
  });
  expect(set.status).toBe(200);
}
