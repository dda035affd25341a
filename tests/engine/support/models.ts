/**
 * Random block-structured models (fast-check): each block has one way in and one way out, so that every path can come to the end.
 * A new kind of element is one more entry in `blocks`.
 */
import fc from 'fast-check';
import type { ElementId, Plan } from '../../../engine/model/plan.ts';
import { begin, decisions, onWhole } from './beginnings.ts';
import type { Block, Drawer, Drawing, Ends } from './block.ts';
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
  sequence: ((inner, drawing) => {
    const ends = inner.map((block) => draw(block, drawing));
    for (let i = 1; i < ends.length; i++) drawing.builder.branch(ends[i - 1]![1], ends[i]![0]);
    return [ends[0]![0], ends.at(-1)![1]];
  }) as Drawer,
  exclusive: ((inner, drawing) => {
    const [split, join] = gateways('exclusiveGateway', drawing);
    inner.forEach((block, i) => {
      const [first, last] = draw(block, drawing);
      drawing.builder.branch(split, first, i === 0 ? { default: true } : { condition: `${coin(i, inner.length)}${i}` });
      drawing.builder.branch(last, join);
    });
    return [split, join];
  }) as Drawer,
  parallel: ((inner, drawing) => {
    const [split, join] = gateways('parallelGateway', drawing);
    for (const block of inner) {
      const [first, last] = draw(block, drawing);
      drawing.builder.flow(split, first).flow(last, join);
    }
    return [split, join];
  }) as Drawer,
  loop: ((inner, drawing) => {
    const back = drawing.id('again');
    const decide = drawing.id('decide');
    const pause = drawing.id('pause');
    drawing.builder.add('exclusiveGateway', back).add('exclusiveGateway', decide).add('userTask', pause);
    const [first, last] = draw(inner[0]!, drawing);
    drawing.builder.flow(back, first).flow(last, pause, decide);
    drawing.builder.branch(decide, back, { condition: `${coin(1, 3)}0` });
    const out = drawing.id('out');
    drawing.builder.add('task', out).branch(decide, out, { default: true });
    return [back, out];
  }) as Drawer,
  events: ((inner, drawing) => {
    const gateway = drawing.id('gateway');
    const join = drawing.id('join');
    drawing.builder.add('eventBasedGateway', gateway).add('exclusiveGateway', join);
    inner.forEach((block, i) => {
      const event = drawing.id('event');
      drawing.builder.add('intermediateCatchEvent', event, {
        events: [
          i === 0
            ? { type: 'timer', timer: { kind: 'duration', value: literal('P1D') } }
            : { type: 'message', name: literal(`message-${i}`) },
        ],
      });
      const [first, last] = draw(block, drawing);
      drawing.builder.flow(gateway, event, first).flow(last, join);
    });
    return [gateway, join];
  }) as Drawer,
  inclusive: ((inner, drawing) => {
    const [split, join] = gateways('inclusiveGateway', drawing);
    inner.forEach((block, i) => {
      const [first, last] = draw(block, drawing);
      drawing.builder.branch(split, first, i === 0 ? { default: true } : { condition: `${coin(i, 2)}0` });
      drawing.builder.branch(last, join);
    });
    return [split, join];
  }) as Drawer,
  /** Goes on at the first token and swallows the others. */
  discriminator: ((inner, drawing) => {
    const own = drawing.id('race');
    // In a scope of its own: a loop around it would come again before the late ones are there.
    drawing.builder.scope('subProcess', own, (builder) => {
      const [start, split, join, won] = ['start', 'split', 'first', 'won'].map(drawing.id) as [
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
        const [first, last] = draw(block, { ...drawing, builder });
        builder.flow(split, first).flow(last, join);
      }
      builder.flow(join, won);
    });
    return [own, own];
  }) as Drawer,
  many: ((inner, drawing) => {
    const own = drawing.id('many');
    fillScope(drawing, own, 'subProcess', inner[0]!, {
      loop: { type: 'multi', sequential: false, cardinality: feel('modulo(pick, 4)'), behavior: 'all' },
    });
    return [own, own];
  }) as Drawer,
  oneByOne: ((inner, drawing) => {
    const own = drawing.id('oneByOne');
    fillScope(drawing, own, 'subProcess', inner[0]!, {
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
  asked: ((_, drawing) => {
    const own = drawing.id('asked');
    drawing.builder.add('userTask', own, {
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
  rounds: ((_, drawing) => {
    const own = drawing.id('rounds');
    drawing.builder.add('userTask', own, {
      loop: { type: 'standard', testBefore: true, condition: feel('modulo(pick, 3) > 0'), maximum: feel('4') },
    });
    return [own, own];
  }) as Drawer,
  anyOrder: ((inner, drawing) => {
    const own = drawing.id('anyOrder');
    drawing.builder.scope(
      'adHocSubProcess',
      own,
      (builder) => {
        for (const block of inner) draw(block, { ...drawing, builder });
        // A loop has no node without a way in; something else must begin.
        builder.add('task', drawing.id('task'));
      },
      { ordering: inner.length % 2 === 0 ? 'parallel' : 'sequential' },
    );
    return [own, own];
  }) as Drawer,
  /** What is inside can be undone, and sometimes is: by a cancel end event, or by compensation afterwards. */
  undoable: ((inner, drawing) => {
    const own = drawing.id('undoable');
    const join = drawing.id('join');
    const cancelled = drawing.id('cancelled');
    const undo = drawing.id('undo');
    const { builder } = drawing;
    builder.scope('transaction', own, (inside) => {
      const start = drawing.id('start');
      const work = drawing.id('work');
      const handler = drawing.id('handler');
      const decide = drawing.id('decide');
      const end = drawing.id('end');
      const stop = drawing.id('stop');
      const [first, last] = draw(inner[0]!, { ...drawing, builder: inside });
      inside
        .add('startEvent', start)
        .add('serviceTask', work)
        .add('serviceTask', handler, { forCompensation: true })
        .boundary(work, drawing.id('onUndo'), { events: [{ type: 'compensate', waitForCompletion: true }], handler })
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
  raised: ((inner, drawing) => {
    const own = drawing.id('raising');
    const { builder } = drawing;
    builder.scope('subProcess', own, (inside) => {
      const start = drawing.id('start');
      const raise = drawing.id('raise');
      const [first, last] = draw(inner[0]!, { ...drawing, builder: inside });
      const end = drawing.id('end');
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
      const heard = drawing.id(event.type);
      const told = drawing.id('told');
      builder
        .boundary(own, heard, { interrupting: false, events: [event] })
        .add('sendTask', told)
        .flow(heard, told);
    }
    return [own, own];
  }) as Drawer,
  /** An event subprocess that may take over. */
  rescued: ((inner, drawing) => {
    const own = drawing.id('rescued');
    drawing.builder.scope('subProcess', own, (inside) => {
      const start = drawing.id('start');
      const end = drawing.id('end');
      const [first, last] = draw(inner[0]!, { ...drawing, builder: inside });
      inside.add('startEvent', start).add('endEvent', end).flow(start, first).flow(last, end);
      for (const interrupting of [true, false])
        inside.scope('eventSubProcess', drawing.id('rescue'), (rescue) => {
          const on = drawing.id('on');
          const repair = drawing.id('repair');
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
  scope: ((inner, drawing) => {
    const own = drawing.id('scope');
    fillScope(drawing, own, 'subProcess', inner[0]!);
    return [own, own];
  }) as Drawer,
  /** Interrupting boundary timer and error on a subprocess; a non-interrupting message beside. */
  guarded: ((inner, drawing) => {
    const own = drawing.id('guarded');
    const join = drawing.id('join');
    const { builder } = drawing;
    fillScope(drawing, own, 'subProcess', inner[0]!);
    builder.add('exclusiveGateway', join).flow(own, join);
    for (const event of ['timer', 'error'] as const) {
      const boundary = drawing.id(event);
      builder.boundary(own, boundary, {
        events: [
          event === 'timer'
            ? { type: 'timer', timer: { kind: 'duration', value: literal('PT2H') } }
            : { type: 'error' },
        ],
      });
      builder.flow(boundary, join);
    }
    const aside = drawing.id('aside');
    const told = drawing.id('told');
    builder
      .boundary(own, aside, { interrupting: false, events: [{ type: 'message', name: literal('aside') }] })
      .add('endEvent', told)
      .flow(aside, told);
    return [own, join];
  }) as Drawer,
  /** A cycle of reminders beside a user task. */
  reminded: ((_, drawing) => {
    const own = drawing.id('reminded');
    const reminder = drawing.id('reminder');
    const remind = drawing.id('remind');
    drawing.builder
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
  const drawing: Drawing = {
    builder,
    id: (kind) => `${kind}${++n}`,
    draw: (block, builder) => draw(block, builder ? { ...drawing, builder } : drawing),
  };
  const last = begin(drawing, root, root.begin ?? 0);
  builder.add('endEvent', 'End').flow(last, 'End');
  const plan = onWhole(builder.build(), root.begin ?? 0);
  return Object.values(plan.elements).some(({ kind }) => kind === 'businessRuleTask') ? { ...plan, decisions } : plan;
}

function draw({ kind, inner, variant = 0 }: Block, drawing: Drawing): Ends {
  const within: Drawing = {
    ...drawing,
    draw: (block, builder) => draw(block, { ...drawing, builder: builder ?? drawing.builder }),
  };
  const drawer = drawerOf[kind];
  if (!drawer) throw new Error(`There is no block of kind ${kind}.`);
  return drawer(inner, within, variant);
}

function fillScope(drawing: Drawing, own: ElementId, kind: 'subProcess', block: Block, more = {}): void {
  drawing.builder.scope(
    kind,
    own,
    (builder) => {
      const start = drawing.id('start');
      const end = drawing.id('end');
      const [first, last] = draw(block, { ...drawing, builder });
      builder.add('startEvent', start).add('endEvent', end).flow(start, first).flow(last, end);
    },
    more,
  );
}

function gateways(kind: 'exclusiveGateway' | 'parallelGateway' | 'inclusiveGateway', { builder, id }: Drawing): Ends {
  const split = id('split');
  const join = id('join');
  builder.add(kind, split).add(kind, join);
  return [split, join];
}
