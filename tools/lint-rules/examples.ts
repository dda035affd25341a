/** Of each lint rule of ours a diagram that breaks it and one that does not, as the contents of a process; for its page and its test. */
import { jobCatalogue } from '../../activities/jobs/catalogue.ts';
import type { LintOptions } from '../../engine/lint/index.ts';
import type { MessageTemplate } from '../../engine/model/plan.ts';

export interface RuleExample {
  incorrect: string;
  correct: string;
  /** Root elements beside the process. */
  roots?: string;
  options?: LintOptions;
}

const flow = (from: string, to: string, condition?: string): string =>
  condition === undefined
    ? `<bpmn:sequenceFlow id="${from}_${to}" sourceRef="${from}" targetRef="${to}" />`
    : `<bpmn:sequenceFlow id="${from}_${to}" sourceRef="${from}" targetRef="${to}">
  <bpmn:conditionExpression xsi:type="bpmn:tFormalExpression">=${condition}</bpmn:conditionExpression>
</bpmn:sequenceFlow>`;

/** `A>B>C`: flows one after the other. */
const flows = (...paths: string[]): string =>
  paths
    .flatMap((path) => {
      const ids = path.split('>');
      return ids.slice(1).map((to, index) => flow(ids[index] ?? '', to));
    })
    .join('\n');

const lines = (...parts: string[]): string => parts.join('\n');
const start = '<bpmn:startEvent id="Begin" name="Begin" />';
const end = '<bpmn:endEvent id="End" name="End" />';
const task = (id: string): string => `<bpmn:userTask id="${id}" name="${id}" />`;
const extended = (kind: string, id: string, extension: string): string => `<bpmn:${kind} id="${id}" name="${id}">
  <bpmn:extensionElements>${extension}</bpmn:extensionElements>
</bpmn:${kind}>`;
const job = (id: string): string => extended('serviceTask', id, '<zeebe:taskDefinition type="work" />');
const script = (id: string, expression: string, variable: string): string =>
  extended('scriptTask', id, `<zeebe:script expression="=${expression}" resultVariable="${variable}" />`);
const gateway = (kind: string, id: string, byDefault?: string): string =>
  `<bpmn:${kind} id="${id}" name="${id}"${byDefault === undefined ? '' : ` default="${byDefault}"`} />`;
const timer = (kind: string, id: string, duration: string, attributes = ''): string =>
  `<bpmn:${kind} id="${id}" name="${id}"${attributes}>
  <bpmn:timerEventDefinition><bpmn:timeDuration xsi:type="bpmn:tFormalExpression">${duration}</bpmn:timeDuration></bpmn:timerEventDefinition>
</bpmn:${kind}>`;
const boundaryTimer = (id: string, host: string, duration: string, attributes = ''): string =>
  timer('boundaryEvent', id, duration, ` attachedToRef="${host}"${attributes}`);

/** Two ways from one gateway to another. */
const twoWays = (split: string, join: string): string =>
  lines(
    start,
    gateway(split, 'Split'),
    task('Check'),
    task('Prepare'),
    gateway(join, 'Join'),
    end,
    flows('Begin>Split', 'Check>Join>End', 'Prepare>Join'),
    ...(split === 'parallelGateway'
      ? [flows('Split>Check', 'Split>Prepare')]
      : [flow('Split', 'Check', 'urgent'), flow('Split', 'Prepare', 'not(urgent)')]),
  );

/** An exclusive gateway with a flow for each condition. */
const choice = (...conditions: string[]): string =>
  lines(
    start,
    gateway('exclusiveGateway', 'HowMuch'),
    ...conditions.map((_, index) => task(`Way${index + 1}`)),
    end,
    flows('Begin>HowMuch', ...conditions.map((_, index) => `Way${index + 1}>End`)),
    ...conditions.map((condition, index) => flow('HowMuch', `Way${index + 1}`, condition)),
  );

const inLine = (...elements: [id: string, element: string][]): string =>
  lines(
    start,
    ...elements.map(([, element]) => element),
    end,
    flows(['Begin', ...elements.map(([id]) => id), 'End'].join('>')),
  );

const errorBoundary = (host: string): string =>
  lines(
    `<bpmn:boundaryEvent id="Refused" name="Refused" attachedToRef="${host}"><bpmn:errorEventDefinition errorRef="RefusedError" /></bpmn:boundaryEvent>`,
    '<bpmn:endEvent id="RefusedEnd" name="Refused" />',
    flows('Refused>RefusedEnd'),
  );

const withReport = (first: string, second: string, path: string): string =>
  lines('<bpmn:dataObject id="Report" name="Report" />', start, first, second, end, flows(path));
const writesReport = `<bpmn:userTask id="Write" name="Write">
  <bpmn:ioSpecification>
    <bpmn:dataOutput id="Written" />
    <bpmn:inputSet />
    <bpmn:outputSet><bpmn:dataOutputRefs>Written</bpmn:dataOutputRefs></bpmn:outputSet>
  </bpmn:ioSpecification>
  <bpmn:dataOutputAssociation><bpmn:sourceRef>Written</bpmn:sourceRef><bpmn:targetRef>Report</bpmn:targetRef></bpmn:dataOutputAssociation>
</bpmn:userTask>`;
const readsReport = `<bpmn:userTask id="Read" name="Read">
  <bpmn:ioSpecification>
    <bpmn:dataInput id="Needed" />
    <bpmn:inputSet><bpmn:dataInputRefs>Needed</bpmn:dataInputRefs></bpmn:inputSet>
    <bpmn:outputSet />
  </bpmn:ioSpecification>
  <bpmn:dataInputAssociation><bpmn:sourceRef>Report</bpmn:sourceRef><bpmn:targetRef>Needed</bpmn:targetRef></bpmn:dataInputAssociation>
</bpmn:userTask>`;

const loop = (body: string): string =>
  lines(
    start,
    body,
    gateway('exclusiveGateway', 'Enough'),
    end,
    flows('Begin>Count>Enough'),
    flow('Enough', 'Count', 'n < 3'.replace('<', '&lt;')),
    flow('Enough', 'End', 'n >= 3'),
  );

const assigned = (expression: string): string =>
  inLine([
    'Approve',
    extended('userTask', 'Approve', `<zeebe:userTask /><zeebe:assignmentDefinition assignee="=${expression}" />`),
  ]);

const readAfterScript = (name: string): string =>
  lines(
    start,
    script('Sum', '12 * 100', 'amountCents'),
    gateway('exclusiveGateway', 'Large', 'Large_Small'),
    task('Big'),
    task('Small'),
    end,
    flows('Begin>Sum>Large', 'Large>Small>End', 'Big>End'),
    flow('Large', 'Big', `${name} > 1000`),
  );

const approve = (attributes = ''): string => `<bpmn:userTask id="Approve" name="Approve"${attributes}>
  <bpmn:extensionElements><zeebe:ioMapping>
    <zeebe:output source="=approved" target="approved" /><zeebe:output source="=returned" target="returned" />
  </zeebe:ioMapping></bpmn:extensionElements>
</bpmn:userTask>`;
const afterApproval = (approval: string): string =>
  lines(start, approval, task('Archive'), task('Correct'), end, flows('Begin>Approve', 'Archive>End', 'Correct>End'));

const news = { subject: '会员活动', body: '尊敬的会员，本周活动欢迎垂询。拒收请回复R' };

const texts = (messageTemplates: Record<string, MessageTemplate>): LintOptions => ({
  messageTemplates,
  jobSignatures: jobCatalogue,
});

/** A marketing text to patients, and another one. */
const sending = (incorrect: string, correct: string): Pick<RuleExample, 'incorrect' | 'correct'> => {
  const sends = (template: string) =>
    inLine([
      'Invite',
      extended(
        'sendTask',
        'Invite',
        `<zeebe:taskDefinition type="send-message" />
    <zeebe:taskHeaders>
      <zeebe:header key="to" value="patient" />
      <zeebe:header key="lane" value="marketing" />
      <zeebe:header key="template" value="${template}" />
    </zeebe:taskHeaders>
    <zeebe:ioMapping>
      <zeebe:input source="=&quot;C1&quot;" target="name" />
      <zeebe:input source="=&quot;5月1日&quot;" target="day" />
    </zeebe:ioMapping>`,
      ),
    ]);
  return { incorrect: sends(incorrect), correct: sends(correct) };
};

export const ruleExamples: Readonly<Record<string, RuleExample>> = {
  unreachable: {
    incorrect: lines(
      start,
      task('Approve'),
      task('Archive'),
      task('Report'),
      end,
      flows('Begin>Approve>End', 'Archive>Report>Archive'),
    ),
    correct: inLine(['Approve', task('Approve')], ['Archive', task('Archive')]),
  },
  'join-deadlock': {
    incorrect: twoWays('exclusiveGateway', 'parallelGateway'),
    correct: twoWays('exclusiveGateway', 'exclusiveGateway'),
  },
  'join-multiplies': {
    incorrect: twoWays('parallelGateway', 'exclusiveGateway'),
    correct: twoWays('parallelGateway', 'parallelGateway'),
  },
  'missing-default': {
    incorrect: lines(
      afterApproval(approve()),
      flow('Approve', 'Archive', 'approved'),
      flow('Approve', 'Correct', 'returned'),
    ),
    correct: lines(
      afterApproval(approve(' default="Approve_Correct"')),
      flow('Approve', 'Archive', 'approved'),
      flow('Approve', 'Correct'),
    ),
  },
  'conditions-gap': {
    incorrect: choice('amount > 500', 'amount &lt; 500'),
    correct: choice('amount > 500', 'amount &lt;= 500'),
  },
  'conditions-overlap': {
    incorrect: choice('amount > 100', 'amount > 1000', 'amount &lt;= 100'),
    correct: choice('amount > 100', 'amount &lt;= 100'),
  },
  'condition-never-holds': {
    incorrect: choice('amount > 500', 'amount &lt;= 500', 'amount > 900 and amount &lt; 800'),
    correct: choice('amount > 500', 'amount &lt;= 500'),
  },
  'boundary-never-fires': {
    roots: '<bpmn:error id="RefusedError" name="Refused" errorCode="refused" />',
    incorrect: lines(inLine(['Approve', task('Approve')]), errorBoundary('Approve')),
    correct: lines(inLine(['Pay', job('Pay')]), errorBoundary('Pay')),
  },
  'contradicting-timers': {
    incorrect: lines(
      inLine(['Approve', task('Approve')]),
      boundaryTimer('Remind', 'Approve', 'P5D', ' cancelActivity="false"'),
      boundaryTimer('GiveUp', 'Approve', 'P3D'),
      '<bpmn:endEvent id="Reminded" name="Reminded" />\n<bpmn:endEvent id="GivenUp" name="Given up" />',
      flows('Remind>Reminded', 'GiveUp>GivenUp'),
    ),
    correct: lines(
      inLine(['Approve', task('Approve')]),
      boundaryTimer('Remind', 'Approve', 'P3D', ' cancelActivity="false"'),
      boundaryTimer('GiveUp', 'Approve', 'P5D'),
      '<bpmn:endEvent id="Reminded" name="Reminded" />\n<bpmn:endEvent id="GivenUp" name="Given up" />',
      flows('Remind>Reminded', 'GiveUp>GivenUp'),
    ),
  },
  'endless-loop': {
    incorrect: loop('<bpmn:task id="Count" name="Count" />'),
    correct: loop(script('Count', 'n + 1', 'n')),
  },
  'expression-fails': { incorrect: assigned('1 / 0'), correct: assigned('requester') },
  'variable-never-written': { incorrect: readAfterScript('amuontCents'), correct: readAfterScript('amountCents') },
  'data-not-waited-for': {
    incorrect: withReport(readsReport, writesReport, 'Begin>Read>Write>End'),
    correct: withReport(writesReport, readsReport, 'Begin>Write>Read>End'),
  },
  'opt-out-missing': {
    ...sending('offer', 'news'),
    options: texts({ offer: { zh: { ...news, body: '本周会员活动，欢迎垂询。' } }, news: { zh: news } }),
  },
  'advertising-word': {
    ...sending('offer', 'news'),
    options: texts({
      offer: { zh: { ...news, body: '国家级专家，保证效果。拒收请回复R' } },
      news: { zh: { ...news, body: '这是我们第一次举办会员活动。拒收请回复R' } },
    }),
  },
  'personal-data-in-message': {
    ...sending('offer', 'news'),
    options: texts({
      offer: { zh: { ...news, body: '{name}您好，本周会员活动。拒收请回复R' }, variables: { name: { kind: 'name' } } },
      news: { zh: news },
    }),
  },
  'message-variable-untyped': {
    ...sending('offer', 'news'),
    options: texts({
      offer: { zh: { ...news, body: '会员活动于{day}举行。拒收请回复R' } },
      news: {
        zh: { ...news, body: '会员活动于{day}举行。拒收请回复R' },
        variables: { day: { kind: 'date', maxLength: 6 } },
      },
    }),
  },
  'message-segments': {
    ...sending('offer', 'news'),
    options: texts({
      offer: { zh: { ...news, body: `${'会员活动，欢迎参加。'.repeat(6)}拒收请回复R` } },
      news: { zh: news },
    }),
  },
  'missing-form': {
    incorrect: inLine(['Approve', extended('userTask', 'Approve', '<zeebe:userTask />')]),
    correct: inLine([
      'Approve',
      extended('userTask', 'Approve', '<zeebe:userTask /><zeebe:formDefinition formId="approval" />'),
    ]),
    options: { forms: { approval: { type: 'default', id: 'approval', components: [] } } },
  },
  'message-never-sent': {
    roots: '<bpmn:message id="PaidMessage" name="paid" />',
    incorrect: inLine(['Wait', '<bpmn:receiveTask id="Wait" name="Wait" messageRef="PaidMessage" />']),
    correct: inLine(
      [
        'Tell',
        '<bpmn:intermediateThrowEvent id="Tell" name="Tell"><bpmn:messageEventDefinition messageRef="PaidMessage" /></bpmn:intermediateThrowEvent>',
      ],
      ['Wait', '<bpmn:receiveTask id="Wait" name="Wait" messageRef="PaidMessage" />'],
    ),
  },
  'signal-never-thrown': {
    roots: '<bpmn:signal id="StockSignal" name="stock" />',
    incorrect: inLine([
      'Wait',
      '<bpmn:intermediateCatchEvent id="Wait" name="Wait"><bpmn:signalEventDefinition signalRef="StockSignal" /></bpmn:intermediateCatchEvent>',
    ]),
    correct: inLine(
      [
        'Tell',
        '<bpmn:intermediateThrowEvent id="Tell" name="Tell"><bpmn:signalEventDefinition signalRef="StockSignal" /></bpmn:intermediateThrowEvent>',
      ],
      [
        'Wait',
        '<bpmn:intermediateCatchEvent id="Wait" name="Wait"><bpmn:signalEventDefinition signalRef="StockSignal" /></bpmn:intermediateCatchEvent>',
      ],
    ),
  },
};

/** A whole file around an example. */
export const exampleFile = (process: string, roots = ''): string => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" id="Definitions" targetNamespace="http://example.test">
${roots}
<bpmn:process id="Example" name="Example" isExecutable="true">
${process}
</bpmn:process>
</bpmn:definitions>`;
