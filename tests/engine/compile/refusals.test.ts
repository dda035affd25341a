/** What is refused, and what is only said. */
import { describe, expect, it } from 'vitest';
import { compile } from '../../../engine/compile/index.ts';
import { around, diagramXml, errorsOf, extensions, flow, problemsOf, userTask } from './builders.ts';

const service = (inside: string): string => `<bpmn:serviceTask id="A">${extensions(inside)}</bpmn:serviceTask>`;

describe('a file that cannot be read', () => {
  it.each([
    ['nothing at all', ''],
    ['plain words', 'not a diagram'],
    ['another root', '<a/>'],
    ['a tag that is not closed', diagramXml('').slice(0, -30)],
    ['bytes that are no text', new Uint8Array([0xff, 0xfe, 0x00])],
    ['an encoding that nobody knows', new TextEncoder().encode('<?xml version="1.0" encoding="X-NONE"?><a/>')],
  ])('is refused with a sentence: %s', async (_, file) => {
    const { plans, problems } = await compile(file);
    expect(plans).toEqual([]);
    expect(problems[0]).toMatchObject({ severity: 'error', code: 'unparsable' });
    expect(problems[0]?.message).toMatch(/\w+ .*\./);
  });

  it('is not one in another encoding: the declaration says which', async () => {
    const xml = diagramXml(around('<bpmn:task id="A" name="Prüfung"/>')).replace('UTF-8', 'ISO-8859-1');
    const latin = Uint8Array.from(xml, (sign) => (sign.charCodeAt(0) < 256 ? sign.charCodeAt(0) : 0x3f));
    expect((await compile(latin)).plans[0]?.elements['A']?.name).toBe('Prüfung');
    const utf16 = new Uint8Array([
      0xff,
      0xfe,
      ...[...xml].flatMap((sign) => [sign.charCodeAt(0) & 255, sign.charCodeAt(0) >> 8]),
    ]);
    expect((await compile(utf16)).plans[0]?.elements['A']?.name).toBe('Prüfung');
  });
});

describe('the time to live of a message that is thrown', () => {
  const thrower = (timeToLive: string): string =>
    diagramXml(
      `${around(
        `<bpmn:intermediateThrowEvent id="A">${extensions(
          `<zeebe:properties><zeebe:property name="timeToLive" value="${timeToLive}"/></zeebe:properties>`,
        )}<bpmn:messageEventDefinition messageRef="M"/></bpmn:intermediateThrowEvent>`,
      )}`,
    ).replace('<bpmn:process', '<bpmn:message id="M" name="asked"/><bpmn:process');

  it('is a duration above nothing', async () => {
    expect(await errorsOf(thrower('P7D'))).toEqual([]);
    for (const wrong of ['a week', 'PT0S', '-PT1H'])
      expect(await errorsOf(thrower(wrong))).toEqual(['bad-time-to-live A']);
  });
});

describe('references', () => {
  it('to nothing, or to the wrong kind of thing, refuse the file', async () => {
    const to = (host: string) => `${around(userTask())}<bpmn:boundaryEvent id="B" attachedToRef="${host}">
      <bpmn:timerEventDefinition><bpmn:timeDuration>PT1H</bpmn:timeDuration></bpmn:timerEventDefinition></bpmn:boundaryEvent>
      <bpmn:endEvent id="E2"/>${flow('f3', 'B', 'E2')}`;
    expect(await errorsOf(diagramXml(to('Gone')))).toContain('unresolved-reference B');
    expect(await errorsOf(diagramXml(to('E')))).toEqual(['wrong-reference B']);
    expect(await errorsOf(diagramXml(to('A')))).toEqual([]);
  });

  it('to the same id twice refuse it too', async () => {
    expect((await errorsOf(diagramXml(`${around(userTask())}<bpmn:task id="A"/>`))).join()).toContain('duplicate-id');
  });

  it('of a shape to nothing only warn', async () => {
    const shape = `<bpmndi:BPMNDiagram xmlns:bpmndi="http://www.omg.org/spec/BPMN/20100524/DI"><bpmndi:BPMNPlane bpmnElement="P">
      <bpmndi:BPMNShape id="x" bpmnElement="Gone"/></bpmndi:BPMNPlane></bpmndi:BPMNDiagram></bpmn:definitions>`;
    const problems = await problemsOf(diagramXml(around(userTask())).replace('</bpmn:definitions>', shape));
    expect(problems.map(({ severity, code }) => `${severity} ${code}`)).toEqual(['warning unresolved-reference']);
  });
});

describe('expressions', () => {
  it('that do not parse are refused with element and place', async () => {
    const [problem] = await problemsOf(
      diagramXml(around(userTask(extensions('<zeebe:assignmentDefinition assignee="=a + [b"/>')))),
    );
    expect(problem).toMatchObject({
      severity: 'error',
      code: 'bad-expression',
      element: 'A',
      elementName: '任务',
      position: { line: 1, column: 7 },
    });
  });

  it('quote the beginning of a long one', async () => {
    const [problem] = await problemsOf(
      diagramXml(around(userTask(extensions(`<zeebe:taskSchedule dueDate="=${'1+'.repeat(9000)}1"/>`)))),
    );
    expect(problem?.message).toMatch(/"1\+1\+[1+]*…" cannot be evaluated: It cannot be read from/);
    expect(problem?.message.length).toBeLessThan(400);
  });

  it.each([
    [
      'of a condition',
      `${around('<bpmn:task id="A"/>').replace('targetRef="E">', 'targetRef="E"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">a &gt;</bpmn:conditionExpression>')}${flow('f3', 'A', 'E')}`,
      'bad-expression f2',
    ],
    [
      'of a mapping',
      around(
        service(
          '<zeebe:taskDefinition type="x"/><zeebe:ioMapping><zeebe:input source="=1 +" target="a"/></zeebe:ioMapping>',
        ),
      ),
      'bad-expression A',
    ],
    [
      'with a function nobody has',
      around(userTask(extensions('<zeebe:taskSchedule dueDate="=next friday()"/>'))),
      'unknown-function A',
    ],
  ])('%s', async (_, process, error) => {
    expect(await errorsOf(diagramXml(process))).toEqual([error]);
  });
});

describe('what would do nothing', () => {
  it.each([
    ['an unknown extension of Zeebe', '<zeebe:teleport to="moon"/>', 'unsupported-extension'],
    ['an unknown extension of ours', '<careloop:magic/>', 'unsupported-extension'],
    [
      'an execution listener for an event that never comes here',
      '<zeebe:executionListeners><zeebe:executionListener eventType="cancel" type="x"/></zeebe:executionListeners>',
      'listener-never-heard A',
    ],
    [
      'a task listener for no event of a task',
      '<zeebe:taskListeners><zeebe:taskListener eventType="dreaming" type="x"/></zeebe:taskListeners>',
      'bad-listener A',
    ],
    ['a version tag that is not the process’s', '<zeebe:versionTag value="1"/>', 'unsupported-extension A'],
    ['an extension of another engine', '<camunda:taskListener event="create"/>', 'foreign-extension A'],
    [
      'an extension that stands twice',
      '<zeebe:taskSchedule dueDate="2026-01-01"/><zeebe:taskSchedule dueDate="2026-01-02"/>',
      'duplicate-extension A',
    ],
  ])('is refused: %s', async (_, inside, error) => {
    expect(await errorsOf(diagramXml(around(userTask(extensions(inside)))))).toEqual([error]);
  });

  it('is refused as an attribute of another engine as well', async () => {
    expect(await errorsOf(diagramXml(around(userTask('', 'camunda:assignee="a"'))))).toEqual(['foreign-extension A']);
    expect(await errorsOf(diagramXml(around(userTask('', 'assigne="a"'))))).toEqual(['unknown-attribute A']);
  });

  it('is only said when it changes nothing, once per file', async () => {
    const style = extensions('<vendor:style colour="red"/>');
    const problems = await problemsOf(
      diagramXml(`${around(`<bpmn:task id="A">${style}</bpmn:task>`)}<bpmn:task id="Z">${style}</bpmn:task>`),
    );
    expect(problems.filter((problem) => problem.code === 'foreign-extension')).toMatchObject([{ severity: 'warning' }]);
  });

  it('is refused when a task has no implementation', async () => {
    expect(await errorsOf(diagramXml(around('<bpmn:serviceTask id="A"/>')))).toEqual(['no-job-type A']);
    expect(await errorsOf(diagramXml(around('<bpmn:callActivity id="A"/>')))).toEqual(['no-called-process A']);
    expect(await errorsOf(diagramXml(around('<bpmn:scriptTask id="A"/>')))).toEqual(['no-script A']);
    expect(await errorsOf(diagramXml(around('<bpmn:receiveTask id="A"/>')))).toEqual(['no-message A']);
    const python =
      '<bpmn:scriptTask id="A" scriptFormat="text/x-python"><bpmn:script>print(1)</bpmn:script></bpmn:scriptTask>';
    expect(await errorsOf(diagramXml(around(python)))).toEqual(['unsupported-script A']);
  });
});

describe('what the engine does not execute', () => {
  it('is refused when it is in none of our tables', async () => {
    const choreography = '<bpmn:choreographyTask id="A" name="约定" initiatingParticipantRef="Q"/>';
    const problems = await problemsOf(
      diagramXml(around(choreography), '<bpmn:collaboration id="C"><bpmn:participant id="Q"/></bpmn:collaboration>'),
    );
    expect(problems.find((problem) => problem.code === 'unsupported-element')).toMatchObject({
      severity: 'error',
      element: 'A',
      elementName: '约定',
    });
  });
});

describe('job types', () => {
  it('must be known when the known ones are given, and the hint names them', async () => {
    const xml = diagramXml(around(service('<zeebe:taskDefinition type="sendMesage"/>')));
    const [problem] = await problemsOf(xml, { jobTypes: ['sendMessage', 'allocate'] });
    expect(problem).toMatchObject({
      code: 'unknown-job-type',
      element: 'A',
      hint: 'Say which task queue does it (PUT /api/job-types/sendMesage), or use one of: allocate, sendMessage.',
    });
    expect(await errorsOf(xml)).toEqual([]);
  });

  it('that are computed at run time cannot be checked', async () => {
    const xml = diagramXml(around(service('<zeebe:taskDefinition type="=kind"/>')));
    expect(await errorsOf(xml, { jobTypes: ['sendMessage'] })).toEqual([]);
  });
});

describe('forms', () => {
  const xml = diagramXml(around(userTask(extensions('<zeebe:formDefinition formId="contact"/>'))));

  it('must be there when forms are given', async () => {
    expect(await errorsOf(xml, { forms: { plan: { components: [] } } })).toEqual(['unknown-form A']);
    expect(await errorsOf(xml)).toEqual([]);
  });

  it('must be forms, with expressions that parse', async () => {
    expect(await errorsOf(xml, { forms: { contact: 'none' } })).toEqual(['bad-form A']);
    const hidden = { components: [{ type: 'textfield', key: 'a', conditional: { hide: '=1 +' } }] };
    expect(await errorsOf(xml, { forms: { contact: hidden } })).toEqual(['bad-expression A']);
  });
});

describe('processes', () => {
  it('must be executable', async () => {
    const xml = diagramXml(around(userTask())).replace('isExecutable="true"', 'isExecutable="false"');
    expect(await errorsOf(xml)).toEqual(['no-executable-process P']);
  });
});

describe('ids and names', () => {
  it('that every object has are refused: a plan is a plain object', async () => {
    const xml = diagramXml(around(userTask())).replaceAll('"A"', '"__proto__"');
    expect(await errorsOf(xml)).toContain('bad-id __proto__');
    for (const id of ['__proto__', 'constructor'])
      expect(await errorsOf(diagramXml(around(userTask())).replaceAll('"P"', `"${id}"`))).toContain(`bad-id ${id}`);
    const mapping = service(
      '<zeebe:taskDefinition type="x"/><zeebe:ioMapping><zeebe:output source="=1" target="__proto__.a"/></zeebe:ioMapping>',
    );
    expect(await errorsOf(diagramXml(around(mapping)))).toEqual(['bad-mapping A']);
  });
});

describe('a damaged file', () => {
  const whole = diagramXml(
    `${around(userTask(extensions('<zeebe:taskSchedule dueDate="=now()"/>')))}<bpmn:boundaryEvent id="B" attachedToRef="A">
     <bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>
     </bpmn:boundaryEvent><bpmn:endEvent id="E2"/>${flow('f3', 'B', 'E2')}`,
  );

  it('never makes the compiler throw, wherever it is cut or a tag is lost', async () => {
    expect(await errorsOf(whole)).toEqual([]);
    const tags = [...whole.matchAll(/<[^?][^>]*>/g)];
    const damaged = [
      ...tags.map((tag) => whole.slice(0, tag.index)),
      ...tags.map((tag) => whole.replace(tag[0], '')),
      ...tags.map((tag) => whole.replace(tag[0], tag[0] + tag[0])),
      ...[...whole.matchAll(/"[^"]*"/g)].map((value) => whole.replace(value[0], '""')),
    ];
    for (const file of damaged) {
      const { plans, problems } = await compile(file);
      expect(plans.length === 0 || problems.every((problem) => problem.severity === 'warning')).toBe(true);
    }
  });
});

it('a process larger than any plan may be', async () => {
  const tasks = Array.from({ length: 5_001 }, (_, i) => `<bpmn:task id="T${i}"/>`);
  expect(await errorsOf(diagramXml(tasks.join('')))).toEqual(['plan-too-large P']);
});

it('a process whose id leaves no room for business keys', async () => {
  const named = (id: string) => diagramXml('<bpmn:task id="T"/>').replaceAll('id="P"', `id="${id}"`);
  expect(await errorsOf(named('P'.repeat(100)))).toEqual([]);
  expect(await errorsOf(named('P'.repeat(101)))).toEqual([`id-too-long ${'P'.repeat(101)}`]);
});
