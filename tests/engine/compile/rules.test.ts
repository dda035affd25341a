/** Rules of the standard: each broken once, and diagrams that keep them. */
import { describe, expect, it } from 'vitest';
import { rules } from '../../../engine/compile/structure.ts';
import { around, diagramXml, errorsOf, flow, problemsOf, userTask } from './builders.ts';

const timer =
  '<bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">PT1H</bpmn:timeDuration></bpmn:timerEventDefinition>';
const main = around(userTask());
const boundary = (definition: string, attributes = ''): string =>
  `${main}<bpmn:boundaryEvent id="B" attachedToRef="A" ${attributes}>${definition}</bpmn:boundaryEvent><bpmn:endEvent id="E2"/>${flow('f3', 'B', 'E2')}`;
const between = (element: string): string => around(element);
const eventSubProcess = (start: string): string =>
  `${main}<bpmn:subProcess id="V" triggeredByEvent="true">${start}<bpmn:endEvent id="E2"/>${flow('f3', 'S2', 'E2')}</bpmn:subProcess>`;
const gateway = (attributes: string): string =>
  `<bpmn:startEvent id="S"/><bpmn:parallelGateway id="G" ${attributes}/><bpmn:endEvent id="E"/><bpmn:endEvent id="E2"/>${flow('f1', 'S', 'G')}${flow('f2', 'G', 'E')}${flow('f3', 'G', 'E2')}`;
const eventGateway = (follower: string, more = ''): string =>
  `<bpmn:startEvent id="S"/><bpmn:eventBasedGateway id="G"/><bpmn:intermediateCatchEvent id="C">${timer}</bpmn:intermediateCatchEvent>${follower}
   <bpmn:endEvent id="E"/>${flow('f1', 'S', 'G')}${flow('f2', 'G', 'C')}${flow('f3', 'G', 'D')}${flow('f4', 'C', 'E')}${flow('f5', 'D', 'E')}${more}`;
const receive = '<bpmn:receiveTask id="D" messageRef="Msg"/>';
const message = '<bpmn:message id="Msg" name="arrived"/>';
const cancel = '<bpmn:cancelEventDefinition/>';

const broken: [what: string, error: string, process: string, around?: string][] = [
  [
    'a flow that leaves its subprocess',
    'flow-crosses-scope g',
    `${between('<bpmn:subProcess id="A"><bpmn:task id="T"/></bpmn:subProcess>')}<bpmn:task id="X"/>${flow('g', 'T', 'X')}${flow('h', 'X', 'E')}`,
  ],
  [
    'a flow written outside of the subprocess whose elements it joins',
    'flow-outside-its-scope g',
    `${between('<bpmn:subProcess id="A"><bpmn:task id="T"/><bpmn:task id="U"/></bpmn:subProcess>')}${flow('g', 'T', 'U')}`,
  ],
  ['a flow to an annotation', 'flow-without-target g', `${main}<bpmn:textAnnotation id="N"/>${flow('g', 'A', 'N')}`],
  ['a flow that ends nowhere', 'flow-without-target g', `${main}<bpmn:sequenceFlow id="g" sourceRef="A"/>`],
  [
    'a default flow of another element',
    'default-not-outgoing A',
    main.replace('<bpmn:userTask id="A"', '<bpmn:userTask id="A" default="f1"'),
  ],
  [
    'an end event without a start event',
    'no-start-event P',
    `<bpmn:task id="A"/><bpmn:endEvent id="E"/>${flow('f', 'A', 'E')}`,
  ],
  [
    'a start event without an end event',
    'no-end-event P',
    `<bpmn:startEvent id="S"/><bpmn:task id="A"/>${flow('f', 'S', 'A')}`,
  ],
  ['a task nothing leads to', 'no-incoming X', `${main}<bpmn:task id="X"/>${flow('g', 'X', 'E')}`],
  ['a task nothing leads on from', 'no-outgoing X', `${main}<bpmn:task id="X"/>${flow('g', 'A', 'X')}`],
  ['a flow to a start event', 'start-with-incoming S', main + flow('g', 'A', 'S')],
  ['a flow from an end event', 'end-with-outgoing E', main + flow('g', 'E', 'A')],
  [
    'a process that starts by an error',
    'event-not-allowed S',
    main.replace('<bpmn:startEvent id="S"/>', '<bpmn:startEvent id="S"><bpmn:errorEventDefinition/></bpmn:startEvent>'),
  ],
  [
    'a subprocess that starts by a timer',
    'event-not-allowed S2',
    between(
      `<bpmn:subProcess id="A"><bpmn:startEvent id="S2">${timer}</bpmn:startEvent><bpmn:endEvent id="E2"/>${flow('g', 'S2', 'E2')}</bpmn:subProcess>`,
    ),
  ],
  [
    'a subprocess with two starts',
    'two-none-starts A',
    between(
      `<bpmn:subProcess id="A"><bpmn:startEvent id="S2"/><bpmn:startEvent id="S3"/><bpmn:endEvent id="E2"/>${flow('g', 'S2', 'E2')}${flow('h', 'S3', 'E2')}</bpmn:subProcess>`,
    ),
  ],
  ['an event subprocess without a trigger', 'event-not-allowed S2', eventSubProcess('<bpmn:startEvent id="S2"/>')],
  [
    'an event subprocess with two starts',
    'event-subprocess-starts V',
    eventSubProcess(
      `<bpmn:startEvent id="S2">${timer}</bpmn:startEvent><bpmn:startEvent id="S3">${timer}</bpmn:startEvent>${flow('h', 'S3', 'E2')}`,
    ),
  ],
  [
    'an event subprocess in the flow',
    'flow-of-event-subprocess h',
    eventSubProcess(`<bpmn:startEvent id="S2">${timer}</bpmn:startEvent>`) + flow('h', 'A', 'V'),
  ],
  [
    'an error that does not interrupt',
    'event-not-allowed B',
    boundary('<bpmn:errorEventDefinition/>', 'cancelActivity="false"'),
  ],
  ['a boundary event without a trigger', 'event-without-trigger B', boundary('')],
  ['a boundary event of type terminate', 'event-not-allowed B', boundary('<bpmn:terminateEventDefinition/>')],
  ['a flow to a boundary event', 'boundary-with-incoming B', boundary(timer) + flow('g', 'A', 'B')],
  [
    'a boundary event that leads nowhere',
    'boundary-without-outgoing B',
    boundary(timer).replace(/<bpmn:endEvent id="E2".*$/, ''),
  ],
  ['a cancel event at a task', 'cancel-outside-transaction B', boundary(cancel)],
  [
    'a cancel end event outside a transaction',
    'cancel-outside-transaction E',
    main.replace('<bpmn:endEvent id="E"/>', `<bpmn:endEvent id="E">${cancel}</bpmn:endEvent>`),
  ],
  ['a catching event that waits for nothing', 'event-not-allowed A', between('<bpmn:intermediateCatchEvent id="A"/>')],
  [
    'a thrown timer',
    'event-not-allowed A',
    between(`<bpmn:intermediateThrowEvent id="A">${timer}</bpmn:intermediateThrowEvent>`),
  ],
  [
    'a timer with two definitions',
    'timer-ambiguous B',
    boundary(
      timer.replace(
        '</bpmn:timerEventDefinition>',
        '<bpmn:timeCycle xsi:type="bpmn:tFormalExpression">R/PT1H</bpmn:timeCycle></bpmn:timerEventDefinition>',
      ),
    ),
  ],
  ['a timer without a definition', 'timer-empty B', boundary('<bpmn:timerEventDefinition/>')],
  ['a duration that is none', 'bad-timer B', boundary(timer.replace('PT1H', 'one hour'))],
  [
    'a link that leads nowhere',
    'link-without-target L',
    `${main}<bpmn:intermediateThrowEvent id="L"><bpmn:linkEventDefinition name="x"/></bpmn:intermediateThrowEvent>${flow('g', 'A', 'L')}`,
  ],
  [
    'an exclusive choice by a constant that is no condition',
    'condition-not-boolean f2',
    main.replace(
      'targetRef="E">',
      'targetRef="E"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=3</bpmn:conditionExpression>',
    ) + flow('g', 'A', 'E'),
  ],
  ['a gateway that goes the other way', 'gateway-direction G', gateway('gatewayDirection="Converging"')],
  ['a gateway without flows', 'gateway-without-flows G', '<bpmn:exclusiveGateway id="G"/>'],
  ['a task after an event-based gateway', 'event-gateway-target G', eventGateway('<bpmn:task id="D"/>')],
  [
    'a shared event after an event-based gateway',
    'event-gateway-target-shared G',
    eventGateway(receive, flow('g', 'S', 'D')),
    message,
  ],
  [
    'a receive task with a boundary event after one',
    'event-gateway-boundary G',
    eventGateway(
      receive,
      `<bpmn:boundaryEvent id="B" attachedToRef="D">${timer}</bpmn:boundaryEvent>${flow('g', 'B', 'E')}`,
    ),
    message,
  ],
  [
    'two loop markers',
    'child-twice A',
    between(
      '<bpmn:task id="A"><bpmn:standardLoopCharacteristics/><bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics></bpmn:task>',
    ),
  ],
  [
    'a resource role that binds parameters of no resource',
    'resource-bindings R',
    between(
      '<bpmn:userTask id="A"><bpmn:performer id="R"><bpmn:resourceParameterBinding parameterRef="Rp"><bpmn:formalExpression>=1</bpmn:formalExpression></bpmn:resourceParameterBinding></bpmn:performer></bpmn:userTask>',
    ),
    '<bpmn:resource id="Re" name="re"><bpmn:resourceParameter id="Rp" name="p"/></bpmn:resource>',
  ],
  ['a completion quantity of 0', 'completion-quantity A', between('<bpmn:task id="A" completionQuantity="0"/>')],
  [
    'a call of a process that only a message starts',
    'called-process-not-startable A',
    between('<bpmn:callActivity id="A" calledElement="Q"/>'),
    `${message}<bpmn:process id="Q" isExecutable="true"><bpmn:startEvent id="QS"><bpmn:messageEventDefinition messageRef="Msg"/></bpmn:startEvent><bpmn:endEvent id="QE"/>${flow('q', 'QS', 'QE')}</bpmn:process>`,
  ],
  [
    'an expression in another language',
    'unsupported-language f2',
    main.replace(
      'targetRef="E">',
      'targetRef="E"><bpmn:conditionExpression xsi:type="bpmn:tFormalExpression" language="http://www.w3.org/1999/XPath">a</bpmn:conditionExpression>',
    ) + flow('g', 'A', 'E'),
  ],
];

describe('a diagram that breaks a rule of the standard is refused, with one problem', () => {
  it.each(broken)('%s', async (_, error, process, roots) => {
    expect(await errorsOf(diagramXml(process, roots))).toEqual([error]);
  });

  it('with the rule and the place in the standard', async () => {
    const problems = await problemsOf(diagramXml(main + flow('g', 'A', 'S')));
    expect(problems.find((problem) => problem.code === 'start-with-incoming')).toMatchObject({
      element: 'S',
      constraints: ['EXT096'],
      message: 'A sequence flow leads to a start event. (BPMN 2.0.2, 10.5.2)',
      hint: 'Lead the flow to another element.',
    });
  });
});

describe('a diagram that keeps them is not refused', () => {
  const kept: [what: string, process: string, around?: string][] = [
    ['a process without events', '<bpmn:task id="A"/>'],
    ['a gateway that splits', gateway('gatewayDirection="Diverging"')],
    ['an event-based gateway with a timer and a message', eventGateway(receive), message],
    ['a boundary timer', boundary(timer)],
    ['a boundary timer that does not interrupt', boundary(timer, 'cancelActivity="false"')],
    ['two flows between the same two nodes', main + flow('g', 'A', 'E')],
    [
      'several start and end events',
      `${main}<bpmn:startEvent id="S2">${timer}</bpmn:startEvent>${flow('g', 'S2', 'A')}`,
    ],
  ];
  it.each(kept)('%s', async (_, process, roots) => {
    expect(await errorsOf(diagramXml(process, roots))).toEqual([]);
  });
});

describe('what is doubtful is said without refusing', () => {
  it('a gateway that may find no way', async () => {
    const choice = `<bpmn:startEvent id="S"/><bpmn:exclusiveGateway id="G"/><bpmn:endEvent id="E"/><bpmn:endEvent id="E2"/>${flow('f1', 'S', 'G')}
      ${flow('f2', 'G', 'E', '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">a</bpmn:conditionExpression>')}
      ${flow('f3', 'G', 'E2', '<bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">b</bpmn:conditionExpression>')}`;
    const problems = await problemsOf(diagramXml(choice));
    expect(problems).toMatchObject([{ severity: 'warning', code: 'no-condition-no-default', element: 'G' }]);
  });
});

describe('a process that is not executable', () => {
  it('is a picture: what is wrong in it refuses nothing', async () => {
    const picture = `<bpmn:process id="Q" isExecutable="false"><bpmn:startEvent id="QS"/><bpmn:task id="QT"/>${flow('q', 'QT', 'QS')}</bpmn:process>`;
    const problems = await problemsOf(diagramXml(main, picture));
    expect(problems.filter((problem) => problem.severity === 'error')).toEqual([]);
    expect(problems.map((problem) => problem.code)).toContain('start-with-incoming');
  });
});

describe('the rules', () => {
  it('each say which section they rest on, which constraint they are, and what to do', () => {
    for (const rule of rules) {
      expect(rule.constraint ?? 'EXT000').toMatch(/^(EXT\d{3}|REF)$/);
      expect(rule.section).not.toBe('');
      expect(rule.hint).toMatch(/\.$/);
    }
  });
});
