/** Files as people's modelers write them: leftovers of other kinds of tasks, embedded forms, timers with zones. */
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../engine/model/plan.ts';
import { around, diagramXml, elementOf, errorsOf, extensions, planOf, problemsOf, userTask } from './builders.ts';

const warningsOf = async (xml: string): Promise<Problem[]> =>
  (await problemsOf(xml)).filter(({ severity }) => severity === 'warning');

describe('what another kind of element has left behind', () => {
  it('a job type at a user task is reported and ignored: people do it', async () => {
    const xml = diagramXml(around(userTask(extensions('<zeebe:taskDefinition type="humanTask"/><zeebe:userTask/>'))));
    expect((await planOf(xml)).elements['A']?.kind).toBe('userTask');
    expect(await warningsOf(xml)).toMatchObject([{ code: 'ignored-extension', element: 'A' }]);
  });

  it.each([
    ['zeebe:assignmentDefinition', '<zeebe:assignmentDefinition assignee="kim"/>'],
    ['zeebe:formDefinition', '<zeebe:formDefinition formId="f"/>'],
    ['zeebe:userTask', '<zeebe:userTask/>'],
    ['zeebe:taskSchedule', '<zeebe:taskSchedule dueDate="2026-12-01"/>'],
    ['zeebe:priorityDefinition', '<zeebe:priorityDefinition priority="7"/>'],
  ])('%s at a service task is reported and ignored', async (_, inside) => {
    const job = '<zeebe:taskDefinition type="x"/>';
    const xml = diagramXml(around(`<bpmn:serviceTask id="A">${extensions(job + inside)}</bpmn:serviceTask>`));
    expect(await errorsOf(xml)).toEqual([]);
    expect(await warningsOf(xml)).toMatchObject([{ code: 'ignored-extension', element: 'A' }]);
  });

  it.each([
    ['<bpmn:task id="A">', '</bpmn:task>', '<zeebe:taskDefinition type="x"/>', 'a service, send, script'],
    ['<bpmn:userTask id="A">', '</bpmn:userTask>', '<zeebe:calledElement processId="p"/>', 'a call activity'],
    ['<bpmn:userTask id="A">', '</bpmn:userTask>', '<zeebe:script expression="=1"/>', 'a script task'],
    ['<bpmn:task id="A">', '</bpmn:task>', '<zeebe:calledDecision decisionId="d"/>', 'a business rule task'],
  ])('what would have run is refused, and told where it belongs: %s %s %s', async (open, close, inside, place) => {
    const [problem, ...more] = await problemsOf(diagramXml(around(`${open}${extensions(inside)}${close}`)));
    expect(problem).toMatchObject({ severity: 'error', code: 'unsupported-extension', element: 'A' });
    expect(problem?.message).toContain(`belongs to ${place}`);
    expect(more).toEqual([]);
  });

  it.each([
    ['scriptTask', '<zeebe:script expression="=1" resultVariable="r"/>'],
    ['businessRuleTask', '<zeebe:calledDecision decisionId="=d" resultVariable="r"/>'],
  ])('two ways to do the work of a %s are refused', async (type, inside) => {
    const both = extensions(`<zeebe:taskDefinition type="x"/>${inside}`);
    expect(await errorsOf(diagramXml(around(`<bpmn:${type} id="A">${both}</bpmn:${type}>`)))).toContain(
      'two-implementations A',
    );
  });
});

describe('embedded forms', () => {
  const form = (id: string, key: string) =>
    `<zeebe:userTaskForm id="${id}">{"components":[{"type":"textfield","key":"${key}"}],"type":"default"}</zeebe:userTaskForm>`;
  const asking = (id: string) => extensions(`<zeebe:formDefinition formKey="camunda-forms:bpmn:${id}"/>`);

  it('each task may have its own', async () => {
    const forms = extensions(form('F1', 'a') + form('F2', 'b') + form('F3', 'c'));
    const plan = await planOf(
      diagramXml(
        forms + around(userTask(asking('F2'))).replace('id="S"/>', `id="S">${asking('F1')}</bpmn:startEvent>`),
      ),
    );
    expect(elementOf(plan, 'A', 'userTask').user.formId).toBe('F2');
    expect(plan.profile?.startForm).toBe('F1');
    expect(Object.values(plan.forms).map(({ fields }) => fields.map(({ key }) => key))).toEqual([['b'], ['a']]);
  });

  it('two of one id, and one that is not there, are refused', async () => {
    const twice = extensions(form('F1', 'a') + form('F1', 'b'));
    expect(await errorsOf(diagramXml(twice + around(userTask(asking('F1')))))).toEqual(['duplicate-id P']);
    expect(await errorsOf(diagramXml(around(userTask(asking('F9')))))).toEqual(['unknown-form A']);
  });

  it('the form key of another application is reported and ignored', async () => {
    const xml = diagramXml(around(userTask(extensions('<zeebe:formDefinition formKey="embedded:app:forms/x.html"/>'))));
    expect(elementOf(await planOf(xml), 'A', 'userTask').user.formId).toBeUndefined();
    expect(await warningsOf(xml)).toMatchObject([{ code: 'ignored-extension', element: 'A' }]);
  });
});

describe('a priority', () => {
  const prioritised = (priority: string) =>
    diagramXml(around(userTask(extensions(`<zeebe:priorityDefinition priority="${priority}"/>`))));

  it.each(['-1', '101', '2.5', 'high', 'NaN'])('%s is refused: whole numbers from 0 to 100', async (priority) => {
    expect(await errorsOf(prioritised(priority))).toEqual(['bad-priority A']);
  });

  it.each(['0', '100', '=p'])('%s is taken', async (priority) => {
    expect(await errorsOf(prioritised(priority))).toEqual([]);
  });
});

describe('inside an ad-hoc subprocess', () => {
  it.each([
    ['a throw event', '<bpmn:intermediateThrowEvent id="T"/>'],
    [
      'a catching event',
      '<bpmn:intermediateCatchEvent id="T"><bpmn:signalEventDefinition signalRef="Sig"/></bpmn:intermediateCatchEvent>',
    ],
  ])('%s may be the last, as end events are not allowed there', async (_, last) => {
    const inside = `<bpmn:task id="J"/>${last}<bpmn:sequenceFlow id="g" sourceRef="J" targetRef="T"/>`;
    const adHoc = `<bpmn:adHocSubProcess id="A">${inside}</bpmn:adHocSubProcess>`;
    expect(await errorsOf(diagramXml(around(adHoc), '<bpmn:signal id="Sig" name="s"/>'))).toEqual([]);
  });
});

describe('timers', () => {
  const timed = (kind: string, text: string) =>
    diagramXml(
      `${around(userTask())}<bpmn:boundaryEvent id="B" attachedToRef="A" cancelActivity="false"><bpmn:timerEventDefinition><bpmn:${kind} xsi:type="bpmn:tFormalExpression">${text}</bpmn:${kind}></bpmn:timerEventDefinition></bpmn:boundaryEvent><bpmn:endEvent id="E2"/><bpmn:sequenceFlow id="f3" sourceRef="B" targetRef="E2"/>`,
    );

  it.each([
    ['timeCycle', 'R/2022-01-01T10:00:00+02:00[Europe/Berlin]/P1D'],
    ['timeCycle', '=cycle(3, duration("PT1H"))'],
    ['timeCycle', '=cycle(duration("PT1H"))'],
    ['timeDate', '2022-06-01T10:00:00+08:00[Asia/Shanghai]'],
  ])('%s %s is taken', async (kind, text) => {
    expect(await errorsOf(timed(kind, text))).toEqual([]);
  });

  it.each([
    ['timeCycle', 'PT1H', /does not say how often/],
    ['timeCycle', 'R/2022-01-01T10:00:00[Europe/Bärlin]/P1D', /Bärlin/],
    ['timeCycle', 'R/2022-01-01T10:00:00[Europe/Nowhere]/P1D', /"Europe\/Nowhere" is not a time zone/],
    ['timeCycle', 'R/PT0S', /longer than nothing/],
    ['timeDuration', 'P300000Y', /years 1 to 9999/],
    ['timeDuration', '-P300000Y', /years 1 to 9999/],
    ['timeDuration', 'P8000Y', /years 1 to 9999/],
    ['timeDuration', '$' + '{wait}', /FEEL writes "=wait"/],
  ])('%s %s is refused once, with the reason', async (kind, text, reason) => {
    const problems = (await problemsOf(timed(kind, text))).filter(({ severity }) => severity === 'error');
    expect(problems).toMatchObject([{ code: 'bad-timer', element: 'B' }]);
    expect(problems[0]?.message).toMatch(reason);
  });
});
