/** How a random process begins, and what hangs on the process as a whole: listeners, event subprocesses. */
import type { DecisionPlan } from '../../../engine/dmn/plan.ts';
import type { ElementId, EventDefinition, Plan } from '../../../engine/model/plan.ts';
import type { Block, Definition } from './block.ts';
import { feel, literal } from './plan.ts';

/** What the business rule tasks of the models ask for. */
export const decisions: DecisionPlan[] = [
  {
    format: 1,
    id: 'rules',
    name: 'rules',
    namespace: 'test',
    nodes: {
      half: {
        kind: 'decision',
        key: 'half',
        id: 'half',
        name: 'half',
        namespace: 'test',
        requires: [],
        logic: { kind: 'literal', text: 'floor(pick / 2)' },
      },
    },
    types: {},
    imports: {},
  },
];

const message = (name: string): EventDefinition => ({ type: 'message', name: literal(name) });
const signal = (name: string): EventDefinition => ({ type: 'signal', name: literal(name) });
const timer: EventDefinition = { type: 'timer', timer: { kind: 'cycle', value: literal('R2/P1D') } };
const condition: EventDefinition = { type: 'conditional', condition: feel('modulo(pick, 2) = 0') };

/** Of a start event. Without one the process begins by a receive task or an event-based gateway. */
const startEvents: { events: EventDefinition[]; parallelMultiple?: true }[] = [
  { events: [] },
  { events: [message('begin')] },
  { events: [signal('begin')] },
  { events: [timer] },
  { events: [condition] },
  { events: [message('begin'), signal('begin')] },
  { events: [message('begin'), message('and')], parallelMultiple: true },
];
const ways = startEvents.length + 3;

/** @returns the last element */
export function begin(definition: Definition, root: Block, how: number): ElementId {
  const { builder } = definition;
  const way = how % ways;
  const events = startEvents[way];
  if (events) {
    builder.add('startEvent', 'Start', events);
    const [first, last] = definition.draw(root);
    builder.flow('Start', first);
    return last;
  }
  const [first, last] = definition.draw(root);
  if (way === startEvents.length) {
    builder
      .add('receiveTask', 'Start', { instantiate: true, message: { name: literal('begin') } })
      .flow('Start', first);
    return last;
  }
  const parallel = way === startEvents.length + 1;
  builder
    .add('eventBasedGateway', 'Begin', { instantiate: true, parallel })
    .add('intermediateCatchEvent', 'Start', { events: [message('begin')] })
    .add('receiveTask', 'Start2', { message: { name: literal('and') } })
    .add(parallel ? 'parallelGateway' : 'exclusiveGateway', 'Begun')
    .flow('Begin', 'Start', 'Begun')
    .flow('Begin', 'Start2', 'Begun')
    .flow('Begun', first);
  return last;
}

/** The start that has happened when an instance is begun by what came from outside; none: it begins by itself. */
export function startEventOf(plan: Plan): ElementId | undefined {
  const start = plan.elements['Start'];
  return start?.kind === 'startEvent' && start.events.length === 0 ? undefined : start?.id;
}

/** Some processes have listeners of their own. */
export function onWhole(plan: Plan, how: number): Plan {
  if (Math.floor(how / ways) % 3 !== 1) return plan;
  const process = plan.elements[plan.key]!;
  const listener = { type: literal('work') };
  process.listeners = { start: [listener], end: [listener, { type: literal('send') }], cancel: [listener] };
  return plan;
}
