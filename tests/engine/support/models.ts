/**
 * Random block-structured models (fast-check): each block has one way in and one way out, so that every path can come to the end.
 * A new kind of element is one more entry in `blocks`.
 */
import fc from 'fast-check';
import type { ElementId, Plan } from '../../../engine/model/plan.ts';
import { begin, decisions, onWhole } from './beginnings.ts';
import type { Block, Definition, Drawer, Ends } from './block.ts';
import { moreDrawers, moreLeaves, moreNested } from './blocks.ts';
import { aPlan, feel, literal } from './plan.ts';

function leaf(
  kind:
    | 'task'
    | 'userTask'
    | 'serviceTask'
    | 'sendTask'
    | 'scriptTask'
    | 'receiveTask'
    | 'callActivity'
    | 'intermediateThrowEvent',
  more = {},
): Drawer {
  return (_, { builder, id }) => {
    const own = id(kind);
    builder.add(kind, own, more);
    return [own, own];
  };
}

/** What decides at random: `pick` is set anew by every act that carries variables. */
const coin = (n: number, of: number) => `modulo(floor(pick / ${n + 1}), ${of}) = `;

const drawers = {
  task: leaf('task'),
  user: leaf('userTask', { user: { candidateGroups: literal('handler') } }),
  job: leaf('serviceTask', {
    inputs: [{ source: feel('pick'), target: 'given' }],
    outputs: [{ source: feel('pick'), target: 'pick' }],
  }),
  plainJob: leaf('sendTask'),
  /** Around a job, and around each instance of a multi-instance: jobs of their own that hold it up. */
  listeners: ((_, { builder, id }) => {
    const [one, each] = [id('listened'), id('listenedEach')];
    const listener = { type: literal('work') };
    builder.add('serviceTask', one, { listeners: { start: [listener, { type: literal('send') }], end: [listener] } });
    builder.add('sendTask', each, {
      loop: { type: 'multi', sequential: false, cardinality: feel('modulo(pick, 3)'), behavior: 'all' },
      listeners: { beforeAll: [listener], start: [listener], end: [listener] },
    });
    builder.flow(one, each);
    return [one, each];
  }) as Drawer,
  listenersOfTask: leaf('userTask', {
    user: { candidateGroups: literal('handler') },
    listeners: {
      creating: [{ type: literal('work') }],
      completing: [{ type: literal('work') }, { type: literal('send') }],
      canceling: [{ type: literal('work') }],
    },
  }),
  script: leaf('scriptTask', { script: { source: feel('pick + 1'), resultVariable: 'counted' } }),
  message: leaf('receiveTask'),
  call: leaf('callActivity'),
  nothing: leaf('intermediateThrowEvent'),
  timer: ((_, { builder, id }) => {
    const own = id('timer');
    builder.add('intermediateCatchEvent', own, {
      events: [{ type: 'timer', timer: { kind: 'duration', value: literal('PT1H') } }],
    });
    return [own, own];
  }) as Drawer,
  sequence: ((inner, definition) => {
    const ends = inner.map((block) => draw(block, definition));
    for (let i = 1; i < ends.length; i++) definition.builder.branch(ends[i - 1]![1], ends[i]![0]);
    return [ends[0]![0], ends.at(-1)![1]];
  }) as Drawer,
  exclusive: ((inner, definition) => {
    const [split, join] = gateways('exclusiveGateway', definition);
    inner.forEach((block, i) => {
      const [first, last] = draw(block, definition);
      definition.builder.branch(
        split,
        first,
        i === 0 ? { default: true } : { condition: `${coin(i, inner.length)}${i}` },
      );
      definition.builder.branch(last, join);
    });
    return [split, join];
  }) as Drawer,
  parallel: ((inner, definition) => {
    const [split, join] = gateways('parallelGateway', definition);
    for (const block of inner) {
      const [first, last] = draw(block, definition);
      definition.builder.flow(split, first).flow(last, join);
    }
    return [split, join];
  }) as Drawer,
  loop: ((inner, definition) => {
    const back = definition.id('again');
    const decide = definition.id('decide');
    const pause = definition.id('pause');
    definition.builder.add('exclusiveGateway', back).add('exclusiveGateway', decide).add('userTask', pause);
    const [first, last] = draw(inner[0]!, definition);
    definition.builder.flow(back, first).flow(last, pause, decide);
    definition.builder.branch(decide, back, { condition: `${coin(1, 3)}0` });
    const out = definition.id('out');
    definition.builder.add('task', out).branch(decide, out, { default: true });
    return [back, out];
  }) as Drawer,
  events: ((inner, definition) => {
    const gateway = definition.id('gateway');
    const join = definition.id('join');
    definition.builder.add('eventBasedGateway', gateway).add('exclusiveGateway', join);
    inner.forEach((block, i) => {
      const event = definition.id('event');
      definition.builder.add('intermediateCatchEvent', event, {
        events: [
          i === 0
            ? { type: 'timer', timer: { kind: 'duration', value: literal('P1D') } }
            : { type: 'message', name: literal(`message-${i}`) },
        ],
      });
      const [first, last] = draw(block, definition);
      definition.builder.flow(gateway, event, first).flow(last, join);
    });
    return [gateway, join];
  }) as Drawer,
  inclusive: ((inner, definition) => {
    const [split, join] = gateways('inclusiveGateway', definition);
    inner.forEach((block, i) => {
      const [first, last] = draw(block, definition);
      definition.builder.branch(split, first, i === 0 ? { default: true } : { condition: `${coin(i, 2)}0` });
      definition.builder.branch(last, join);
    });
    return [split, join];
  }) as Drawer,
  /** Goes on at the first token and swallows the others. */
  discriminator: ((inner, definition) => {
    const own = definition.id('race');
    // In a scope of its own: a loop around it would come again before the late ones are there.
    definition.builder.scope('subProcess', own, (builder) => {
      const [start, split, join, won] = ['start', 'split', 'first', 'won'].map(definition.id) as [
        string,
        string,
        string,
        string,
      ];
      builder
        .add('startEvent', start)
        .add('parallelGateway', split)
        .add('complexGateway', join, { activationCondition: feel('activationCount >= 1') })
        .add('userTask', won)
        .flow(start, split);
      for (const block of inner) {
        const [first, last] = draw(block, { ...definition, builder });
        builder.flow(split, first).flow(last, join);
      }
      builder.flow(join, won);
    });
    return [own, own];
  }) as Drawer,
  many: ((inner, definition) => {
    const own = definition.id('many');
    fillScope(definition, own, 'subProcess', inner[0]!, {
      loop: { type: 'multi', sequential: false, cardinality: feel('modulo(pick, 4)'), behavior: 'all' },
    });
    return [own, own];
  }) as Drawer,
  oneByOne: ((inner, definition) => {
    const own = definition.id('oneByOne');
    fillScope(definition, own, 'subProcess', inner[0]!, {
      loop: {
        type: 'multi',
        sequential: true,
        inputCollection: feel('[1, 2, 3]'),
        inputElement: 'item',
        outputCollection: 'collected',
        outputElement: feel('item * 2'),
        completionCondition: feel('modulo(pick, 3) = 0'),
        behavior: 'all',
      },
    });
    return [own, own];
  }) as Drawer,
  asked: ((_, definition) => {
    const own = definition.id('asked');
    definition.builder.add('userTask', own, {
      loop: {
        type: 'multi',
        sequential: false,
        inputCollection: feel('["a", "b", "c"]'),
        inputElement: 'person',
        behavior: 'all',
      },
    });
    return [own, own];
  }) as Drawer,
  rounds: ((_, definition) => {
    const own = definition.id('rounds');
    definition.builder.add('userTask', own, {
      loop: { type: 'standard', testBefore: true, condition: feel('modulo(pick, 3) > 0'), maximum: feel('4') },
    });
    return [own, own];
  }) as Drawer,
  anyOrder: ((inner, definition) => {
    const own = definition.id('anyOrder');
    definition.builder.scope(
      'adHocSubProcess',
      own,
      (builder) => {
        for (const block of inner) draw(block, { ...definition, builder });
        // A loop has no node without a way in; something else must begin.
        builder.add('task', definition.id('task'));
      },
      { ordering: inner.length % 2 === 0 ? 'parallel' : 'sequential' },
    );
    return [own, own];
  }) as Drawer,
  /** What is inside can be undone, and sometimes is: by a cancel end event, or by compensation afterwards. */
  undoable: ((inner, definition) => {
    const own = definition.id('undoable');
    const join = definition.id('join');
    const cancelled = definition.id('cancelled');
    const undo = definition.id('undo');
    const { builder } = definition;
    builder.scope('transaction', own, (inside) => {
      const start = definition.id('start');
      const work = definition.id('work');
      const handler = definition.id('handler');
      const decide = definition.id('decide');
      const end = definition.id('end');
      const stop = definition.id('stop');
      const [first, last] = draw(inner[0]!, { ...definition, builder: inside });
      inside
        .add('startEvent', start)
        .add('serviceTask', work)
        .add('serviceTask', handler, { forCompensation: true })
        .boundary(work, definition.id('onUndo'), { events: [{ type: 'compensate', waitForCompletion: true }], handler })
        .add('exclusiveGateway', decide)
        .add('endEvent', end)
        .add('endEvent', stop, { events: [{ type: 'cancel' }] })
        .flow(start, work, first)
        .flow(last, decide)
        .branch(decide, stop, { condition: `${coin(0, 3)}0` })
        .branch(decide, end, { default: true });
    });
    builder
      .add('exclusiveGateway', join)
      .boundary(own, cancelled, { events: [{ type: 'cancel' }] })
      .add('intermediateThrowEvent', undo, { events: [{ type: 'compensate', waitForCompletion: true }] })
      .flow(own, undo, join)
      .flow(cancelled, join);
    return [own, join];
  }) as Drawer,
  /** Raised inside, heard beside; and a condition that comes and goes. */
  raised: ((inner, definition) => {
    const own = definition.id('raising');
    const { builder } = definition;
    builder.scope('subProcess', own, (inside) => {
      const start = definition.id('start');
      const raise = definition.id('raise');
      const [first, last] = draw(inner[0]!, { ...definition, builder: inside });
      const end = definition.id('end');
      inside
        .add('startEvent', start)
        .add('intermediateThrowEvent', raise, { events: [{ type: 'escalation', code: literal('late') }] })
        .add('endEvent', end, { events: [{ type: 'signal', name: literal('over') }] })
        .flow(start, raise, first)
        .flow(last, end);
    });
    for (const event of [
      { type: 'escalation' },
      { type: 'conditional', condition: feel('modulo(pick, 2) = 0') },
      { type: 'signal', name: literal('over') },
    ] as const) {
      const heard = definition.id(event.type);
      const told = definition.id('told');
      builder
        .boundary(own, heard, { interrupting: false, events: [event] })
        .add('sendTask', told)
        .flow(heard, told);
    }
    return [own, own];
  }) as Drawer,
  /** An event subprocess that may take over. */
  rescued: ((inner, definition) => {
    const own = definition.id('rescued');
    definition.builder.scope('subProcess', own, (inside) => {
      const start = definition.id('start');
      const end = definition.id('end');
      const [first, last] = draw(inner[0]!, { ...definition, builder: inside });
      inside.add('startEvent', start).add('endEvent', end).flow(start, first).flow(last, end);
      for (const interrupting of [true, false])
        inside.scope('eventSubProcess', definition.id('rescue'), (rescue) => {
          const on = definition.id('on');
          const repair = definition.id('repair');
          rescue
            .add('startEvent', on, {
              interrupting,
              events: interrupting ? [{ type: 'error' }] : [{ type: 'message', name: literal('help') }],
            })
            .add('userTask', repair)
            .flow(on, repair);
        });
    });
    return [own, own];
  }) as Drawer,
  scope: ((inner, definition) => {
    const own = definition.id('scope');
    fillScope(definition, own, 'subProcess', inner[0]!);
    return [own, own];
  }) as Drawer,
  /** Interrupting boundary timer and error on a subprocess; a non-interrupting message beside. */
  guarded: ((inner, definition) => {
    const own = definition.id('guarded');
    const join = definition.id('join');
    const { builder } = definition;
    fillScope(definition, own, 'subProcess', inner[0]!);
    builder.add('exclusiveGateway', join).flow(own, join);
    for (const event of ['timer', 'error'] as const) {
      const boundary = definition.id(event);
      builder.boundary(own, boundary, {
        events: [
          event === 'timer'
            ? { type: 'timer', timer: { kind: 'duration', value: literal('PT2H') } }
            : { type: 'error' },
        ],
      });
      builder.flow(boundary, join);
    }
    const aside = definition.id('aside');
    const told = definition.id('told');
    builder
      .boundary(own, aside, { interrupting: false, events: [{ type: 'message', name: literal('aside') }] })
      .add('endEvent', told)
      .flow(aside, told);
    return [own, join];
  }) as Drawer,
  /** A cycle of reminders beside a user task. */
  reminded: ((_, definition) => {
    const own = definition.id('reminded');
    const reminder = definition.id('reminder');
    const remind = definition.id('remind');
    definition.builder
      .add('userTask', own)
      .boundary(own, reminder, {
        interrupting: false,
        events: [{ type: 'timer', timer: { kind: 'cycle', value: literal('R3/PT30M') } }],
      })
      .add('sendTask', remind)
      .flow(reminder, remind);
    return [own, own];
  }) as Drawer,
  ...moreDrawers,
};

const variant = fc.nat(1000);

/** Blocks with nothing inside, and how many inner blocks the others take. */
const leaves = [
  'task',
  'user',
  'job',
  'plainJob',
  'script',
  'message',
  'call',
  'nothing',
  'timer',
  'reminded',
  'listeners',
  'listenersOfTask',
  'asked',
  'rounds',
  ...moreLeaves,
] as const;
const nested = {
  sequence: [1, 4],
  exclusive: [2, 3],
  parallel: [2, 3],
  loop: [1, 1],
  events: [2, 3],
  scope: [1, 1],
  guarded: [1, 1],
  inclusive: [2, 3],
  discriminator: [2, 3],
  many: [1, 1],
  oneByOne: [1, 1],
  anyOrder: [1, 3],
  undoable: [1, 1],
  raised: [1, 1],
  rescued: [1, 1],
  ...moreNested,
} as const satisfies Partial<Record<keyof typeof drawers, readonly [number, number]>>;

const anyBlock = (maxDepth: number): fc.Arbitrary<Block> =>
  fc.letrec<{ block: Block }>((tie) => ({
    block: fc.oneof(
      { depthSize: 'small', withCrossShrink: true, maxDepth },
      fc.record({ kind: fc.constantFrom(...leaves), inner: fc.constant<Block[]>([]), variant }),
      ...Object.entries(nested).map(([kind, [minLength, maxLength]]) =>
        fc.record({
          kind: fc.constant(kind as keyof typeof nested),
          inner: fc.array(tie('block'), { minLength, maxLength }),
          variant,
        }),
      ),
    ),
  })).block;

/** Half of the processes begin plainly. */
const anyRoot = (maxDepth: number): fc.Arbitrary<Block> =>
  fc.tuple(anyBlock(maxDepth), fc.oneof(fc.constant(0), fc.nat(1000))).map(([root, begin]) => ({ ...root, begin }));

/** Of all sizes: some thirty elements, at times hundreds. */
export const block: fc.Arbitrary<Block> = anyRoot(Number.POSITIVE_INFINITY);
/** Blocks in a block at most. */
export const smallBlock: fc.Arbitrary<Block> = anyRoot(1);

/** Every kind of block. */
export const blockKinds = Object.keys(drawers);

const drawerOf: Readonly<Record<string, Drawer>> = drawers;

/** Kinds that take just one block inside. */
export const singleKinds: ReadonlySet<string> = new Set(
  Object.entries(nested).flatMap(([kind, [, most]]) => (most === 1 ? [kind] : [])),
);

export function modelOf(root: Block): Plan {
  let n = 0;
  const builder = aPlan('random');
  const definition: Definition = {
    builder,
    id: (kind) => `${kind}${++n}`,
    draw: (block, builder) => draw(block, builder ? { ...definition, builder } : definition),
  };
  const last = begin(definition, root, root.begin ?? 0);
  builder.add('endEvent', 'End').flow(last, 'End');
  const plan = onWhole(builder.build(), root.begin ?? 0);
  return Object.values(plan.elements).some(({ kind }) => kind === 'businessRuleTask') ? { ...plan, decisions } : plan;
}

function draw({ kind, inner, variant = 0 }: Block, definition: Definition): Ends {
  const within: Definition = {
    ...definition,
    draw: (block, builder) => draw(block, { ...definition, builder: builder ?? definition.builder }),
  };
  const drawer = drawerOf[kind];
  if (!drawer) throw new Error(`There is no block of kind ${kind}.`);
  return drawer(inner, within, variant);
}

function fillScope(definition: Definition, own: ElementId, kind: 'subProcess', block: Block, more = {}): void {
  definition.builder.scope(
    kind,
    own,
    (builder) => {
      const start = definition.id('start');
      const end = definition.id('end');
      const [first, last] = draw(block, { ...definition, builder });
      builder.add('startEvent', start).add('endEvent', end).flow(start, first).flow(last, end);
    },
    more,
  );
}

function gateways(
  kind: 'exclusiveGateway' | 'parallelGateway' | 'inclusiveGateway',
  { builder, id }: Definition,
): Ends {
  const split = id('split');
  const join = id('join');
  builder.add(kind, split).add(kind, join);
  return [split, join];
}
