/**
 * Further blocks of the random models: events in all places, ends, quantities, data, calls, loops and ways to undo, each in many forms.
 * Whatever makes more tokens than one has a subprocess around it, so that every block still has one way in and one way out.
 */
import type { ElementId, EventDefinition, MultiInstance } from '../../../engine/model/plan.ts';
import type { Definition, Drawer, Ends } from './block.ts';
import { feel, literal, type PlanBuilder } from './plan.ts';

const even = feel('modulo(pick, 2) = 0');
const timer = (kind: 'date' | 'duration' | 'cycle', value: string): EventDefinition => ({
  type: 'timer',
  timer: { kind, value: literal(value) },
});
const inThreeHours: EventDefinition = {
  type: 'timer',
  timer: { kind: 'date', value: feel('now() + duration("PT3H")') },
};
const message = (name: string): EventDefinition => ({ type: 'message', name: literal(name) });
const signal: EventDefinition = { type: 'signal', name: literal('rung') };
const condition: EventDefinition = { type: 'conditional', condition: even };
const escalation = (code: string): EventDefinition => ({ type: 'escalation', code: literal(code) });
const error: EventDefinition = { type: 'error', codeVariable: 'code', messageVariable: 'told' };
const limited: EventDefinition = {
  type: 'timer',
  timer: { kind: 'duration', value: literal('PT8H') },
  limit: { id: 'answer', name: 'Answer', tell: ['handler'] },
};

/** Messages have names of their own: of two that wait for the same one, the first takes it each time. What can be heard: by an intermediate event, at the border of an activity, at the start of an event subprocess. */
interface Heard {
  events: EventDefinition[];
  parallelMultiple?: true;
}
const caught = (own: ElementId): Heard[] => [
  { events: [message(own)] },
  { events: [signal] },
  { events: [condition] },
  { events: [inThreeHours] },
  { events: [timer('cycle', 'R2/PT3H')] },
  { events: [message(own), signal, timer('duration', 'P60D'), timer('duration', 'P10Y')] },
  { events: [message(own), timer('duration', 'PT2H')], parallelMultiple: true },
];
const atBorder = (own: ElementId): Heard[] => [...caught(own), { events: [escalation('late')] }, { events: [limited] }];
const onlyInterrupting: Heard[] = [{ events: [error] }, { events: [condition] }, { events: [condition, error] }];

const of = <T>(list: readonly T[], variant: number): T => list[variant % list.length]!;

/** Half of the forms interrupt. */
function border(own: ElementId, variant: number): Heard & { interrupting: boolean } {
  const interrupting = variant % 2 === 0;
  const forms = interrupting ? [...atBorder(own), ...onlyInterrupting] : atBorder(own);
  return { ...of(forms, Math.floor(variant / 2)), interrupting };
}

/** A subprocess whose elements `fill` draws, from a start event on; it says what comes last. */
function around(
  { builder, id }: Definition,
  kind: 'subProcess' | 'transaction',
  name: string,
  fill: (inside: PlanBuilder, start: ElementId) => ElementId | undefined,
  more = {},
): Ends {
  const own = id(name);
  builder.scope(
    kind,
    own,
    (inside) => {
      const start = id('start');
      inside.add('startEvent', start);
      const last = fill(inside, start);
      if (last === undefined) return;
      const end = id('end');
      inside.add('endEvent', end).flow(last, end);
    },
    more,
  );
  return [own, own];
}

const manual: Drawer = (_, { builder, id }) => {
  const own = id('manual');
  builder.add('manualTask', own);
  return [own, own];
};

const rule: Drawer = (_, { builder, id }, variant) => {
  const own = id('rule');
  builder.add(
    'businessRuleTask',
    own,
    variant % 2 === 0
      ? { decision: { id: literal('half'), resultVariable: 'halved', binding: 'deployment' } }
      : { job: { type: literal('work') } },
  );
  return [own, own];
};

const linked: Drawer = (_, definition) =>
  around(definition, 'subProcess', 'linking', (inside, start) => {
    const { id } = definition;
    const [jump, land, after] = [id('jump'), id('land'), id('after')];
    inside
      .add('intermediateThrowEvent', jump, { events: [{ type: 'link', name: jump }] })
      .add('intermediateCatchEvent', land, { events: [{ type: 'link', name: jump }] })
      .add('task', after)
      .flow(start, jump)
      .flow(land, after);
    return after;
  });

/** Two tokens make one, and one makes two, which are one again. */
const quantities: Drawer = (_, { builder, id }) => {
  const [split, gather, again] = [id('split'), id('gathering'), id('again')];
  builder
    .add('parallelGateway', split)
    .add('serviceTask', gather, { startQuantity: 2, completionQuantity: 2 })
    .add('userTask', again, { startQuantity: 2 })
    .branch(split, gather, { id: `${gather}-a` })
    .branch(split, gather, { id: `${gather}-b` })
    .flow(gather, again);
  return [split, again];
};

const heard: Drawer = (_, { builder, id }, variant) => {
  const own = id('heard');
  builder.add('intermediateCatchEvent', own, of(caught(own), variant));
  return [own, own];
};

/** A message from one branch to another; whoever waits is in a subprocess. */
const posted: Drawer = (_, definition, variant) => {
  const { builder, id } = definition;
  const [split, join, send, inner] = [id('split'), id('join'), id('post'), id('receive')];
  const letter = { name: literal('letter'), correlationKey: literal('k') };
  builder.add('parallelGateway', split).add('parallelGateway', join);
  if (variant % 3 === 0) builder.add('sendTask', send, { message: letter });
  else {
    const thrown: EventDefinition = { type: 'message', ...letter };
    builder.add('intermediateThrowEvent', send, { events: variant % 3 === 1 ? [thrown] : [signal, thrown] });
  }
  const [wait] = around(definition, 'subProcess', 'mailbox', (inside, start) => {
    inside.add('receiveTask', inner, { message: letter }).flow(start, inner);
    return inner;
  });
  builder.flow(split, send, join).flow(split, wait, join);
  return [split, join];
};

/** A called process that may fail, and may raise something while it runs. */
const called: Drawer = (_, definition, variant) => {
  const { id } = definition;
  return around(definition, 'subProcess', 'calling', (inside, start) => {
    const [own, failed, raised, told, join] = [id('calls'), id('failed'), id('raised'), id('told'), id('join')];
    inside
      .add('callActivity', own, {
        propagateAllParent: variant % 2 === 0,
        propagateAllChild: variant % 3 === 0,
        inputs: [{ source: feel('pick'), target: 'pick' }],
        outputs: [{ source: feel('pick'), target: 'brought' }],
      })
      .boundary(own, failed, { events: [error] })
      .boundary(own, raised, { events: [escalation('late')], interrupting: variant % 5 === 0 })
      .add('task', told)
      .add('exclusiveGateway', join)
      .flow(start, own, join)
      .flow(failed, join)
      .flow(raised, told);
    return join;
  });
};

/** Data goes by objects of the scope. */
const data: Drawer = (_, definition) =>
  around(
    definition,
    'subProcess',
    'data',
    (inside, start) => {
      const [write, read] = [definition.id('write'), definition.id('read')];
      inside
        .add('serviceTask', write, { dataOutputs: [{ source: 'pick', target: 'note' }] })
        .add('userTask', read, { dataInputs: [{ source: 'note', target: 'seen' }] })
        .flow(start, write, read);
      return read;
    },
    { data: [{ id: 'Note', name: 'note', isCollection: false }] },
  );

/** An event at the border of a subprocess, interrupting or not. */
const beside: Drawer = (inner, definition, variant) => {
  const { id } = definition;
  return around(definition, 'subProcess', 'beside', (inside, start) => {
    const [own, on, after, join] = [id('guarded'), id('on'), id('after'), id('join')];
    inside.scope('subProcess', own, (deeper) => {
      const [begin, work] = [id('start'), id('work')];
      const [first, last] = definition.draw(inner[0]!, deeper);
      deeper.add('startEvent', begin).add('userTask', work).flow(begin, first).flow(last, work);
      if (variant % 4 > 1) {
        const raise = id('raise');
        deeper.add('endEvent', raise, { events: [escalation('late')] }).flow(work, raise);
      }
    });
    inside
      .boundary(own, on, border(on, variant))
      .add('task', after)
      .add('exclusiveGateway', join)
      .flow(start, own, join)
      .flow(on, after);
    return join;
  });
};

/** An event subprocess inside, which takes over or runs beside. */
const within: Drawer = (inner, definition, variant) => {
  const { id } = definition;
  return around(definition, 'subProcess', 'within', (inside, start) => {
    const [first, last] = definition.draw(inner[0]!, inside);
    const [raise, wait] = [id('raise'), id('wait')];
    inside
      .add('intermediateThrowEvent', raise, { events: [escalation('late')] })
      .add('userTask', wait)
      .flow(start, raise, first)
      .flow(last, wait);
    inside.scope('eventSubProcess', id('handling'), (handling) => {
      const [on, repair, done] = [id('on'), id('repair'), id('done')];
      handling
        .add('startEvent', on, border(on, variant))
        .add('userTask', repair)
        .add('endEvent', done)
        .flow(on, repair, done);
    });
    return wait;
  });
};

const endings: EventDefinition[] = [
  { type: 'terminate' },
  { type: 'error', code: literal('E9') },
  escalation('late'),
  message('ended'),
  signal,
  { type: 'compensate', waitForCompletion: true },
];

/** One of two branches ends the subprocess, or tells somebody at its end. */
const ends: Drawer = (inner, definition, variant) => {
  const { builder, id } = definition;
  const [own, caughtHere, join] = [id('ending'), id('caught'), id('join')];
  builder.scope('subProcess', own, (inside) => {
    const [start, split, other, end] = [id('start'), id('split'), id('other'), id('stop')];
    const [first, last] = definition.draw(inner[0]!, inside);
    const [undone, undo] = [id('done'), id('undo')];
    inside
      .add('startEvent', start)
      .add('serviceTask', undone)
      .add('task', undo, { forCompensation: true })
      .boundary(undone, id('onUndo'), { events: [{ type: 'compensate', waitForCompletion: true }], handler: undo })
      .add('parallelGateway', split)
      .add('userTask', other)
      .add('endEvent', end, { events: [of(endings, variant)] })
      .flow(start, undone, split, first)
      .flow(last, end)
      .flow(split, other);
  });
  builder.boundary(own, caughtHere, { events: [error] }).add('exclusiveGateway', join);
  builder.flow(own, join).flow(caughtHere, join);
  return [own, join];
};

/** Some branches by their conditions; goes on when two tokens have come, and once more when all have. */
const some: Drawer = (inner, definition) =>
  around(definition, 'subProcess', 'some', (inside, start) => {
    const { id } = definition;
    const [split, join, on, late] = [id('choose'), id('gather'), id('onward'), id('late')];
    inside
      .add('complexGateway', split)
      .add('complexGateway', join, { activationCondition: feel('activationCount >= 2') })
      .add('task', on)
      .add('task', late)
      .flow(start, split);
    for (const block of inner) {
      const [first, last] = definition.draw(block, inside);
      inside.branch(split, first, { condition: 'pick >= 0' }).flow(last, join);
    }
    inside.branch(join, on, { condition: 'waitingForStart' }).branch(join, late, { condition: 'not(waitingForStart)' });
    return on;
  });

const behaviors: Pick<MultiInstance, 'behavior' | 'oneEvent' | 'noneEvent' | 'complex'>[] = [
  { behavior: 'all' },
  { behavior: 'one', oneEvent: signal },
  { behavior: 'none', noneEvent: escalation('one') },
  { behavior: 'one', oneEvent: message('one') },
  { behavior: 'complex', complex: [{ condition: feel('numberOfCompletedInstances = 2'), event: signal }] },
];

/** Instances that tell of their end, and stop before all are done. */
const each: Drawer = (inner, definition, variant) => {
  const { id } = definition;
  return around(definition, 'subProcess', 'each', (inside, start) => {
    const [own, on, after] = [id('instance'), id('on'), id('after')];
    const form = Math.floor(variant / 10);
    const loop: MultiInstance = {
      type: 'multi',
      sequential: variant % 2 === 0,
      inputCollection: feel('[1, 2, 3, 4]'),
      inputElement: 'item',
      outputCollection: 'collected',
      outputElement: feel('item'),
      completionCondition: feel('numberOfCompletedInstances >= 3 and modulo(pick, 2) = 0'),
      ...of(behaviors, Math.floor(variant / 2)),
    };
    if (form % 4 === 0) inside.add('serviceTask', own, { loop });
    else if (form % 4 === 1) inside.add('callActivity', own, { loop });
    else
      inside.scope(
        form % 4 === 2 ? 'subProcess' : 'transaction',
        own,
        (deeper) => {
          const begin = id('start');
          const [first] = definition.draw(inner[0]!, deeper);
          deeper.add('startEvent', begin).flow(begin, first);
        },
        { loop },
      );
    inside
      .boundary(own, on, { events: [signal, escalation('one')], interrupting: variant % 3 === 0 })
      .add('task', after)
      .flow(start, own)
      .flow(on, after);
    return own;
  });
};

const again: Drawer = (inner, definition, variant) =>
  around(
    definition,
    'subProcess',
    'round',
    (inside, start) => {
      const pause = definition.id('pause');
      const [first, last] = definition.draw(inner[0]!, inside);
      inside.add('userTask', pause).flow(start, first).flow(last, pause);
      return pause;
    },
    {
      loop: {
        type: 'standard',
        testBefore: variant % 2 === 0,
        condition: feel('modulo(pick, 3) > 0 and loopCounter < 4'),
        ...(variant % 3 === 0 && { maximum: feel('3') }),
      },
    },
  );

const asLiked: Drawer = (inner, definition, variant) => {
  const { builder, id } = definition;
  const own = id('asLiked');
  const chosen = id('chosen');
  builder.scope(
    'adHocSubProcess',
    own,
    (inside) => {
      for (const block of inner) definition.draw(block, inside);
      inside.add('userTask', chosen).add('serviceTask', id('also'));
    },
    {
      ordering: variant % 2 === 0 ? 'parallel' : 'sequential',
      cancelRemaining: variant % 3 !== 0,
      completionCondition: even,
      ...(variant % 5 === 0 && { activeElements: feel(`["${chosen}"]`) }),
    },
  );
  return [own, own];
};

/** Completed work is undone: all or one activity, waiting or not, by a task, a subprocess or an event subprocess. */
const undone: Drawer = (inner, definition, variant) => {
  const { id } = definition;
  return around(definition, 'subProcess', 'undone', (inside, start) => {
    const [work, handler, part, thrown] = [id('work'), id('handler'), id('part'), id('thrown')];
    inside.add('serviceTask', work);
    if (variant % 2 === 0)
      inside.add('userTask', handler, {
        forCompensation: true,
        ...(variant % 4 === 0 && {
          loop: { type: 'multi', sequential: false, cardinality: feel('2'), behavior: 'all' },
        }),
      });
    else
      inside.scope(
        'subProcess',
        handler,
        (deeper) =>
          deeper.add('startEvent', `${handler}s`).add('userTask', `${handler}t`).flow(`${handler}s`, `${handler}t`),
        { forCompensation: true },
      );
    inside.boundary(work, id('onUndo'), { events: [{ type: 'compensate', waitForCompletion: true }], handler });
    inside.scope('subProcess', part, (deeper) => {
      const begin = id('start');
      const [first] = definition.draw(inner[0]!, deeper);
      deeper.add('startEvent', begin).flow(begin, first);
      deeper.scope('eventSubProcess', id('undoing'), (undoing) => {
        const [on, repair] = [id('on'), id('repair')];
        undoing
          .add('startEvent', on, { events: [{ type: 'compensate', waitForCompletion: true }] })
          .add('userTask', repair)
          .flow(on, repair);
      });
    });
    const waitForCompletion = variant % 3 !== 0;
    const activity = variant % 5 < 2 ? { activity: variant % 5 === 0 ? work : part } : {};
    inside
      .add('intermediateThrowEvent', thrown, { events: [{ type: 'compensate', waitForCompletion, ...activity }] })
      .flow(start, work, part, thrown);
    return thrown;
  });
};

/** Flows that split and merge without gateways, by conditions or not; twice between the same two. */
const implicit: Drawer = (inner, definition, variant) =>
  around(definition, 'subProcess', 'implicit', (inside, start) => {
    const { id } = definition;
    const [decide, merge, lone] = [id('decide'), id('merge'), id('lone')];
    inside.add('task', decide).add('userTask', merge).add('manualTask', lone).flow(start, decide);
    const [firsts, lasts] = [inner.map((block) => definition.draw(block, inside)), [] as ElementId[]];
    firsts.forEach(([first, last], i) => {
      const conditional = variant % 2 === 0;
      inside.branch(
        decide,
        first,
        conditional ? (i === 0 ? { default: true } : { condition: `modulo(floor(pick / ${i + 1}), 2) = 0` }) : {},
      );
      lasts.push(last);
    });
    for (const last of lasts) inside.flow(last, merge);
    inside.branch(merge, lone, { id: `${lone}-a` }).branch(merge, lone, { id: `${lone}-b` });
    return lone;
  });

/** Whatever comes first: a receive task, a signal, a condition, a time. */
const race: Drawer = (inner, definition) => {
  const { builder, id } = definition;
  const [gateway, join] = [id('gateway'), id('join')];
  builder.add('eventBasedGateway', gateway).add('exclusiveGateway', join);
  const letter = id('letter');
  builder.add('receiveTask', letter, { message: { name: literal('letter') } });
  const events = [letter];
  for (const event of [signal, condition, timer('duration', 'P60D')]) {
    const on = id(event.type);
    builder.add('intermediateCatchEvent', on, { events: [event] });
    events.push(on);
  }
  const [first, last] = definition.draw(inner[0]!);
  builder.add('exclusiveGateway', `${join}-first`).flow(`${join}-first`, first).flow(last, join);
  for (const on of events) builder.flow(gateway, on, `${join}-first`);
  return [gateway, join];
};

export const moreDrawers = {
  manual,
  rule,
  linked,
  quantities,
  heard,
  posted,
  called,
  data,
  beside,
  within,
  ends,
  some,
  each,
  again,
  asLiked,
  undone,
  implicit,
  race,
};

export const moreLeaves = ['manual', 'rule', 'linked', 'quantities', 'heard', 'posted', 'called', 'data'] as const;

export const moreNested = {
  beside: [1, 1],
  within: [1, 1],
  ends: [1, 1],
  some: [2, 3],
  each: [1, 1],
  again: [1, 1],
  asLiked: [1, 2],
  undone: [1, 1],
  implicit: [2, 3],
  race: [1, 1],
} as const;
