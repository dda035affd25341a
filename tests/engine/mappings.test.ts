/** Where inputs and outputs of elements read and write: what an element maps is carried out, or the diagram is warned of. */
import { describe, expect, test } from 'vitest';
import type { Mapping } from '../../engine/model/plan.ts';
import { diagramXml, extensions, flow, problemsOf } from './compile/builders.ts';
import { aPlan, feel, literal } from './support/plan.ts';
import { play } from './support/play.ts';

const map = (target: string, source: string): Mapping => ({ source: feel(source), target });
const message = (name: string) => ({ type: 'message', name: literal(name) }) as const;

describe('input mappings', () => {
  const given = (inputs: Mapping[], variables: Parameters<typeof play>[1]) =>
    play(aPlan().add('serviceTask', 'Job', { inputs }).build(), variables).commandsTo('run-job')[0]?.input;
  const foo = { bar: 1, baz: 2, deep: { a: 1, b: 2 } };

  test.each<[string, Mapping[], object]>([
    [
      'parts of one variable onto themselves',
      [map('foo.bar', 'foo.bar'), map('foo.baz', 'foo.baz')],
      { foo: { bar: 1, baz: 2 } },
    ],
    ['the same in another order', [map('foo.baz', 'foo.baz'), map('foo.bar', 'foo.bar')], { foo: { bar: 1, baz: 2 } }],
    ['parts that change places', [map('foo.x', 'foo.baz'), map('foo.y', 'foo.bar')], { foo: { x: 2, y: 1 } }],
    [
      'parts of parts',
      [map('foo.deep.a', 'foo.deep.b'), map('c', 'foo.deep')],
      { foo: { deep: { a: 2 } }, c: { a: 2, b: 2 } },
    ],
    [
      'what an earlier one made',
      [map('a.b', '"v"'), map('c', 'a.b'), map('d', 'c')],
      { a: { b: 'v' }, c: 'v', d: 'v' },
    ],
    ['a variable hidden as a whole', [map('foo', '{bar: 7}'), map('n', 'foo.baz')], { foo: { bar: 7 }, n: null }],
    ['a whole after its part', [map('foo.bar', '7'), map('foo', 'foo')], { foo: { ...foo, bar: 7 } }],
    ['a part of what was no object', [map('a', '"v"'), map('a.b', 'a')], { a: { b: 'v' } }],
    ['three levels', [map('a.b.c', '1'), map('a.b.d', '2')], { a: { b: { c: 1, d: 2 } } }],
  ])('map %s', (_, inputs, expected) => {
    expect(given(inputs, { foo })).toEqual(expected);
  });
});

test('output mappings read the result where a part of it was mapped before', () => {
  const outputs = [map('r.a', 'r.x'), map('n', 'r.y')];
  const p = play(aPlan().add('serviceTask', 'Job', { outputs }).build(), { r: { old: 1 } });
  p.job('Job', { r: { x: 1, y: 2 } });
  expect(p.variables).toEqual({ r: { old: 1, a: 1 }, n: 2 });
});

describe('an event subprocess', () => {
  const watching = (inputs: Mapping[], start: Mapping[]) =>
    aPlan()
      .add('userTask', 'Main')
      .scope(
        'eventSubProcess',
        'Alarm',
        (b) =>
          b
            .add('startEvent', 'Rang', { interrupting: false, events: [message('m')], outputs: start })
            .add('userTask', 'Look')
            .add('serviceTask', 'Note')
            .flow('Rang', 'Look', 'Note'),
        { inputs },
      )
      .build();

  test('maps its inputs for each run, and keeps them there', () => {
    const p = play(watching([map('snap', 'null')], [map('snap', 'trigger')]));
    p.message('m', { variables: { trigger: 'A' } }).message('m', { variables: { trigger: 'B' } });
    p.task('Look').task('Look');
    expect(p.commandsTo('run-job').map(({ input }) => input['snap'])).toEqual(['A', 'B']);
    expect(p.variables).toEqual({});
  });

  test('whose inputs fail is an incident, and its retry has what the event brought', () => {
    const p = play(watching([map('limit', 'most')], [map('seen', 'trigger')]));
    p.message('m', { variables: { trigger: 'A' } });
    expect(p.incident('Alarm')?.code).toBe('missing-variable');
    p.set({ most: 5 }).retry('Alarm').task('Look');
    expect(p.commandsTo('run-job')[0]?.input).toEqual({ most: 5, limit: 5, seen: 'A' });
  });
});

test('a message behind an event-based gateway has its inputs mapped when it has come, also by a retry', () => {
  const plan = aPlan()
    .add('eventBasedGateway', 'G')
    .add('intermediateCatchEvent', 'M', {
      events: [message('m')],
      inputs: [map('mine', 'later')],
      outputs: [map('sum', 'mine + n')],
    })
    .add('intermediateCatchEvent', 'N', { events: [message('n')] })
    .add('userTask', 'After')
    .flow('G', 'M', 'After')
    .flow('G', 'N')
    .build();
  const p = play(plan).message('m', { variables: { n: 1 } });
  expect(p.incident('M')?.code).toBe('missing-variable');
  p.set({ later: 2 }).retry('M');
  expect(p.variables).toEqual({ later: 2, sum: 3 });
});

describe('what is thrown', () => {
  test.each(['error', 'escalation'] as const)(
    'as an %s leaves its inputs behind, but for the outputs of who catches it',
    (type) => {
      const thrown = { type, code: literal('E') } as const;
      const thrower = { events: [thrown], inputs: [map('detail', '"d"')] };
      const plan = (outputs: Mapping[]) =>
        aPlan()
          .scope('subProcess', 'Sub', (b) =>
            b.add('startEvent', 'S').add('endEvent', 'Throw', thrower).flow('S', 'Throw'),
          )
          .boundary('Sub', 'Caught', { events: [{ type }], outputs })
          .add('userTask', 'After')
          .flow('Caught', 'After')
          .build();
      expect(play(plan([])).variables).toEqual({});
      expect(play(plan([map('why', 'detail')])).variables).toEqual({ why: 'd' });
    },
  );

  test('by a link applies its output mappings before it continues', () => {
    const link = { type: 'link', name: 'L' } as const;
    const plan = aPlan()
      .add('startEvent', 'S')
      .add('intermediateThrowEvent', 'Away', {
        events: [link],
        inputs: [map('mine', '1')],
        outputs: [map('out', 'mine + n')],
      })
      .add('intermediateCatchEvent', 'Here', { events: [link] })
      .add('userTask', 'After')
      .flow('S', 'Away')
      .flow('Here', 'After')
      .build();
    expect(play(plan, { n: 1 }).variables).toEqual({ n: 1, out: 2 });
    const failed = play(plan);
    expect(failed.incident('Away')?.code).toBe('missing-variable');
    expect(failed.set({ n: 1 }).retry('Away').waiting()).toEqual(['After']);
  });

  test('by a terminate end hands its outputs over first', () => {
    const ending = { events: [{ type: 'terminate' }] as const, outputs: [map('out', 'n + 1')] };
    const plan = aPlan()
      .add('startEvent', 'S')
      .add('endEvent', 'Stop', { ...ending, events: [{ type: 'terminate' }] })
      .flow('S', 'Stop')
      .build();
    const p = play(plan, { n: 1 });
    expect(p.state.status).toBe('terminated');
    expect(p.variables).toEqual({ n: 1, out: 2 });
  });
});

describe('a mapping that nothing carries out', () => {
  const io = (kind: 'input' | 'output') =>
    extensions(`<zeebe:ioMapping><zeebe:${kind} source="=1" target="x"/></zeebe:ioMapping>`);
  const error = '<bpmn:error id="Err" errorCode="E"/>';
  const throwing = '<bpmn:errorEventDefinition errorRef="Err"/>';
  const base = (boundary: string, end: string) =>
    `<bpmn:startEvent id="S"/><bpmn:userTask id="A"/>${boundary}<bpmn:endEvent id="E">${end}</bpmn:endEvent>${flow('f1', 'S', 'A')}${flow('f2', 'A', 'E')}`;

  test.each([
    [
      'an input of a start event',
      base('', '').replace('<bpmn:startEvent id="S"/>', `<bpmn:startEvent id="S">${io('input')}</bpmn:startEvent>`),
      'S',
    ],
    ['an output of an error end', base('', io('output') + throwing), 'E'],
    [
      'an input of a boundary event',
      base(
        `<bpmn:boundaryEvent id="B" attachedToRef="A">${io('input')}${throwing}</bpmn:boundaryEvent><bpmn:endEvent id="E2"/>${flow('f3', 'B', 'E2')}`,
        '',
      ),
      'B',
    ],
    [
      'an output of a compensation boundary event',
      `${base(`<bpmn:boundaryEvent id="B" attachedToRef="A">${io('output')}<bpmn:compensateEventDefinition/></bpmn:boundaryEvent><bpmn:userTask id="U" isForCompensation="true"/>`, '')}<bpmn:association id="as" associationDirection="One" sourceRef="B" targetRef="U"/>`,
      'B',
    ],
  ])('is warned of: %s', async (_, xml, at) => {
    const problems = await problemsOf(diagramXml(xml, error));
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'mapping-without-effect', severity: 'warning', element: at }),
    );
  });

  test('is warned of: half a collection of a loop', async () => {
    const loop = `<bpmn:multiInstanceLoopCharacteristics>${extensions('<zeebe:loopCharacteristics inputCollection="=[1]" outputCollection="all"/>')}</bpmn:multiInstanceLoopCharacteristics>`;
    const problems = await problemsOf(
      diagramXml(base('', '').replace('<bpmn:userTask id="A"/>', `<bpmn:userTask id="A">${loop}</bpmn:userTask>`)),
    );
    expect(problems).toContainEqual(
      expect.objectContaining({ code: 'incomplete-collection', severity: 'warning', element: 'A' }),
    );
  });
});
