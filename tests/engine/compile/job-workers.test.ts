/** Whoever does the jobs of a diagram is written into its plan; what only modelers read is not. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../../engine/compile/index.ts';
import { around, diagramXml, extensions, planOf } from './builders.ts';

const acme = { taskQueue: 'acme', startToCloseTimeout: 'PT30S' };
const others = { taskQueue: 'others' };
const task = (type: string, more = '') =>
  diagramXml(
    around(
      `<bpmn:serviceTask id="A" name="A">${extensions(`<zeebe:taskDefinition type="${type}"/>${more}`)}</bpmn:serviceTask>`,
    ),
  );
describe('workers of others', () => {
  it('are pinned in the plan by type', async () => {
    const plan = await planOf(task('acme:charge'), {
      jobTypes: ['ours'],
      workers: { 'acme:charge': acme, unused: acme },
    });
    expect(plan.workers).toEqual({ 'acme:charge': acme });
  });

  it('stand for every other type as *', async () => {
    const options = { jobTypes: ['ours'], workers: { 'acme:charge': acme, '*': others } };
    expect((await planOf(task('anything'), options)).workers).toEqual({ anything: others });
    expect((await planOf(task('acme:charge'), options)).workers).toEqual({ 'acme:charge': acme });
  });

  it('never take over what is built in, nor a type that is computed at run time', async () => {
    const options = { jobTypes: ['ours'], workers: { '*': others } };
    expect((await planOf(task('ours'), options)).workers).toBeUndefined();
    expect((await planOf(task('=kind'), options)).workers).toBeUndefined();
  });

  it('are not found among what every object inherits', async () => {
    const { problems } = await compile(task('constructor'), { jobTypes: ['ours'], workers: { a: acme } });
    expect(problems).toMatchObject([{ code: 'unknown-job-type', element: 'A' }]);
  });
});

it('notes of the modeler stay out of the plan, other properties in it', async () => {
  const properties =
    '<zeebe:properties><zeebe:property name="camundaModeler:exampleOutputJson" value="{}"/><zeebe:property name="cost" value="3"/></zeebe:properties>';
  expect((await planOf(task('x', properties))).elements['A']?.properties).toEqual({ cost: '3' });
});

it('a user task without candidates goes to the default group, with a warning', async () => {
  const xml = diagramXml(around('<bpmn:userTask id="A" name="A"/>'));
  const { plans, problems } = await compile(xml, { groupOfLastResort: 'ops' });
  expect(plans[0]?.elements['A']).toMatchObject({ user: { candidateGroups: { literal: 'ops' } } });
  expect(problems).toMatchObject([{ severity: 'warning', code: 'nobody-assigned', element: 'A' }]);
});

it('a job that would lead an ad-hoc subprocess is refused, and the hint says what to draw instead', async () => {
  const xml = diagramXml(
    around(
      `<bpmn:adHocSubProcess id="A" name="A">${extensions('<zeebe:taskDefinition type="agent"/>')}<bpmn:task id="T" name="T"/></bpmn:adHocSubProcess>`,
    ),
  );
  const { problems } = await compile(xml);
  expect(problems).toMatchObject([
    { severity: 'error', code: 'unsupported-extension', hint: expect.stringContaining('activeElementsCollection') },
  ]);
});
