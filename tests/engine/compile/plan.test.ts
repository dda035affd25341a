/** What a diagram becomes. */
import { describe, expect, it } from 'vitest';
import { around, diagramXml, elementOf, extensions, flow, planOf, userTask } from './builders.ts';

describe('a process', () => {
  it('becomes a plan with every element, its flows in the order of the diagram, and nothing else', async () => {
    const plan = await planOf(diagramXml(around(userTask())));
    expect(plan).toEqual({
      format: 1,
      key: 'P',
      name: '流程',
      forms: {},
      flows: {
        f1: { id: 'f1', source: 'S', target: 'A' },
        f2: { id: 'f2', source: 'A', target: 'E' },
      },
      elements: {
        P: {
          kind: 'process',
          id: 'P',
          name: '流程',
          parent: null,
          incoming: [],
          outgoing: [],
          executable: true,
          starts: ['S'],
        },
        S: {
          kind: 'startEvent',
          id: 'S',
          parent: 'P',
          incoming: [],
          outgoing: ['f1'],
          events: [],
          interrupting: true,
          parallelMultiple: false,
        },
        A: { kind: 'userTask', id: 'A', name: '任务', parent: 'P', incoming: ['f1'], outgoing: ['f2'], user: {} },
        E: { kind: 'endEvent', id: 'E', parent: 'P', incoming: ['f2'], outgoing: [], events: [] },
      },
    });
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  it('carries its title, its version tag and the English names of what it has', async () => {
    const plan = await planOf(
      diagramXml(
        `${extensions('<zeebe:versionTag value="v7"/>')}${around(userTask())}`,
        '',
        'careloop:title="=&quot;投诉 &quot; + caseNumber"',
      ),
      { englishNames: { A: 'Task', f1: 'then', Gone: 'Gone' } },
    );
    expect(plan.title).toEqual({ feel: '"投诉 " + caseNumber' });
    expect(plan.versionTag).toBe('v7');
    expect(plan.englishNames).toEqual({ A: 'Task', f1: 'then' });
  });

  it('begins at the nodes nothing leads to when it has no start event', async () => {
    const plan = await planOf(
      diagramXml(`<bpmn:task id="A"/><bpmn:task id="B"/><bpmn:task id="C"/>${flow('f', 'A', 'C')}`),
    );
    expect(elementOf(plan, 'P', 'process').starts).toEqual(['A', 'B']);
  });

  it('begins at its none start event only, not at those with a trigger', async () => {
    const plan = await planOf(
      diagramXml(
        `${around(userTask())}<bpmn:startEvent id="M"><bpmn:messageEventDefinition messageRef="Msg"/></bpmn:startEvent>${flow('f3', 'M', 'A')}`,
        '<bpmn:message id="Msg" name="complaint-received"/>',
      ),
    );
    expect(elementOf(plan, 'P', 'process').starts).toEqual(['S']);
    expect(elementOf(plan, 'M', 'startEvent').events).toEqual([
      { type: 'message', name: { literal: 'complaint-received' } },
    ]);
  });

  it('may have other executable processes in its file', async () => {
    const xml = diagramXml(around(userTask())).replace(
      '</bpmn:definitions>',
      '<bpmn:process id="Q" isExecutable="true"><bpmn:task id="B"/></bpmn:process></bpmn:definitions>',
    );
    const { compile } = await import('../../../engine/compile/index.ts');
    expect((await compile(xml)).plans.map((plan) => plan.key)).toEqual(['P', 'Q']);
  });
});

describe('a user task', () => {
  it('carries who may act, until when, with which form', async () => {
    const plan = await planOf(
      diagramXml(
        extensions('<careloop:stage id="accepted" name="受理" />') +
          around(
            userTask(
              extensions(
                `<zeebe:userTask/><zeebe:assignmentDefinition assignee="=owner" candidateGroups="handler,gm" candidateUsers="=users"/>
               <zeebe:taskSchedule dueDate="=add working days(now(), 3)" followUpDate="2026-11-02T08:00:00Z"/>
               <zeebe:priorityDefinition priority="80"/><zeebe:formDefinition formId="contact"/>`,
              ),
              'careloop:excludedUsers="=[applicant]" careloop:stage="accepted"',
            ),
          ),
      ),
    );
    const task = elementOf(plan, 'A', 'userTask');
    expect(task.stage).toBe('accepted');
    expect(task.user).toEqual({
      assignee: { feel: 'owner' },
      candidateGroups: { literal: 'handler,gm' },
      candidateUsers: { feel: 'users' },
      excludedUsers: { feel: '[applicant]' },
      dueDate: { feel: 'add working days(now(), 3)' },
      followUpDate: { literal: '2026-11-02T08:00:00Z' },
      priority: { literal: '80' },
      formId: 'contact',
    });
  });

  it('belongs to the group of its lane, the innermost one, unless it says otherwise', async () => {
    const lanes = `<bpmn:laneSet id="L"><bpmn:lane id="handler" name="处理人"><bpmn:flowNodeRef>A</bpmn:flowNodeRef>
      <bpmn:childLaneSet id="L2"><bpmn:lane id="Lane_1" name="gm"><bpmn:flowNodeRef>B</bpmn:flowNodeRef></bpmn:lane></bpmn:childLaneSet>
      <bpmn:flowNodeRef>B</bpmn:flowNodeRef><bpmn:flowNodeRef>C</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>`;
    const own = extensions('<zeebe:assignmentDefinition candidateGroups="ops"/>');
    const plan = await planOf(
      diagramXml(`${lanes}${userTask()}<bpmn:userTask id="B"/><bpmn:userTask id="C">${own}</bpmn:userTask>`),
    );
    const groups = ['A', 'B', 'C'].map((id) => elementOf(plan, id, 'userTask').user.candidateGroups);
    expect(groups).toEqual([{ literal: 'handler' }, { literal: 'gm' }, { literal: 'ops' }]);
  });

  it('brings the fields of its form', async () => {
    const form = {
      type: 'default',
      id: 'contact',
      components: [
        { type: 'text', text: '# 联系患者' },
        {
          type: 'textfield',
          key: 'summary',
          label: '概要',
          validate: { required: true, maxLength: 200, pattern: '^.+$' },
        },
        { type: 'number', key: 'amountCents', label: '金额', validate: { min: 0, max: '5000' } },
        { type: 'checkbox', key: 'agreed', label: '同意' },
        { type: 'datetime', subtype: 'date', key: 'on', dateLabel: '日期' },
        { type: 'datetime', subtype: 'datetime', key: 'at', dateLabel: '时间' },
        {
          type: 'select',
          key: 'kind',
          label: '类型',
          values: [
            { value: 'a', label: '甲' },
            { value: 'b', label: '乙' },
          ],
        },
        { type: 'checklist', key: 'parts', label: '部位', valuesKey: 'allParts' },
        {
          type: 'group',
          label: '退款',
          conditional: { hide: '=not(agreed)' },
          components: [{ type: 'textarea', key: 'reason', label: '原因', conditional: { hide: '=kind = "a"' } }],
        },
        { type: 'button', label: '提交' },
      ],
    };
    const plan = await planOf(diagramXml(around(userTask(extensions('<zeebe:formDefinition formId="contact"/>')))), {
      forms: { contact: form },
    });
    expect(plan.forms['contact']).toEqual({
      id: 'contact',
      fields: [
        { key: 'summary', type: 'text', label: '概要', required: true, maxLength: 200, pattern: '^.+$' },
        { key: 'amountCents', type: 'number', label: '金额', required: false, min: 0, max: 5000 },
        { key: 'agreed', type: 'boolean', label: '同意', required: false },
        { key: 'on', type: 'date', label: '日期', required: false },
        { key: 'at', type: 'datetime', label: '时间', required: false },
        {
          key: 'kind',
          type: 'choice',
          label: '类型',
          required: false,
          options: [
            { value: 'a', label: '甲' },
            { value: 'b', label: '乙' },
          ],
        },
        {
          key: 'parts',
          type: 'choices',
          label: '部位',
          required: false,
          optionsFrom: { variable: 'allParts' },
        },
        { key: 'reason', type: 'text', label: '原因', required: false, hiddenWhen: '(not(agreed)) or (kind = "a")' },
      ],
    });
  });

  it('may have its form in the diagram', async () => {
    const embedded = `<zeebe:userTaskForm id="F1">${JSON.stringify({ components: [{ type: 'textfield', key: 'a' }] })}</zeebe:userTaskForm>`;
    const plan = await planOf(
      diagramXml(
        extensions(embedded) + around(userTask(extensions('<zeebe:formDefinition formKey="camunda-forms:bpmn:F1"/>'))),
      ),
      { forms: {} },
    );
    expect(elementOf(plan, 'A', 'userTask').user.formId).toBe('F1');
    expect(plan.forms['F1']?.fields.map((field) => field.key)).toEqual(['a']);
  });
});

describe('a service task', () => {
  it('names its job, with retries, headers and mappings', async () => {
    const task = `<bpmn:serviceTask id="A">${extensions(
      `<zeebe:taskDefinition type="sendMessage" retries="5"/>
       <zeebe:taskHeaders><zeebe:header key="template" value="thanks"/></zeebe:taskHeaders>
       <zeebe:ioMapping><zeebe:input source="=case.number" target="caseNumber"/><zeebe:input source="text" target="kind"/>
         <zeebe:output source="=id" target="sent.id"/></zeebe:ioMapping>
       <zeebe:properties><zeebe:property name="note" value="hello"/></zeebe:properties>`,
    )}</bpmn:serviceTask>`;
    const plan = await planOf(diagramXml(around(task)), { jobTypes: ['sendMessage'] });
    expect(elementOf(plan, 'A', 'serviceTask')).toMatchObject({
      job: { type: { literal: 'sendMessage' }, retries: { literal: '5' }, headers: { template: 'thanks' } },
      inputs: [
        { source: { feel: 'case.number' }, target: 'caseNumber' },
        { source: { literal: 'text' }, target: 'kind' },
      ],
      outputs: [{ source: { feel: 'id' }, target: 'sent.id' }],
      properties: { note: 'hello' },
    });
  });
});

describe('a script task', () => {
  it('runs FEEL', async () => {
    const zeebe = extensions('<zeebe:script expression="=a + 1" resultVariable="b"/>');
    const plan = await planOf(diagramXml(around(`<bpmn:scriptTask id="A">${zeebe}</bpmn:scriptTask>`)));
    expect(elementOf(plan, 'A', 'scriptTask').script).toEqual({
      source: { feel: 'a + 1' },
      resultVariable: 'b',
      format: 'feel',
    });
    const standard =
      '<bpmn:scriptTask id="A" scriptFormat="application/feel"><bpmn:script>a + 1</bpmn:script></bpmn:scriptTask>';
    expect(elementOf(await planOf(diagramXml(around(standard))), 'A', 'scriptTask').script?.source).toEqual({
      feel: 'a + 1',
    });
  });

  it('gives other languages to the job that runs them, when there is one', async () => {
    const task =
      '<bpmn:scriptTask id="A" scriptFormat="text/x-python"><bpmn:script>print(1)</bpmn:script></bpmn:scriptTask>';
    const plan = await planOf(diagramXml(around(task)), { scriptJobType: 'runScript' });
    expect(elementOf(plan, 'A', 'scriptTask').job).toEqual({
      type: { literal: 'runScript' },
      headers: { script: 'print(1)', scriptFormat: 'text/x-python' },
    });
  });
});

describe('a call activity', () => {
  it('names the process, its business key and what is handed over', async () => {
    const call = `<bpmn:callActivity id="A" careloop:businessKey="=caseNumber + &quot;-R1&quot;">${extensions(
      '<zeebe:calledElement processId="refund" propagateAllChildVariables="false"/>',
    )}</bpmn:callActivity>`;
    expect(elementOf(await planOf(diagramXml(around(call))), 'A', 'callActivity')).toMatchObject({
      process: { literal: 'refund' },
      businessKey: { feel: 'caseNumber + "-R1"' },
      binding: 'latest',
      propagateAllChild: false,
      propagateAllParent: true,
    });
  });

  it('may name it in the way of the standard', async () => {
    const call = '<bpmn:callActivity id="A" calledElement="tns:refund"/>';
    expect(elementOf(await planOf(diagramXml(around(call))), 'A', 'callActivity').process).toEqual({
      literal: 'refund',
    });
    const workedOut = '<bpmn:callActivity id="A" calledElement="=&quot;refund-&quot; + kind"/>';
    const { process } = elementOf(await planOf(diagramXml(around(workedOut))), 'A', 'callActivity');
    expect(process).toEqual({ feel: '"refund-" + kind' });
  });
});

describe('events', () => {
  it('hang on their activity, and a timer may be a promise', async () => {
    const limit = extensions(
      '<careloop:limit id="closure" name="结案时限" nameEn="Closure deadline" tell="cs-general-director, president"/>',
    );
    const boundary = `<bpmn:boundaryEvent id="T" attachedToRef="A" cancelActivity="false">${limit}
      <bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">=duration(rules.limits.closure)</bpmn:timeDuration></bpmn:timerEventDefinition>
      </bpmn:boundaryEvent><bpmn:endEvent id="E2"/>${flow('f3', 'T', 'E2')}`;
    const rules = extensions('<careloop:rules paths="limits.closure"/>');
    const plan = await planOf(diagramXml(rules + around(userTask()) + boundary));
    expect(elementOf(plan, 'A', 'userTask').boundary).toEqual(['T']);
    expect(elementOf(plan, 'T', 'boundaryEvent')).toMatchObject({
      attachedTo: 'A',
      interrupting: false,
      events: [
        {
          type: 'timer',
          timer: { kind: 'duration', value: { feel: 'duration(rules.limits.closure)' } },
          limit: {
            id: 'closure',
            name: '结案时限',
            englishName: 'Closure deadline',
            tell: ['cs-general-director', 'president'],
          },
        },
      ],
    });
  });

  it('find messages with their keys, errors, signals and definitions that stand elsewhere', async () => {
    const roots = `<bpmn:message id="Msg" name="arrived">${extensions('<zeebe:subscription correlationKey="=caseNumber"/>')}</bpmn:message>
      <bpmn:error id="Err" errorCode="rejected"/><bpmn:signal id="Sig" name="=&quot;stop-&quot; + facility"/>
      <bpmn:timerEventDefinition id="Later"><bpmn:timeCycle xsi:type="bpmn:tFormalExpression">R3/PT1H</bpmn:timeCycle></bpmn:timerEventDefinition>`;
    const chain = ['C1', 'C2', 'C3'];
    const catches = `<bpmn:startEvent id="S"/>
      <bpmn:intermediateCatchEvent id="C1"><bpmn:messageEventDefinition messageRef="Msg"/></bpmn:intermediateCatchEvent>
      <bpmn:intermediateCatchEvent id="C2"><bpmn:signalEventDefinition signalRef="Sig"/></bpmn:intermediateCatchEvent>
      <bpmn:intermediateCatchEvent id="C3"><bpmn:eventDefinitionRef>Later</bpmn:eventDefinitionRef></bpmn:intermediateCatchEvent>
      <bpmn:endEvent id="E"><bpmn:errorEventDefinition errorRef="Err"/></bpmn:endEvent>
      ${['S', ...chain].map((from, index) => flow(`f${index}`, from, [...chain, 'E'][index]!)).join('')}`;
    const plan = await planOf(diagramXml(catches, roots));
    expect(chain.map((id) => elementOf(plan, id, 'intermediateCatchEvent').events)).toEqual([
      [{ type: 'message', name: { literal: 'arrived' }, correlationKey: { feel: 'caseNumber' } }],
      [{ type: 'signal', name: { feel: '"stop-" + facility' } }],
      [{ type: 'timer', timer: { kind: 'cycle', value: { literal: 'R3/PT1H' } } }],
    ]);
    expect(elementOf(plan, 'E', 'endEvent').events).toEqual([{ type: 'error', code: { literal: 'rejected' } }]);
  });
});

describe('flows', () => {
  it('carry conditions with or without the leading sign, and the default is known', async () => {
    const condition = (text: string) =>
      `<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">${text}</bpmn:conditionExpression>`;
    const plan = await planOf(
      diagramXml(
        `<bpmn:startEvent id="S"/><bpmn:exclusiveGateway id="G" default="c"/><bpmn:endEvent id="E1"/><bpmn:endEvent id="E2"/><bpmn:endEvent id="E3"/>
         ${flow('f', 'S', 'G')}${flow('a', 'G', 'E1', condition('=x &gt; 1'))}${flow('b', 'G', 'E2', condition('x = 1'))}${flow('c', 'G', 'E3')}`,
      ),
    );
    expect(plan.flows['a']?.condition).toEqual({ feel: 'x > 1' });
    expect(plan.flows['b']?.condition).toEqual({ feel: 'x = 1' });
    expect(elementOf(plan, 'G', 'exclusiveGateway')).toMatchObject({ outgoing: ['a', 'b', 'c'], defaultFlow: 'c' });
  });
});

describe('a subprocess', () => {
  it('is a scope of its own', async () => {
    const inner = `<bpmn:subProcess id="A"><bpmn:startEvent id="S2"/><bpmn:task id="T2"/><bpmn:endEvent id="E2"/>
      ${flow('g1', 'S2', 'T2')}${flow('g2', 'T2', 'E2')}</bpmn:subProcess>`;
    const plan = await planOf(diagramXml(around(inner)));
    expect(elementOf(plan, 'A', 'subProcess').starts).toEqual(['S2']);
    expect(plan.elements['T2']?.parent).toBe('A');
  });
});

describe('a global task', () => {
  it('is a plan of its own that a call activity calls', async () => {
    const { compile } = await import('../../../engine/compile/index.ts');
    const { plans, problems } = await compile(
      diagramXml(
        around('<bpmn:callActivity id="A" calledElement="Shared"/>'),
        '<bpmn:globalScriptTask id="Shared" name="共用" scriptLanguage="feel"><bpmn:script><![CDATA[if a < 1 then "x" else "y"]]></bpmn:script></bpmn:globalScriptTask>',
      ),
    );
    expect(problems).toEqual([]);
    expect(plans.map((plan) => plan.key)).toEqual(['P', 'Shared']);
    expect(elementOf(plans[1]!, 'Shared', 'process').starts).toEqual(['Shared_task']);
    expect(elementOf(plans[1]!, 'Shared_task', 'scriptTask').script?.source).toEqual({
      feel: 'if a < 1 then "x" else "y"',
    });
  });
});

describe('data', () => {
  const object = '<bpmn:dataObject id="O" name="data"/><bpmn:dataObjectReference id="D" dataObjectRef="O"/>';

  it('flows where the activity says what goes in and out', async () => {
    const task = `<bpmn:task id="A"><bpmn:ioSpecification><bpmn:dataInput id="in" name="input"/>
      <bpmn:inputSet><bpmn:dataInputRefs>in</bpmn:dataInputRefs></bpmn:inputSet><bpmn:outputSet/></bpmn:ioSpecification>
      <bpmn:dataInputAssociation><bpmn:sourceRef>D</bpmn:sourceRef><bpmn:targetRef>in</bpmn:targetRef></bpmn:dataInputAssociation></bpmn:task>`;
    const plan = await planOf(diagramXml(around(task) + object));
    expect(elementOf(plan, 'A', 'task').dataInputs).toEqual([{ source: 'data', target: 'input' }]);
    expect(elementOf(plan, 'P', 'process').data).toEqual([{ id: 'O', name: 'data', isCollection: false }]);
  });

  it('is only a diagram where a line joins a document and a task', async () => {
    const task = `<bpmn:task id="A"><bpmn:property id="ph" name="__targetRef_placeholder"/><bpmn:dataInputAssociation>
      <bpmn:sourceRef>D</bpmn:sourceRef><bpmn:targetRef>ph</bpmn:targetRef></bpmn:dataInputAssociation></bpmn:task>`;
    expect(elementOf(await planOf(diagramXml(around(task) + object)), 'A', 'task').dataInputs).toBeUndefined();
  });
});

describe('a send task', () => {
  it('publishes its message itself when no job does', async () => {
    const plan = await planOf(
      diagramXml(around('<bpmn:sendTask id="A" messageRef="Msg"/>'), '<bpmn:message id="Msg" name="sent"/>'),
    );
    expect(elementOf(plan, 'A', 'sendTask').message).toEqual({ name: { literal: 'sent' } });
  });
});
