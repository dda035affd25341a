/** Every event wherever table 10.93 of the standard allows it: in tasks, subprocesses, transactions and processes, interrupting or not. */
import { describe, expect, it } from 'vitest';
import {
  boundary,
  caught,
  element,
  end,
  eventSub,
  on,
  play,
  script,
  start,
  sub,
  thrown,
  transaction,
} from './sketch.ts';

const a = { test: 'a' };
const holds = '=contains(test, "a")';

/** What happens inside by which the event comes, after which `t1` follows where it is not interrupted. */
const triggers = {
  message: { by: on.message(), happens: { N1: thrown(on.message()) } },
  signal: { by: on.signal(), happens: { N1: thrown(on.signal()) } },
  'shared signal': { by: on.shared('sharedSignal'), happens: { N1: thrown(on.signal()) } },
  'shared message': { by: on.shared('sharedMessage'), happens: { N1: thrown(on.shared('sharedMessage')) } },
  escalation: { by: on.escalation('c1'), happens: { N1: thrown(on.escalation('c1')) } },
  'any escalation': { by: on.escalation(), happens: { N1: thrown(on.escalation('c1')) } },
  'shared escalation': {
    by: on.shared('sharedEscalation'),
    happens: { N1: thrown(on.shared('sharedEscalation')) },
  },
  condition: { by: on.condition('=integerVariable >= 1'), happens: { N1: script('INCREMENT_INTEGER_VARIABLE') } },
  duration: { by: on.after(), happens: { N1: caught(on.after('PT5S')) } },
  'shared timer': { by: on.shared('sharedTimer'), happens: { N1: caught(on.after('PT5S')) } },
  date: { by: on.at('2026-01-05T00:00:01Z'), happens: { N1: caught(on.after('PT5S')) } },
  'past date': { by: on.at('2020-01-01T00:00:00Z'), happens: { N1: caught(on.after('PT5S')) } },
  cycle: { by: on.every('R1/PT1S'), happens: { N1: caught(on.after('PT5S')) } },
} as const;
const counted = { integerVariable: 0, test: 'a' };
const cases = Object.entries(triggers).map(([name, trigger]) => ({ name, ...trigger }));

describe('a boundary event of a subprocess', () => {
  it.each(cases)('by $name interrupts it', async ({ by, happens }) => {
    const parts = {
      A: sub('S -> N1 -> Wait -> t1 -> E', { ...happens, Wait: caught(on.after('PT1M')) }),
      B: boundary('A', by),
    };
    expect(await play({ paths: 'S -> A -> t2 -> E; B -> t3 -> E2', parts, variables: counted })).toEqual(['3']);
  });

  it.each(cases)('by $name does not interrupt it', async ({ by, happens }) => {
    const parts = { A: sub('S -> N1 -> t1 -> E', happens), B: boundary('A', by, 'cancelActivity="false"') };
    expect(await play({ paths: 'S -> A -> t2 -> E; B -> t3 -> E2', parts, variables: counted })).toEqual([
      '1',
      '2',
      '3',
    ]);
  });

  it.each(['e1', undefined])('by error %s interrupts it, thrown two levels below', async (caughtError) => {
    const parts = {
      A: sub('S -> A2 -> t1 -> E', { A2: sub('S -> E', { E: end(on.error('e1')) }) }),
      B: boundary('A', on.error(caughtError)),
    };
    expect(await play({ paths: 'S -> A -> t2 -> E; B -> t3 -> E2', parts })).toEqual(['3']);
  });

  it('by another error does not catch it', async () => {
    const parts = { A: sub('S -> E', { E: end(on.error('e1')) }), B: boundary('A', on.error('e2')) };
    expect(await play({ paths: 'S -> A -> t2 -> E; B -> t3 -> E2', parts })).toEqual(['ERROR_thrownErrorEvent']);
  });

  it('by a shared error definition catches a shared one', async () => {
    const parts = {
      A: sub('S -> E', { E: end(on.shared('sharedError')) }),
      B: boundary('A', on.shared('sharedError')),
    };
    expect(await play({ paths: 'S -> A -> t2 -> E; B -> t3 -> E2', parts })).toEqual(['3']);
  });

  it('of several events, any triggers it', async () => {
    const parts = {
      A: sub('S -> N1 -> Wait -> t1 -> E', { N1: thrown(on.signal('s2')), Wait: caught(on.after()) }),
      B: boundary('A', on.signal() + on.signal('s2')),
    };
    expect(await play({ paths: 'S -> A -> t2 -> E; B -> t3 -> E2', parts })).toEqual(['3']);
  });

  it.each([
    ['s1', ['1', '2']],
    ['s2', ['3']],
  ])('of several events together waits for all of them (second: %s)', async (second, log) => {
    const parts = {
      A: sub('S -> N1 -> N2 -> Wait -> t1 -> E', {
        N1: thrown(on.signal()),
        N2: thrown(on.signal(second)),
        Wait: caught(on.after()),
      }),
      B: boundary('A', on.signal() + on.signal('s2'), 'parallelMultiple="true"'),
    };
    expect(await play({ paths: 'S -> A -> t2 -> E; B -> t3 -> E2', parts })).toEqual(log);
  });
});

describe('a boundary event of a task', () => {
  const outside = {
    message: thrown(on.message()),
    signal: thrown(on.signal()),
    condition: script('INCREMENT_INTEGER_VARIABLE'),
  };
  const own = [
    ['message', on.message()],
    ['signal', on.signal()],
    ['condition', on.condition('=integerVariable >= 1')],
    ['timer', on.after()],
  ] as const;
  it.each(own)('by %s interrupts it', async (kind, by) => {
    const parts = { B: boundary('W', by), N1: outside[kind as 'message'] ?? element('intermediateThrowEvent') };
    const paths = 'S -> P -> W -> t1 -> E; P -> L -> N1 -> E2; B -> t2 -> E3';
    const timed = { ...parts, L: caught(on.after('PT2S')) };
    expect(await play({ paths, parts: timed, variables: counted })).toEqual(['2']);
  });
  it.each(own)('by %s does not interrupt it', async (kind, by) => {
    const parts = {
      B: boundary('W', by, 'cancelActivity="false"'),
      N1: outside[kind as 'message'] ?? element('intermediateThrowEvent'),
    };
    const paths = 'S -> P -> W -> t1 -> E; P -> L -> N1 -> E2; B -> t2 -> E3';
    const timed = { ...parts, L: caught(on.after('PT2S')) };
    expect(await play({ paths, parts: timed, variables: counted })).toEqual(['1', '2']);
  });
  it('by an error catches what its script throws', async () => {
    const parts = { A: script('THROW_ERROR'), B: boundary('A', on.error('thrown')) };
    expect(await play({ paths: 'S -> A -> t1 -> E; B -> t2 -> E2', parts })).toEqual(['2']);
  });
  it('by a cycle fires as often as it says', async () => {
    const parts = { B: boundary('W', on.every('R3/PT2S'), 'cancelActivity="false"') };
    expect(await play({ paths: 'S -> W -> t1 -> E; B -> t2 -> E2', parts })).toEqual(['1', '2', '2', '2']);
  });
});

describe('a boundary event of a call activity', () => {
  const call = element('callActivity', 'calledElement="Q"');
  it('catches an error of what it calls', async () => {
    const parts = { A: call, B: boundary('A', on.error('e1')) };
    const others = { Q: ['S9 -> t1 -> E9', { E9: end(on.error('e1')) }] } as const;
    expect(await play({ paths: 'S -> A -> t2 -> E; B -> t3 -> E2', parts, others: { Q: [...others.Q] } })).toEqual([
      '1',
      '3',
    ]);
  });
  it('by a timer ends what it calls', async () => {
    const parts = { A: call, B: boundary('A', on.after()) };
    expect(
      await play({
        paths: 'S -> A -> t2 -> E; B -> t3 -> E2',
        parts,
        others: { Q: ['S9 -> W9 -> t1 -> E9'] },
        waitMs: 5000,
      }),
    ).toEqual(['3']);
  });
});

describe('a transaction', () => {
  it('that is cancelled compensates what is done, then leaves by its cancel event', async () => {
    const parts = {
      A: transaction('S -> t1 -> Z', {
        Z: end(on.cancel()),
        C: boundary('t1', on.compensation()),
        t4: script('SCRIPT_task4', '', 'isForCompensation="true"'),
        a1: element('association', 'sourceRef="C" targetRef="t4" associationDirection="One"'),
      }),
      B: boundary('A', on.cancel()),
    };
    expect(await play({ paths: 'S -> A -> t2 -> E; B -> t3 -> E2', parts })).toEqual(['1', '3', '4']);
  });
  it('that is cancelled by a shared definition leaves by a shared one', async () => {
    const parts = {
      A: transaction('S -> t1 -> Z', { Z: end(on.shared('sharedCancel')) }),
      B: boundary('A', on.shared('sharedCancel')),
    };
    expect(await play({ paths: 'S -> A -> t2 -> E; B -> t3 -> E2', parts })).toEqual(['1', '3']);
  });
  it('that ends by an error is not compensated', async () => {
    const parts = {
      A: transaction('S -> t1 -> Z', {
        Z: end(on.error('e1')),
        C: boundary('t1', on.compensation()),
        t4: script('SCRIPT_task4', '', 'isForCompensation="true"'),
        a1: element('association', 'sourceRef="C" targetRef="t4" associationDirection="One"'),
      }),
      B: boundary('A', on.error('e1')),
    };
    expect(await play({ paths: 'S -> A -> t2 -> E; B -> t3 -> E2', parts })).toEqual(['1', '3']);
  });
  it('that ends well continues', async () => {
    expect(await play({ paths: 'S -> A -> t2 -> E', parts: { A: transaction('S -> t1 -> E') } })).toEqual(['1', '2']);
  });
});

describe.each([
  [
    'of a subprocess',
    (inner: Parameters<typeof sub>[1], paths: string) => ({
      paths: 'S -> A -> t2 -> E',
      parts: { A: sub(paths, inner) },
      goes: ['2'],
    }),
  ],
  [
    'of the process',
    (inner: Parameters<typeof sub>[1], paths: string) => ({ paths, parts: inner, goes: [] as string[] }),
  ],
])('an event subprocess %s', (_, around) => {
  it.each(cases)('by $name interrupts', async ({ by, happens }) => {
    const { paths, parts, goes } = around(
      { ...happens, Wait: caught(on.after('PT1M')), H: eventSub(start(by), 'SH -> t3 -> EH') },
      'S1 -> N1 -> Wait -> t1 -> E1',
    );
    expect(await play({ paths, parts: parts!, variables: counted })).toEqual(['3', ...goes].sort());
  });

  it.each(cases)('by $name does not interrupt', async ({ by, happens }) => {
    const { paths, parts, goes } = around(
      { ...happens, H: eventSub(start(by, 'isInterrupting="false"'), 'SH -> t3 -> EH') },
      'S1 -> N1 -> t1 -> E1',
    );
    expect(await play({ paths, parts: parts!, variables: counted })).toEqual(['1', '3', ...goes].sort());
  });

  it.each(['e1', undefined])('by error %s interrupts', async (error) => {
    const { paths, parts, goes } = around(
      { E1: end(on.error('e1')), H: eventSub(start(on.error(error)), 'SH -> t3 -> EH') },
      'S1 -> t1 -> E1',
    );
    expect(await play({ paths, parts: parts! })).toEqual(['1', '3', ...goes].sort());
  });

  it('by the error a script throws interrupts', async () => {
    const { paths, parts, goes } = around(
      { A1: script('THROW_ERROR'), H: eventSub(start(on.error()), 'SH -> t3 -> EH') },
      'S1 -> A1 -> t1 -> E1',
    );
    expect(await play({ paths, parts: parts! })).toEqual(['3', ...goes].sort());
  });

  it('by several events together waits for all of them', async () => {
    const { paths, parts, goes } = around(
      {
        N1: thrown(on.signal()),
        N2: thrown(on.signal('s2')),
        Wait: caught(on.after()),
        H: eventSub(start(on.signal() + on.signal('s2'), 'parallelMultiple="true"'), 'SH -> t3 -> EH'),
      },
      'S1 -> N1 -> N2 -> Wait -> t1 -> E1',
    );
    expect(await play({ paths, parts: parts! })).toEqual(['3', ...goes].sort());
  });

  it('by one of several events interrupts', async () => {
    const { paths, parts, goes } = around(
      {
        N1: thrown(on.signal('s2')),
        Wait: caught(on.after()),
        H: eventSub(start(on.signal() + on.signal('s2')), 'SH -> t3 -> EH'),
      },
      'S1 -> N1 -> Wait -> t1 -> E1',
    );
    expect(await play({ paths, parts: parts! })).toEqual(['3', ...goes].sort());
  });

  it('by a cycle fires as often as it says', async () => {
    const { paths, parts, goes } = around(
      {
        Wait: caught(on.after('PT9S')),
        H: eventSub(start(on.every('R3/PT2S'), 'isInterrupting="false"'), 'SH -> t3 -> EH'),
      },
      'S1 -> Wait -> t1 -> E1',
    );
    expect(await play({ paths, parts: parts! })).toEqual(['1', '3', '3', '3', ...goes].sort());
  });
});

describe('an intermediate event', () => {
  it.each([
    ['duration', on.after()],
    ['date', on.at('2026-01-05T00:00:02Z')],
    ['past date', on.at('2020-01-05T00:00:02Z')],
    ['cycle', on.every('R1/PT1S')],
    ['cycle of several', on.every('R3/PT1S')],
    ['shared timer', on.shared('sharedTimer')],
    ['condition that holds', on.condition(holds)],
    ['shared condition', on.shared('sharedCondition')],
  ])('waits for a %s and continues once', async (_, by) => {
    expect(await play({ paths: 'S -> C -> t1 -> E', parts: { C: caught(by) }, variables: a, waitMs: 20_000 })).toEqual([
      '1',
    ]);
  });

  it('waits for a condition that becomes true', async () => {
    const parts = {
      C: caught(on.condition('=integerVariable >= 1')),
      L: caught(on.after()),
      I: script('INCREMENT_INTEGER_VARIABLE'),
    };
    expect(await play({ paths: 'S -> P -> C -> t1 -> E; P -> L -> I -> t2 -> E2', parts, variables: counted })).toEqual(
      ['1', '2'],
    );
  });

  it('waits on when its condition never holds', async () => {
    const parts = { C: caught(on.condition(holds)) };
    expect(await play({ paths: 'S -> C -> t1 -> E', parts, variables: { test: 'b' }, waitMs: 60_000 })).toEqual([]);
  });

  it.each(['message', 'signal'] as const)('throws a %s to another process that waits', async (kind) => {
    const others: Parameters<typeof play>[0]['others'] = {
      Q: ['S9 -> C9 -> M9 -> E9', { C9: caught(on[kind]()), M9: script('CREATE_MARKER_FILE') }],
    };
    expect(
      await play({ paths: 'S -> N1 -> t1 -> E', parts: { N1: thrown(on[kind]()) }, others, alsoStarts: 'Q' }),
    ).toEqual(['1', 'MARKER_exists']);
  });

  it.each(['message', 'signal'] as const)('throws a %s that starts another process', async (kind) => {
    const others: Parameters<typeof play>[0]['others'] = {
      Q: ['S9 -> M9 -> E9', { S9: start(on[kind]()), M9: script('CREATE_MARKER_FILE') }],
    };
    expect(await play({ paths: 'S -> N1 -> t1 -> E', parts: { N1: thrown(on[kind]()) }, others })).toEqual([
      '1',
      'MARKER_exists',
    ]);
  });

  it('starts a process by either of several events of its start event', async () => {
    const others: Parameters<typeof play>[0]['others'] = {
      Q: ['S9 -> t2 -> E9', { S9: start(on.signal() + on.signal('s2')) }],
    };
    expect(await play({ paths: 'S -> N1 -> t1 -> E', parts: { N1: thrown(on.signal('s2')) }, others })).toEqual([
      '1',
      '2',
    ]);
  });

  it.each([
    ['c1', 'c1', ['1', '2', '3']],
    ['c1', 'c2', ['1', '2']],
  ])('throws escalation %s, seen where %s is looked for', async (out, wanted, log) => {
    const parts = {
      A: sub('S -> N1 -> t1 -> E', { N1: thrown(on.escalation(out)) }),
      B: boundary('A', on.escalation(wanted), 'cancelActivity="false"'),
    };
    expect(await play({ paths: 'S -> A -> t2 -> E; B -> t3 -> E2', parts })).toEqual(log);
  });

  it('goes through links, from several places to one', async () => {
    const parts = { L1: thrown(on.link()), L2: thrown(on.link()), C: caught(on.link()) };
    expect(await play({ paths: 'S -> P -> L1; P -> t2 -> L2; C -> t1 -> E', parts })).toEqual(['1', '1', '2']);
  });

  it('goes back by a link as a loop', async () => {
    const parts = { L1: thrown(on.link()), C: caught(on.link()), I: script('INCREMENT_INTEGER_VARIABLE_AND_LOG') };
    expect(
      await play({
        paths: 'S -> I -> X -> [=integerVariable < 3] L1; X -> [default] t1 -> E; C -> X2 -> I',
        parts,
        variables: counted,
      }),
    ).toEqual(['1', 'INCREMENT_correct', 'INCREMENT_correct', 'INCREMENT_correct']);
  });

  it('that throws nothing continues', async () => {
    expect(await play({ paths: 'S -> N -> t1 -> E' })).toEqual(['1']);
  });
});

describe('compensation', () => {
  const handled = (by: Parameters<typeof play>[0]['parts']) => ({
    C: boundary('t1', on.compensation()),
    t4: script('SCRIPT_task4', '', 'isForCompensation="true"'),
    a1: element('association', 'sourceRef="C" targetRef="t4" associationDirection="One"'),
    ...by,
  });
  it.each([
    ['everything', on.compensation()],
    ['the activity', on.compensation('t1')],
    ['by a shared definition', on.shared('sharedCompensation')],
  ])('of %s is thrown in the middle', async (_, by) => {
    expect(await play({ paths: 'S -> t1 -> N1 -> t2 -> E', parts: handled({ N1: thrown(by) }) })).toEqual([
      '1',
      '2',
      '4',
    ]);
  });
  it('is thrown by an end event', async () => {
    expect(await play({ paths: 'S -> t1 -> Z', parts: handled({ Z: end(on.compensation()) }) })).toEqual(['1', '4']);
  });
  it('skips what has not been done', async () => {
    expect(await play({ paths: 'S -> N1 -> t1 -> E', parts: handled({ N1: thrown(on.compensation()) }) })).toEqual([
      '1',
    ]);
  });
  it('happens once for each time', async () => {
    const loop =
      '<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality xsi:type="bpmn:tFormalExpression">=3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>';
    expect(
      await play({
        paths: 'S -> t1 -> N1 -> t2 -> E',
        parts: handled({ N1: thrown(on.compensation()), t1: script('SCRIPT_task1', loop) }),
      }),
    ).toEqual(['1', '1', '1', '2', '4', '4', '4']);
  });
  it('of a subprocess is that of what was done in it, thrown outside', async () => {
    const parts = { A: sub('S -> t1 -> E', handled({})), N1: thrown(on.compensation('A')) };
    expect(await play({ paths: 'S -> A -> N1 -> t2 -> E', parts })).toEqual(['1', '2', '4']);
  });
  it('of a subprocess by its own handler', async () => {
    const parts = {
      A: sub('S -> t1 -> E'),
      C: boundary('A', on.compensation()),
      t4: script('SCRIPT_task4', '', 'isForCompensation="true"'),
      a1: element('association', 'sourceRef="C" targetRef="t4" associationDirection="One"'),
      N1: thrown(on.compensation('A')),
    };
    expect(await play({ paths: 'S -> A -> N1 -> t2 -> E', parts })).toEqual(['1', '2', '4']);
  });
  it('by a subprocess that is marked for it', async () => {
    const parts = handled({ N1: thrown(on.compensation()) });
    const { t4: _, ...rest } = parts;
    const H = sub('SH -> t5 -> EH', {}, 'isForCompensation="true"');
    expect(
      await play({
        paths: 'S -> t1 -> N1 -> t2 -> E',
        parts: { ...rest, H, a1: element('association', 'sourceRef="C" targetRef="H"') },
      }),
    ).toEqual(['1', '2', '5']);
  });
});

describe('an end event', () => {
  it('that terminates ends the other paths of its process', async () => {
    expect(
      await play({
        paths: 'S -> P -> L -> t1 -> E; P -> t2 -> Z',
        parts: { L: caught(on.after()), Z: end(on.terminate()) },
      }),
    ).toEqual(['2']);
  });
  it('that terminates in a subprocess ends only that', async () => {
    const parts = {
      A: sub('S -> P -> L -> t1 -> E; P -> t2 -> Z', { L: caught(on.after()), Z: end(on.shared('sharedTerminate')) }),
    };
    expect(await play({ paths: 'S -> A -> t3 -> E', parts })).toEqual(['2', '3']);
  });
  it('that throws an error in a subprocess nobody catches ends the process', async () => {
    expect(
      await play({ paths: 'S -> A -> t2 -> E', parts: { A: sub('S -> t1 -> Z', { Z: end(on.error('e1')) }) } }),
    ).toEqual(['1', 'ERROR_thrownErrorEvent']);
  });
  it('continues when its escalation is not caught', async () => {
    expect(
      await play({ paths: 'S -> A -> t2 -> E', parts: { A: sub('S -> t1 -> Z', { Z: end(on.escalation('c1')) }) } }),
    ).toEqual(['1', '2']);
  });
  it('that escalates at the top ends', async () => {
    expect(await play({ paths: 'S -> t1 -> Z', parts: { Z: end(on.escalation('c1')) } })).toEqual(['1']);
  });
  it.each(['message', 'signal'] as const)('with a %s and another result throws both', async (kind) => {
    const others: Parameters<typeof play>[0]['others'] = {
      Q: ['S9 -> t3 -> E9', { S9: start(on[kind]()) }],
      R: ['S8 -> t4 -> E8', { S8: start(on.signal('s2')) }],
    };
    expect(await play({ paths: 'S -> t1 -> Z', parts: { Z: end(on[kind]() + on.signal('s2')) }, others })).toEqual([
      '1',
      '3',
      '4',
    ]);
  });
  it('with terminate and a signal does both', async () => {
    const others: Parameters<typeof play>[0]['others'] = { Q: ['S9 -> t3 -> E9', { S9: start(on.signal()) }] };
    expect(
      await play({
        paths: 'S -> P -> L -> t2 -> E; P -> t1 -> Z',
        parts: { L: caught(on.after()), Z: end(on.signal() + on.terminate()) },
        others,
      }),
    ).toEqual(['1', '3']);
  });
});

describe('a process that starts by what only time or its own data bring', () => {
  it.each([
    ['timer', on.after()],
    ['cycle', on.every('R1/PT1S')],
    ['date', on.at('2026-01-05T00:00:01Z')],
    ['shared timer', on.shared('sharedTimer')],
    ['condition', on.condition(holds)],
    ['message', on.message()],
    ['signal', on.signal()],
  ])('by hand begins at its %s', async (_, by) => {
    expect(await play({ paths: 'S1 -> t1 -> E', parts: { S1: start(by) }, variables: a, waitMs: 5000 })).toEqual(['1']);
  });
});
