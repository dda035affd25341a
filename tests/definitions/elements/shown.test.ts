/** Everything the registry executes has an example that shows it; every example deploys without a complaint and is drawn whole. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { BpmnModdle } from 'bpmn-moddle';
import { beforeAll, describe, expect, it } from 'vitest';
import { lintDefinition } from '../../../api/resources/definitions/lint-definition.ts';
import { type EventPosition, type Feature, features, supportedEvents, supportedKinds } from '../../../engine/index.ts';
import { elementKinds } from '../../../engine/model/element-kinds.ts';
import type { EventDefinition, Plan, PlanElement, Problem } from '../../../engine/model/plan.ts';
import { readDefinition } from '../../../scripts/definition-files.ts';
import { eventExamples, exampleFile, exampleNames, kindExamples, markerExamples } from '../../../tools/examples.ts';

interface Drawn {
  $type: string;
  bpmnElement?: { id: string; $type: string };
  bounds?: { x: number; y: number; width: number; height: number };
  label?: { bounds?: Drawn['bounds'] };
}

const names = exampleNames();
const linted = new Map<string, { plans: Plan[]; problems: Problem[] }>();

beforeAll(async () => {
  for (const name of names)
    linted.set(name, await lintDefinition(await readDefinition(exampleFile(name)), { jobs: ['*'] }));
});

const elementsOf = (name: string): PlanElement[] =>
  linted.get(name)?.plans.flatMap((plan) => Object.values(plan.elements)) ?? [];

const eventsOf = (element: PlanElement): EventDefinition[] => ('events' in element ? element.events : []);

function positionOf(element: PlanElement, among: PlanElement[]): EventPosition | undefined {
  switch (element.kind) {
    case 'startEvent':
      return among.some(({ kind, id }) => kind === 'eventSubProcess' && id === element.parent)
        ? 'eventSubProcessStart'
        : 'start';
    case 'intermediateCatchEvent':
      return 'catch';
    case 'boundaryEvent':
      return element.interrupting ? 'boundary' : 'boundaryNonInterrupting';
    case 'intermediateThrowEvent':
      return 'throw';
    case 'endEvent':
      return 'end';
    default:
      return undefined;
  }
}

const has: Record<Feature, (element: PlanElement) => boolean> = {
  multipleEvents: (element) => eventsOf(element).length > 1,
  parallelMultiple: (element) => 'parallelMultiple' in element && element.parallelMultiple === true,
  standardLoop: (element) => 'loop' in element && element.loop?.type === 'standard',
  multiInstance: (element) => 'loop' in element && element.loop?.type === 'multi',
  compensation: (element) => 'forCompensation' in element && element.forCompensation === true,
  instantiate: (element) => 'instantiate' in element && element.instantiate === true,
  quantities: (element) =>
    'startQuantity' in element && element.startQuantity !== undefined && element.startQuantity > 1,
  dataAssociations: (element) => 'dataInputs' in element && element.dataInputs !== undefined,
  sendTaskMessage: (element) => element.kind === 'sendTask' && element.message !== undefined,
  decisions: (element) => element.kind === 'businessRuleTask' && element.decision !== undefined,
};

describe('the examples', () => {
  const ownExamples = supportedKinds.filter((kind) => !['process', 'event'].includes(elementKinds[kind].family));

  it.each(ownExamples)('show %s', (kind) => {
    const examples = kindExamples[kind];
    expect(examples).not.toEqual([]);
    for (const name of examples)
      expect(
        elementsOf(name).map((element) => element.kind),
        name,
      ).toContain(kind);
  });

  it.each(
    Object.entries(supportedEvents).map(([position, events]) => [position as EventPosition, [...events]] as const),
  )('show every event at the position %s', (position, events) => {
    for (const event of events) {
      // Known to the plan, not to table 10.93: a compensation boundary event interrupts nothing.
      if (event === 'compensate' && position === 'boundaryNonInterrupting') continue;
      const name = eventExamples[event][position];
      expect(name, `${event}, ${position}`).toBeDefined();
      const elements = elementsOf(name ?? '');
      const types = elements
        .filter((element) => positionOf(element, elements) === position)
        .flatMap((element) => (eventsOf(element).length === 0 ? ['none'] : eventsOf(element).map(({ type }) => type)));
      expect(types, `${event}, ${position}: ${name}`).toContain(event);
    }
  });

  it.each(features)('show %s', (feature) => {
    const examples = markerExamples[feature];
    expect(examples).not.toEqual([]);
    for (const name of examples) expect(elementsOf(name).some(has[feature]), name).toBe(true);
  });

  it('are all shown', () => {
    const shown = [
      ...Object.values(kindExamples).flat(),
      ...Object.values(eventExamples).flatMap((positions) => Object.values(positions)),
      ...Object.values(markerExamples).flat(),
    ];
    expect([...new Set(shown)].sort()).toEqual(names);
  });
});

describe.each(names)('examples/%s', (name) => {
  it('deploys without an error or a warning, and says what it shows', () => {
    const { plans = [], problems = [] } = linted.get(name) ?? {};
    expect(problems.filter(({ severity }) => severity !== 'info')).toEqual([]);
    expect(
      problems.filter(({ code }) => ['no-diagram', 'no-bpmndi', 'no-overlapping-elements'].includes(code)),
    ).toEqual([]);
    expect(plans.length).toBeGreaterThan(0);
    const processes = readFileSync(exampleFile(name), 'utf8').match(
      /<bpmn:process [^>]*>\s*<bpmn:documentation>[A-Z]/g,
    );
    expect(processes).toHaveLength(plans.filter(({ key }) => key !== 'SecondSignature').length);
  });

  it('lays no label over a shape or another label', async () => {
    const { rootElement, warnings } = await new BpmnModdle(extensions).fromXML(readFileSync(exampleFile(name), 'utf8'));
    expect(warnings).toEqual([]);
    const file = rootElement as unknown as { diagrams: { plane: { planeElement: Drawn[] } }[] };
    const drawn = file.diagrams[0]?.plane.planeElement ?? [];
    const labels = drawn.flatMap((di) =>
      di.label?.bounds ? [{ id: `${di.bpmnElement?.id} (label)`, bounds: di.label.bounds }] : [],
    );
    const plain = drawn.filter(
      ({ bpmnElement }) => !/Process|Transaction|Participant|Lane/.test(bpmnElement?.$type ?? ''),
    );
    const shapes = plain.flatMap((di) => (di.bounds ? [{ id: `${di.bpmnElement?.id}`, bounds: di.bounds }] : []));
    const clashes = labels.flatMap((label, i) =>
      [...labels.slice(i + 1), ...shapes]
        .filter((other) => overlap(label.bounds, other.bounds))
        .map(({ id }) => `${label.id} ${id}`),
    );
    expect(clashes).toEqual([]);
  });
});

const require = createRequire(import.meta.url);
const extensions = {
  zeebe: require('zeebe-bpmn-moddle/resources/zeebe.json') as unknown,
  careloop: require('../../../engine/compile/careloop-moddle.json') as unknown,
};

type Bounds = NonNullable<Drawn['bounds']>;

const overlap = (a: Bounds, b: Bounds): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
