/** Writes docs/elements.md: what of BPMN 2.0 is executed, what is refused at deployment, and which test or case shows it. */
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { extensionRegistry } from '../engine/compile/extension-registry.ts';
import { type EventPosition, type Feature, features, supportedEvents } from '../engine/index.ts';
import type { ElementKind, EventType } from '../engine/model/plan.ts';
import { eventExamples, kindExamples, markerExamples } from './examples.ts';

/** A conformance case by its name, or a file of tests. */
export type Proof = { case: string } | { test: string };

const c = (name: string): Proof => ({ case: name });
const t = (file: string): Proof => ({ test: file });

interface Row {
  title: string;
  proof: Proof;
  examples: string[];
}

type Group = 'Activities' | 'Subprocesses' | 'Gateways';

/** Events have a table of their own, and every diagram is a process. */
const kinds: Record<ElementKind, [Group, title: string, Proof] | 'told elsewhere'> = {
  process: 'told elsewhere',
  task: ['Activities', 'Task without a type', t('tests/engine/elements/task.test.ts')],
  manualTask: ['Activities', 'Manual task', t('tests/engine/elements/manual-task.test.ts')],
  userTask: ['Activities', 'User task', t('tests/engine/elements/user-task.test.ts')],
  serviceTask: ['Activities', 'Service task', t('tests/engine/elements/service-task.test.ts')],
  sendTask: ['Activities', 'Send task', t('tests/engine/elements/send-task.test.ts')],
  receiveTask: ['Activities', 'Receive task', t('tests/engine/elements/receive-task.test.ts')],
  scriptTask: ['Activities', 'Script task', c('WCP01_Sequence')],
  businessRuleTask: ['Activities', 'Business rule task', t('tests/engine/elements/business-rule-task.test.ts')],
  callActivity: ['Activities', 'Call activity, also of global tasks', c('CallActivity_GlobalTask')],
  subProcess: ['Subprocesses', 'Embedded subprocess', c('SubProcess')],
  eventSubProcess: ['Subprocesses', 'Event subprocess', c('Timer_StartEvent_EventSubProcess_Interrupting')],
  transaction: ['Subprocesses', 'Transaction', c('Cancel_Event')],
  adHocSubProcess: ['Subprocesses', 'Ad-hoc subprocess', c('WCP17_InterleavedParallelRouting')],
  exclusiveGateway: ['Gateways', 'Exclusive gateway', c('ExclusiveGateway_Default (test=c)')],
  parallelGateway: ['Gateways', 'Parallel gateway', c('WCP02_ParallelSplit')],
  inclusiveGateway: ['Gateways', 'Inclusive gateway', c('InclusiveGateway (test=ab)')],
  eventBasedGateway: ['Gateways', 'Event-based gateway', c('EventBasedGateway_Timer')],
  complexGateway: ['Gateways', 'Complex gateway', c('WCP09_Structured_Discriminator_ComplexGateway')],
  startEvent: 'told elsewhere',
  intermediateCatchEvent: 'told elsewhere',
  boundaryEvent: 'told elsewhere',
  intermediateThrowEvent: 'told elsewhere',
  endEvent: 'told elsewhere',
};

const groups: Group[] = ['Activities', 'Subprocesses', 'Gateways'];

const rowsOf = (group: Group): Row[] =>
  (Object.entries(kinds) as [ElementKind, (typeof kinds)[ElementKind]][]).flatMap(([kind, row]) =>
    row === 'told elsewhere' || row[0] !== group
      ? []
      : [{ title: row[1], proof: row[2], examples: kindExamples[kind] }],
  );

const markers: Record<Feature, [title: string, Proof]> = {
  multipleEvents: ['Multiple events', c('Multiple_IntermediateEvent_ThrowFirstEventDefinition')],
  parallelMultiple: ['Parallel multiple events', c('Multiple_Parallel_IntermediateEvent')],
  standardLoop: ['Standard loop', c('Loop_Task (integerVariable=0)')],
  multiInstance: ['Multi-instance', c('MultiInstance_Parallel')],
  compensation: ['Compensation handlers', c('Compensation_EndEvent_SubProcess')],
  instantiate: ['Receive tasks and event-based gateways that start an instance', c('ReceiveTask_Instantiate')],
  quantities: ['Start and completion quantity', c('Token_Cardinality_Explicit')],
  dataAssociations: ['Data inputs, outputs and associations', c('DataObject_ReadWrite_String')],
  sendTaskMessage: ['Send tasks that publish their message themselves', c('SendTask')],
  decisions: ['Business rule tasks that take a decision (DMN)', t('tests/engine/dmn')],
};

const positions: [EventPosition, string][] = [
  ['start', 'start'],
  ['eventSubProcessStart', 'start of an event subprocess'],
  ['catch', 'intermediate, catching'],
  ['boundary', 'boundary, interrupting'],
  ['boundaryNonInterrupting', 'boundary, not interrupting'],
  ['throw', 'intermediate, throwing'],
  ['end', 'end'],
];

const events: (EventType | 'none')[] = [
  'none',
  'message',
  'timer',
  'error',
  'escalation',
  'cancel',
  'compensate',
  'conditional',
  'link',
  'signal',
  'terminate',
];

/** Table 10.93 of the standard: where an event makes sense at all. */
const allowed: Record<EventPosition, readonly (EventType | 'none')[]> = {
  start: ['none', 'message', 'timer', 'conditional', 'signal'],
  eventSubProcessStart: ['message', 'timer', 'error', 'escalation', 'compensate', 'conditional', 'signal'],
  catch: ['message', 'timer', 'conditional', 'link', 'signal'],
  boundary: ['message', 'timer', 'error', 'escalation', 'cancel', 'compensate', 'conditional', 'signal'],
  boundaryNonInterrupting: ['message', 'timer', 'escalation', 'conditional', 'signal'],
  throw: ['none', 'message', 'escalation', 'compensate', 'link', 'signal'],
  end: ['none', 'message', 'error', 'escalation', 'cancel', 'compensate', 'signal', 'terminate'],
};

const eventProofs: Record<EventType | 'none', Proof> = {
  none: c('SequenceFlow'),
  message: t('tests/engine/messages.test.ts'),
  timer: c('Timer_BoundaryEvent_SubProcess_NonInterrupting'),
  error: c('Error_BoundaryEvent_SubProcess_Interrupting'),
  escalation: c('Escalation_BoundaryEvent_SubProcess_Interrupting'),
  cancel: c('Cancel_Event'),
  compensate: c('Compensation_EndEvent_SubProcess'),
  conditional: c('Conditional_BoundaryEvent_SubProcess_Interrupting (test=a)'),
  link: t('tests/conformance/own-cases.test.ts'),
  signal: c('Signal_BoundaryEvent_SubProcess_NonInterrupting'),
  terminate: c('WCP20_CancelCaseTerminate'),
};

const show = (proof: Proof): string =>
  'case' in proof ? `case \`${proof.case}\`` : `[${proof.test}](../${proof.test})`;

const picture = (example: string): string => `diagrams/elements/${example}.svg`;

/** To be opened in a modeler. */
const file = (example: string): string => `[${example.replace(/^.*\//, '')}](../examples/${example}.bpmn)`;

const drawn = (examples: string[]): string =>
  examples.map((example) => `${file(example)} ([picture](${picture(example)}))`).join('<br>');

const line = ({ title, proof, examples }: Row): string =>
  `| ${title} | executes | ${drawn(examples)} | ${show(proof)} |`;

const table = (lines: string[]): string => ['| | | drawn | shown by |', '|---|---|---|---|', ...lines].join('\n');

/** Everything that is executed, with what shows it. */
export function proofs(): Proof[] {
  return [
    ...groups.flatMap(rowsOf).map(({ proof }) => proof),
    ...Object.values(markers).map(([, proof]) => proof),
    ...events
      .filter((event) => positions.some(([position]) => supportedEvents[position].has(event)))
      .map((event) => eventProofs[event]),
    ...Object.values(extensionRegistry).flatMap(({ test }) => (test === undefined ? [] : [t(test)])),
  ];
}

function extensionRows(): string[] {
  return Object.entries(extensionRegistry).map(([key, { fate, words, test }]) => {
    const [type = '', attribute = ''] = key.split('.');
    const name = `zeebe:${type.charAt(0).toLowerCase()}${type.slice(1)}`;
    return `| \`${name}\` | ${attribute && `\`${attribute}\``} | ${fate} | ${words} | ${test ? show(t(test)) : ''} |`;
  });
}

export function coveragePage(): string {
  const eventRow = (event: EventType | 'none'): string => {
    const cells = positions.map(([position]) => {
      if (!allowed[position].includes(event)) return '–';
      if (!supportedEvents[position].has(event)) return 'refused';
      const example = eventExamples[event][position];
      return example === undefined ? 'executes' : `[executes](${picture(example)})`;
    });
    const examples = [...new Set(positions.flatMap(([position]) => eventExamples[event][position] ?? []))];
    const executes = cells.some((cell) => cell.includes('executes'));
    return `| ${event} | ${cells.join(' | ')} | ${examples.map(file).join('<br>')} | ${executes ? show(eventProofs[event]) : ''} |`;
  };
  return [
    '# Elements',
    '',
    'What of BPMN 2.0 is executed. Whatever is not is refused at deployment, with the element and the reason: nothing deploys and then does nothing.',
    'This page is made by `npx tsx tools/coverage-page.ts` from the registry of the engine; a test keeps it true. A case is one of the public conformance cases (`npm run conformance`), all of which that pass are listed in `tests/conformance/must-pass.json`. Every row has a diagram in [`examples/`](../examples): a small story of a clinic to open in a modeler, to deploy or to copy from, with its picture; what each does is told by the tests in [`tests/definitions/elements`](../tests/definitions/elements).',
    '',
    ...groups.flatMap((group) => [`## ${group}`, table(rowsOf(group).map(line)), '']),
    '## Events',
    '– stands where the standard knows no such event. A process that begins by a timer is begun by its scheduler, one that begins by a condition when somebody has the conditions evaluated ([operations.md](operations.md#processes-that-begin-by-the-clock)); a parallel multiple start event with either is refused. Each cell leads to the picture of an example.',
    '',
    `| | ${positions.map(([, title]) => title).join(' | ')} | drawn | shown by |`,
    `|---|${positions.map(() => '---|').join('')}---|---|`,
    ...events.map(eventRow),
    '',
    '## Markers and forms',
    table(
      features.map((feature) => {
        const [title, proof] = markers[feature];
        return line({ title, proof, examples: markerExamples[feature] });
      }),
    ),
    '',
    '## Extensions of the usual modeler',
    'Every type and attribute of the `zeebe:` namespace, from the registry of the compiler. Harmless ones change nothing in Zeebe’s own sense either, or are told as a warning; refused ones refuse the diagram with the element and the reason.',
    '',
    '| extension | attribute | | what it does here | shown by |',
    '|---|---|---|---|---|',
    ...extensionRows(),
    '',
    'Listeners: start listeners run after the input mappings and before anything else of the element (for a joining gateway once, when all has come; for a complex one when it is activated, and what they brought is there for its reset too; for an event subprocess, and for what stands behind an event-based gateway, when the event has happened); what they bring are local variables of the element. End listeners run after the output mappings, when the boundary events are gone; what they bring goes to the scope around it. Listeners of one event run one after the other. A listener that fails is an incident at its element, and a retry asks only that one again; a BPMN error of a listener is an incident too. Task listeners answer `denied`, `deniedReason` and `corrections` (assignee, candidateGroups, candidateUsers, dueDate, followUpDate, priority); other variables of theirs are not taken over. An instance that is cancelled runs the cancel listeners of its process first; cancelling it a second time ends it at once. Listeners for `canceling` hold nothing up but the end of the instance: in Zeebe what interrupts a task goes on when they are done, here it goes on at once, because a deadline that interrupts must not wait for a worker, and a listener that fails would stop what was drawn for the failure. They cannot deny, and they are asked after a modification too.',
    '',
    '## Where the standard leaves room',
    'Complex gateway (table 13.5): at its activation and at its reset it takes one token of each flow; a second one of the same flow belongs to the next round. Waiting for start, it looks at its condition whenever a token comes and whenever data change; `activationCount` is the sum over its flows, each flow is readable under its id. Waiting for reset, it waits as an inclusive gateway does. At the reset flows with a condition that holds are taken, else the default flow; flows without a condition are not, or every discriminator would make two tokens.',
    '',
    '## What is read without being executed',
    `Names, documentation, annotations, groups, lanes (they say who usually does a user task: ${drawn(markerExamples.lanes)}), data objects without associations that move data, data states, data stores (a warning names an association with one), participants and message flows (${drawn(markerExamples.pools)}), the diagram, and extensions of tools that change nothing (a warning names them).`,
    '',
    'Data: a data object or property that associations move is a variable of its scope and begins as null, a collection too: the standard calls both unavailable until something is written, and an empty list would be a value. An activity does not wait for its required input sets (BPMN 2.0.2, 10.4.2): it begins with its token and reads null; the linter warns where what writes the data does not come before (`data-not-waited-for`). Waiting would need to tell data that is there from data that is not: a variable that is null says neither, a document that only shows what people work with would be waited for until somebody gave up, and an order that the diagram wants is drawn by flows. For the same reason inputs and outputs marked as while executing are read at the beginning and written at the end like all others.',
    '',
  ].join('\n');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  writeFileSync(new URL('../docs/elements.md', import.meta.url), coveragePage());
