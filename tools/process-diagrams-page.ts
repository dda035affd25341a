/** Writes docs/process-diagrams.md: what a diagram may say for Careloop besides BPMN and the extensions of the usual modeler. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { careloopExtensions } from '../engine/compile/careloop-extensions.ts';
import { columnTypes, mostColumns } from '../engine/compile/columns.ts';
import { keyPlaceholders, mostDigits } from '../engine/compile/key-pattern.ts';
import { givenVariables } from '../engine/lint/written-variables.ts';
import type { ColumnType } from '../engine/model/plan.ts';

/** `|` would end a cell. */
const cell = (text: string): string => text.replaceAll('|', '\\|');
const code = (text: string): string => (text === '' ? '' : `\`${text}\``);

const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cell).join(' | ')} |`).join('\n');

function extensionRows(at: (element: string) => boolean): string[][] {
  return careloopExtensions
    .filter((extension) => at(extension.at))
    .map(({ written, at: element, meaning, example }) => [
      code(written),
      element.startsWith('<') ? code(element) : element,
      meaning,
      code(example),
    ]);
}

const placeholders: Record<string, string> = {
  '{facility}': 'code of the facility: `BJ`',
  '{yyyy}': 'year, in the zone of the facility',
  '{yy}': 'its last two digits',
  '{MM}': 'month, two digits',
  '{dd}': 'day, two digits',
  '{serial:4}': `a number of that many digits at least (1 to ${mostDigits}); it counts from 1 again whenever what stands before it is new. At most one`,
};

const typeMeanings: Record<ColumnType, string> = {
  text: 'a text',
  choice: 'one of a few values, shown by their names (`<careloop:choice>`)',
  number: 'a number',
  money: 'an amount in cents',
  date: 'a date, or an instant with its zone',
  person: 'a staff id, shown by the name',
};

/** Of every name that Careloop gives to an instance itself. */
const variableMeanings: Record<string, string> = {
  businessKey: 'the business key of the instance',
  facility: 'code of its facility',
  startedAt: 'when it began: `"2026-11-04T02:00:00.000Z"`; compute with `date and time(startedAt)`',
  startedBy: 'staff id of whoever started it',
  rules: 'the parts of the rule set that `careloop:rules` names',
  completedBy: 'in the output mappings of a user task: staff id of whoever completed it',
  loopCounter: 'in an instance of a multi-instance activity: its number, from 1',
  numberOfInstances: 'in a multi-instance activity: how many there are',
  numberOfActiveInstances: 'how many of them run',
  numberOfCompletedInstances: 'how many are complete',
  numberOfTerminatedInstances: 'how many were ended early',
};

function rulePaths(): string[][] {
  const folder = new URL('../definitions/rules/', import.meta.url);
  const sets = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name): { key: string; rules: unknown } => JSON.parse(readFileSync(new URL(name, folder), 'utf8')));
  const [first] = sets;
  return leaves(first?.rules, []).map((path) => [
    code(`rules.${path.join('.')}`),
    ...sets.map(({ rules }) => code(JSON.stringify(at(rules, path)))),
  ]);
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const at = (value: unknown, path: string[]): unknown =>
  path.reduce((inner, name) => (isRecord(inner) ? inner[name] : undefined), value);
const leaves = (value: unknown, path: string[]): string[][] =>
  isRecord(value) ? Object.entries(value).flatMap(([name, inner]) => leaves(inner, [...path, name])) : [path];

const ruleSetNames = (): string[] =>
  readdirSync(new URL('../definitions/rules/', import.meta.url))
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => name.replace('.json', ''));

const example = `<bpmn:process id="leave" name="请假" isExecutable="true"
    careloop:title="=&quot;请假 &quot; + string(days) + &quot; 天&quot;"
    careloop:candidateStarterGroups="*" careloop:leaderGroups="hr"
    careloop:businessKeyPattern="L{facility}{yyyy}{MM}{serial:4}">
  <bpmn:extensionElements>
    <careloop:rules paths="limits.approval" />
    <careloop:stage id="approval" name="审批" nameEn="Approval" />
    <careloop:column id="days" name="天数" nameEn="Days" type="number" value="=days" />
    <careloop:column id="kind" name="请假类型" nameEn="Kind" type="choice" value="=kind" searchable="true">
      <careloop:choice value="annual" name="年假" nameEn="Annual leave" />
      <careloop:choice value="sick" name="病假" nameEn="Sick leave" />
    </careloop:column>
  </bpmn:extensionElements>
  <bpmn:startEvent id="LeaveRequested" name="提出请假">
    <bpmn:extensionElements><zeebe:formDefinition formId="leave-request" /></bpmn:extensionElements>
  </bpmn:startEvent>
  <bpmn:userTask id="Approval" name="审批" careloop:stage="approval" careloop:excludedUsers="=[startedBy]">
    …
  </bpmn:userTask>
  <bpmn:boundaryEvent id="ApprovalLimit" name="审批时限已过" cancelActivity="false" attachedToRef="Approval">
    <bpmn:extensionElements><careloop:limit id="approval" name="审批时限" tell="hr" /></bpmn:extensionElements>
    <bpmn:timerEventDefinition>
      <bpmn:timeDuration xsi:type="bpmn:tFormalExpression">=rules.limits.approval</bpmn:timeDuration>
    </bpmn:timerEventDefinition>
  </bpmn:boundaryEvent>
  …
</bpmn:process>`;

export function processDiagramsPage(): string {
  const ofProcess = (element: string): boolean => element === 'process';
  const ofElements = (element: string): boolean => !ofProcess(element) && !/^<careloop:(?!limit)/.test(element);
  const withinProcess = (element: string): boolean => !ofProcess(element) && !ofElements(element);
  const head = ['extension', 'at', 'meaning', 'example'];
  return [
    '# Drawing for Careloop',
    '',
    'A process that is only drawn needs no code: the diagram, its forms and its English names are deployed into a running system and used at once. Whatever BPMN and the extensions of the usual desktop modeler ([elements.md](elements.md)) cannot say stands in the diagram as an extension of the namespace `https://careloop.dev/schema/1.0`, prefix `careloop`. The modeler keeps such extensions; they are written in its XML view.',
    '',
    'This page is made by `npx tsx tools/process-diagrams-page.ts` from what the compiler reads; a test keeps it true. A complete example is [`definitions/leave/`](../definitions/leave/leave.bpmn): drawn, with forms, and nothing else ([picture](diagrams/leave.svg), [tests](../tests/definitions/leave.test.ts)).',
    '',
    '```xml',
    example,
    '```',
    '',
    'English names of elements lie beside the diagram in `<name>.en.json`: an object of names by element id. Those of its forms lie in `forms.en.json` ([forms](forms.md#english)).',
    '',
    'What is wrong is refused at deployment, by element, with what to do; `./careloop lint FILE` says the same beforehand. Roles that do not exist are refused wherever they are named: starters, leaders, candidate groups, lanes that stand for one, roles that a limit tells, receivers of messages.',
    '',
    '## The process',
    table(head, extensionRows(ofProcess)),
    '',
    'Placeholders of a business key:',
    '',
    table(
      ['placeholder', 'becomes'],
      keyPlaceholders.map((placeholder) => [code(placeholder), placeholders[placeholder] ?? '']),
    ),
    '',
    'Letters, digits, `_` and `-` stand for themselves. Numbers are allocated without gaps: a repeated request gets the number it got before, two people at once never the same.',
    '',
    '## Inside its extension elements',
    table(head, extensionRows(withinProcess)),
    '',
    `**Columns** are what lists of its instances show, filter and sort by, in the order of the diagram; ${mostColumns} is the most. They are worked out after every step. With \`listed="false"\` a column is shown on the page of an instance only, beside the form of its task: what somebody must know to decide. The types:`,
    '',
    table(
      ['type', 'value'],
      columnTypes.map((type) => [code(type), typeMeanings[type]]),
    ),
    '',
    '**Stages** say in words where an instance stands. Each that an element begins must be declared.',
    '',
    '**The start form** is that of the start event without a trigger (`zeebe:formDefinition`). `GET /api/definitions/{key}` answers all of this: starters, leaders, key pattern, title, stages, columns, rules and the fields of the start form.',
    '',
    '## Elements',
    'A limit (`careloop:limit`) is an extension element of a timer event: a boundary event that does not interrupt, mostly.',
    '',
    table(head, extensionRows(ofElements)),
    '',
    '## Variables every instance has',
    table(
      ['variable', 'is'],
      givenVariables.map((name) => [code(name), variableMeanings[name] ?? '']),
    ),
    '',
    'Who completed a task is kept by an output mapping: `<zeebe:output source="=completedBy" target="applicant" />`. A user task with output mappings brings nothing else out, so a form may show fields that a completion cannot change.',
    '',
    '## Rules',
    'Limits and thresholds are data: a rule set per region, with its validity. An instance keeps the rules it began with. These are shipped:',
    '',
    table(['path', ...ruleSetNames()], rulePaths()),
    '',
    '## What comes in',
    'What an element takes in from outside stands in the diagram. Everything else is refused (422, naming each variable) or left out:',
    '',
    table(
      ['door', 'takes in'],
      [
        [
          'completion of a user task',
          'the visible, writable fields of its form; without a form the names that its output mappings read',
        ],
        ['message, signal', 'the names that the output mappings of the catch event, receive task or start event read'],
        [
          '`POST /api/instances`',
          'the fields of the start form, and the names that the output mappings of the start event read',
        ],
        ['`POST /api/conditions`', 'the names that the conditions and the output mappings of their start events read'],
        [
          'answer of a job',
          'the names that the output mappings read; without mappings what the [job type](job-types.md) answers, or what its registration names as `outputs`',
        ],
        [
          'end of a called process',
          'the names that the output mappings read, or all of it where the diagram says so (`propagateAllChildVariables`)',
        ],
        ['BPMN error, escalation', 'the names that the output mappings of the event that catches it read'],
      ],
    ),
    '',
    'So `<zeebe:output source="=get or else(note, null)" target="note" />` at a message event takes in `note`, which may be left out. A process that throws a message or signal may send more than a receiver declares: the receiver gets its part.',
    '',
    'Whose an instance is comes from its start and never from a variable: `businessKey`, `facility`, `startedAt`, `startedBy` and `rules` come in nowhere, and operators may only correct the rules. The journal keeps who wrote which names, a digest of the values, and the values of amounts (names ending in `Cents`) and of choices in full.',
    '',
    '## Forms',
    'A form is a form-js schema (`.form`), found by its `id`. A completion writes the visible, writable fields of its form and nothing else; every component and validation is executed on the server, or the diagram is refused. The page on [forms](forms.md) says which, and what a task shows to who does it.',
    '',
    '## Deploying',
    'In the browser by the [studio](studio.md), or over the API as somebody who operates the whole group:',
    '',
    '```',
    './careloop lint my/process.bpmn',
    './careloop bundle my/process.bpmn --note "First version" > process.json',
    'curl "$CARELOOP/api/definitions" -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" --data-binary @process.json',
    '```',
    '',
    'The bundle is one object: `xml`; `forms`, form-js schemas by their ids; `englishNames`, by element ids; `messages`, texts by their ids ([job types](job-types.md#message-texts)); `decisions`, a list of DMN files as text; `note`. All but `xml` may be left out. The answer names the version, and what the linter says of it. Nothing is restarted: who may start the process finds it under 发起 at once.',
    '',
    '## Jobs',
    'What a service, send or rule task may do is on the page of [job types](job-types.md): the built-in ones with what they take and answer. Others are done by [workers of your own](job-workers.md). Expressions are [FEEL](feel.md), decisions [DMN](dmn.md); how a diagram is tested is told in [testing-processes.md](testing-processes.md).',
    '',
  ].join('\n');
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href)
  writeFileSync(new URL('../docs/process-diagrams.md', import.meta.url), processDiagramsPage());
