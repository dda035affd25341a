/** Which version of a process, decision or form is meant is kept, or refused when it cannot be found. */
import { expect, it } from 'vitest';
import { compile } from '../../../engine/compile/index.ts';
import { around, diagramXml, elementOf, errorsOf, extensions, flow, planOf, userTask } from './builders.ts';

const call = (attributes: string, more = ''): string =>
  diagramXml(
    around(`<bpmn:callActivity id="A">${extensions(`<zeebe:calledElement ${attributes}/>`)}</bpmn:callActivity>`),
    more,
  );
const other = `<bpmn:process id="Other" isExecutable="true"><bpmn:startEvent id="S2"/><bpmn:endEvent id="E2"/>${flow('g1', 'S2', 'E2')}</bpmn:process>`;

it('a call keeps how it is bound', async () => {
  const bound = async (xml: string) => elementOf(await planOf(xml), 'A', 'callActivity').binding;
  expect(await bound(call('processId="Other"'))).toBe('latest');
  expect(await bound(call('processId="P" bindingType="deployment"'))).toBe('deployment');
  expect(await bound(call('processId="Other" bindingType="versionTag" versionTag="v1"'))).toBe('versionTag:v1');
});

it('a call bound to its deployment finds a process of the same file', async () => {
  const xml = call('processId="Other" bindingType="deployment"', other);
  const { plans } = await compile(xml);
  expect(plans.map(({ key }) => key).sort()).toEqual(['Other', 'P']);
  expect(await errorsOf(call('processId="Other" bindingType="deployment"'))).toEqual(['unresolved-binding A']);
});

it('a binding without its tag, or of no known kind, is refused', async () => {
  expect(await errorsOf(call('processId="Other" bindingType="versionTag"'))).toEqual(['bad-binding A']);
  expect(await errorsOf(call('processId="Other" bindingType="newest"'))).toEqual(['bad-binding A']);
});

it('the business id of a call is the business key of the called instance', async () => {
  const plan = await planOf(call('processId="Other" businessId="=order.number"'));
  expect(elementOf(plan, 'A', 'callActivity').businessKey).toEqual({ feel: 'order.number' });
});

it('a version tag of the process is kept in its plan', async () => {
  const tag = extensions('<zeebe:versionTag value="2026-11"/>');
  expect((await planOf(diagramXml(`${tag}${around('<bpmn:task id="A"/>')}`))).versionTag).toBe('2026-11');
});

it('a form bound to a version tag must be deployed with that tag', async () => {
  const form = '<zeebe:formDefinition formId="F" bindingType="versionTag" versionTag="v2"/>';
  const xml = diagramXml(around(userTask(extensions(form))));
  const schema = { type: 'default', id: 'F', components: [] };
  expect(await errorsOf(xml, { forms: { F: { ...schema, versionTag: 'v2' } } })).toEqual([]);
  expect(await errorsOf(xml, { forms: { F: schema } })).toEqual(['unresolved-binding A']);
});
