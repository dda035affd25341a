/** Gateways, loops, quantities, data and the control-flow patterns in combinations beside those of the public suite. */
import { describe, expect, it } from 'vitest';
import {
  boundary,
  caught,
  element,
  end,
  eventSub,
  on,
  play,
  type Sketch,
  script,
  start,
  sub,
  thrown,
} from './sketch.ts';

const formal = (type: string, text: string): string =>
  `<bpmn:${type} xsi:type="bpmn:tFormalExpression">${text.replaceAll('<', '&lt;')}</bpmn:${type}>`;
const has = (letter: string): string => `=contains(test, "${letter}")`;
const log = (tasks: string): string[] => [...tasks].sort();
const counting = script('INCREMENT_INTEGER_VARIABLE_AND_LOG');
const counted = { integerVariable: 0 };

describe('an exclusive gateway', () => {
  const paths = `S -> X -> [${has('a')}] t1 -> X2 -> t3 -> E; X -> [${has('b')}] t2 -> X2`;
  it.each([
    ['a', log('13')],
    ['ab', log('13')],
    ['b', log('23')],
    ['c', ['ERROR_runtime']],
  ])('with %s takes the first flow that holds', async (test, expected) => {
    expect(await play({ paths, variables: { test } })).toEqual(expected);
  });

  it.each([
    ['a', log('11')],
    ['b', log('22')],
  ])('that merges and splits at once lets each token choose (%s)', async (test, expected) => {
    const twice = `S -> P -> X; P -> X -> [${has('a')}] t1 -> E; X -> [default] t2 -> E2`;
    expect(await play({ paths: twice, variables: { test } })).toEqual(expected);
  });

  it('leads back as a loop until it holds', async () => {
    const loop = 'S -> X -> I -> X2 -> [=integerVariable < 3] X; X2 -> [default] t1 -> E';
    const seen = await play({ paths: loop, parts: { I: counting }, variables: counted });
    expect(seen).toEqual(['1', 'INCREMENT_correct', 'INCREMENT_correct', 'INCREMENT_correct']);
  });
});

describe('a parallel gateway', () => {
  it.each([
    ['joins all its flows', 'S -> P -> t1 -> P2 -> t3 -> E; P -> W -> t2 -> P2', '', log('123')],
    ['joins and splits at once', 'S -> P -> t1 -> P2 -> t3 -> E; P -> t2 -> P2 -> t4 -> E2', '', log('1234')],
    ['waits for ever after a choice', `S -> X -> [${has('a')}] t1 -> P -> t3 -> E; X -> [default] t2 -> P`, 'a', ['1']],
    [
      'waits for what is left out',
      `S -> O -> [${has('a')}] t1 -> P -> t3 -> E; O -> [${has('b')}] t2 -> P`,
      'a',
      ['1'],
    ],
    [
      'joins what both came',
      `S -> O -> [${has('a')}] t1 -> P -> t3 -> E; O -> [${has('b')}] t2 -> P`,
      'ab',
      log('123'),
    ],
    ['counts tokens per flow', 'S -> P -> X -> P2 -> t3 -> E; P -> X; P -> t1 -> P2', '', log('13')],
  ])('%s', async (_, paths, test, expected) => {
    expect(await play({ paths, variables: { test } })).toEqual(expected);
  });
});

describe('an inclusive gateway', () => {
  const paths = `S -> O -> [${has('a')}] t1 -> O2 -> t4 -> E; O -> [${has('b')}] t2 -> O2; O -> [default] t3 -> O2`;
  const slow = `S -> P -> t1 -> O -> t4 -> E; P -> W -> X -> [${has('a')}] t2 -> O; X -> [default] t3 -> E2`;
  it.each([
    ['takes what holds', paths, 'a', log('14')],
    ['takes all that hold and joins them', paths, 'ab', log('124')],
    ['takes the default when none holds', paths, 'c', log('34')],
    ['stops without a default', `S -> O -> [${has('a')}] t1 -> E; O -> [${has('b')}] t2 -> E2`, 'c', ['ERROR_runtime']],
    [
      'before an exclusive one',
      `S -> O -> [${has('a')}] t1 -> X -> t3 -> E; O -> [${has('b')}] t2 -> X`,
      'ab',
      log('1233'),
    ],
    ['after an exclusive one', `S -> X -> [${has('a')}] t1 -> O -> t3 -> E; X -> [default] t2 -> O`, 'a', log('13')],
    ['waits for a slow path that can come', slow, 'a', log('124')],
    ['goes on when the slow path went elsewhere', slow, 'b', log('134')],
  ])('%s', async (_, path, test, expected) => {
    expect(await play({ paths: path, variables: { test } })).toEqual(expected);
  });
});

describe('a complex gateway', () => {
  const gateway = (condition: string) => element('complexGateway', '', formal('activationCondition', condition));
  it.each([1, 2, 3])('that asks for %i of three continues once', async (wanted) => {
    const parts = { C: gateway(`=activationCount >= ${wanted}`) };
    const paths = 'S -> P -> t1 -> C -> t4 -> E; P -> t2 -> C; P -> t3 -> C';
    expect(await play({ paths, parts })).toEqual(log('1234'));
  });

  it('splits by its conditions', async () => {
    const parts = { C: element('complexGateway') };
    const paths = `S -> C -> [${has('a')}] t1 -> E; C -> [${has('b')}] t2 -> E2; C -> [default] t3 -> E3`;
    expect(await play({ paths, parts, variables: { test: 'ab' } })).toEqual(log('12'));
    expect(await play({ paths, parts, variables: { test: 'c' } })).toEqual(log('3'));
  });

  it('tells its conditions whether it continues or starts again', async () => {
    const parts = { C: gateway('=activationCount >= 1') };
    const paths = 'S -> P -> t1 -> C -> [=waitingForStart] t3 -> E; P -> t2 -> C -> [=not(waitingForStart)] t4 -> E2';
    expect(await play({ paths, parts })).toEqual(log('1234'));
  });
});

describe('an event-based gateway', () => {
  const G = element('eventBasedGateway');
  it.each([
    ['s1', log('1')],
    ['s2', log('2')],
  ])('continues by the first event (%s)', async (signal, expected) => {
    const parts = {
      G,
      C1: caught(on.signal('s1')),
      C2: caught(on.signal('s2')),
      N1: thrown(on.signal(signal)),
      L: caught(on.after()),
    };
    const paths = 'S -> P -> G -> C1 -> t1 -> E; G -> C2 -> t2 -> E2; P -> L -> N1 -> E3';
    expect(await play({ paths, parts })).toEqual(expected);
  });

  it('continues by a timer when no message comes', async () => {
    const parts = { G, C1: caught(on.message()), C2: caught(on.after()) };
    expect(await play({ paths: 'S -> G -> C1 -> t1 -> E; G -> C2 -> t2 -> E2', parts })).toEqual(log('2'));
  });

  it('continues by a condition', async () => {
    const parts = {
      G,
      C1: caught(on.condition('=integerVariable > 0')),
      C2: caught(on.after('PT1M')),
      I: script('INCREMENT_INTEGER_VARIABLE'),
    };
    const paths = 'S -> P -> G -> C1 -> t1 -> E; G -> C2 -> t2 -> E2; P -> I -> E3';
    expect(await play({ paths, parts, variables: counted })).toEqual(log('1'));
  });

  it('continues by a receive task', async () => {
    const parts = { G, R: element('receiveTask', 'messageRef="m1"'), C2: caught(on.after('PT1M')) };
    const others: Sketch['others'] = { Q: ['S9 -> N9 -> E9', { N9: thrown(on.message()) }] };
    const paths = 'S -> G -> R -> t1 -> E; G -> C2 -> t2 -> E2';
    expect(await play({ paths, parts, others, alsoStarts: 'Q' })).toEqual(log('1'));
  });

  it.each([
    ['Exclusive', 'S -> N1 -> t1 -> E', log('12')],
    ['Parallel', 'S -> N1 -> t1 -> N2 -> t4 -> E', log('1234')],
  ])('that starts a process, of type %s, waits for what it must', async (type, paths, expected) => {
    const starting = element('eventBasedGateway', `instantiate="true" eventGatewayType="${type}"`);
    const inner = { G: starting, C1: caught(on.message('m1')), C2: caught(on.message('m2')) };
    const others: Sketch['others'] = { Q: ['G -> C1 -> t2 -> E9; G -> C2 -> t3 -> E8', inner] };
    const parts = { N1: thrown(on.message('m1')), ...(type === 'Parallel' && { N2: thrown(on.message('m2')) }) };
    expect(await play({ paths, parts, others })).toEqual(expected);
  });
});

describe('flows without gateways', () => {
  const conditional = `S -> t1 -> [${has('a')}] t2 -> E; t1 -> [${has('b')}] t3 -> E2; t1 -> [default] t4 -> E3`;
  it.each([
    ['split and merge by themselves', 'S -> t1 -> t2 -> t4 -> E; t1 -> t3 -> t4', '', log('12344')],
    ['of a task are all taken that hold', conditional, 'ab', log('123')],
    ['of a task end in the default', conditional, 'c', log('14')],
    ['two between the same nodes bring two tokens', 'S -> t1 -> t2 -> E; t1 -> t2', '', log('122')],
    ['of several start events all begin', 'S1 -> t1 -> E; S2 -> t2 -> E2', '', log('12')],
    ['are not needed to begin and end', 't1 -> t2; t3', '', log('123')],
  ])('%s', async (_, paths, test, expected) => {
    expect(await play({ paths, variables: { test } })).toEqual(expected);
  });

  it('of a subprocess are taken where they hold, else the default', async () => {
    const paths = `S -> A -> [${has('a')}] t2 -> E; A -> [default] t3 -> E3`;
    expect(await play({ paths, parts: { A: sub('S -> t1 -> E') }, variables: { test: 'b' } })).toEqual(log('13'));
  });

  it('in a subprocess without start and end begin and end by themselves', async () => {
    expect(await play({ paths: 'S -> A -> t3 -> E', parts: { A: sub('t1 -> t2') } })).toEqual(log('123'));
  });
});

describe('a loop', () => {
  const loop = (attributes: string, condition?: string): string =>
    `<bpmn:standardLoopCharacteristics ${attributes}>${condition ? formal('loopCondition', condition) : ''}</bpmn:standardLoopCharacteristics>`;
  it.each([
    ['testBefore="true"', '=false', log('2')],
    ['testBefore="false"', '=false', log('12')],
    ['testBefore="true" loopMaximum="2"', '=true', log('112')],
    ['loopMaximum="2"', '=true', log('112')],
    ['loopMaximum="2"', undefined, log('112')],
  ])('of %s and %s runs as often as it says', async (attributes, condition, expected) => {
    const parts = { A: script('SCRIPT_task1', loop(attributes, condition)) };
    expect(await play({ paths: 'S -> A -> t2 -> E', parts })).toEqual(expected);
  });

  it('reads what its rounds have changed', async () => {
    const rounds = loop('testBefore="true"', '=integerVariable < 2');
    const parts = { A: sub('S -> I -> E', { I: counting }, '', rounds) };
    const seen = await play({ paths: 'S -> A -> t2 -> E', parts, variables: counted });
    expect(seen).toEqual(['2', 'INCREMENT_correct', 'INCREMENT_correct']);
  });

  it('of a call activity calls again', async () => {
    const parts = { A: element('callActivity', 'calledElement="Q"', loop('loopMaximum="2"', '=true')) };
    expect(await play({ paths: 'S -> A -> t2 -> E', parts, others: { Q: ['S9 -> t1 -> E9'] } })).toEqual(log('112'));
  });
});

describe.each(['true', 'false'])('several instances, sequential: %s', (sequential) => {
  const each = (attributes = '', more = '', cardinality = '=3'): string =>
    `<bpmn:multiInstanceLoopCharacteristics isSequential="${sequential}" ${attributes}>${formal('loopCardinality', cardinality)}${more}</bpmn:multiInstanceLoopCharacteristics>`;
  const paths = 'S -> A -> t2 -> E; B -> t3 -> E2';

  it.each([
    ['=0', log('2')],
    ['=1', log('12')],
    ['3', log('1112')],
    ['=integerVariable', log('112')],
    ['="a"', ['ERROR_deployment', 'loop-cardinality A']],
    ['=if true then "a" else "b"', ['ERROR_runtime']],
  ])('are as many as %s says', async (cardinality, expected) => {
    const parts = { A: script('SCRIPT_task1', each('', '', cardinality)) };
    expect(await play({ paths: 'S -> A -> t2 -> E', parts, variables: { integerVariable: 2 } })).toEqual(expected);
  });

  it('of a subprocess', async () => {
    const parts = { A: sub('S -> t1 -> t3 -> E', {}, '', each()) };
    expect(await play({ paths: 'S -> A -> t2 -> E', parts })).toEqual(log('1113332'));
  });

  it('of a call activity', async () => {
    const parts = { A: element('callActivity', 'calledElement="Q"', each()) };
    expect(await play({ paths: 'S -> A -> t2 -> E', parts, others: { Q: ['S9 -> t1 -> E9'] } })).toEqual(log('1112'));
  });

  it('end when the completion condition holds', async () => {
    const parts = {
      A: script('SCRIPT_task1', each('', formal('completionCondition', '=numberOfCompletedInstances >= 2'))),
    };
    expect(await play({ paths: 'S -> A -> t2 -> E', parts })).toEqual(log('112'));
  });

  it.each([
    ['None', 'noneBehaviorEventRef="sharedSignal"', log('1112333')],
    ['One', 'oneBehaviorEventRef="sharedSignal"', log('11123')],
    ['All', '', log('1112')],
  ])('throw by behavior %s', async (behavior, reference, expected) => {
    const A = script('SCRIPT_task1', each(`behavior="${behavior}" ${reference}`));
    expect(await play({ paths, parts: { A, B: boundary('A', on.signal(), 'cancelActivity="false"') } })).toEqual(
      expected,
    );
  });

  it('throw by behavior Complex where a condition holds', async () => {
    const complex = `<bpmn:complexBehaviorDefinition>${formal('condition', '=numberOfCompletedInstances = 2')}<bpmn:event>${on.signal()}</bpmn:event></bpmn:complexBehaviorDefinition>`;
    const A = script('SCRIPT_task1', each('behavior="Complex"', complex));
    expect(await play({ paths, parts: { A, B: boundary('A', on.signal(), 'cancelActivity="false"') } })).toEqual(
      log('11123'),
    );
  });

  it('are all ended by an interrupting boundary event', async () => {
    const parts = { A: script('WAIT_TEN_SECONDS', each()), B: boundary('A', on.after('PT5S')) };
    expect(await play({ paths, parts })).toEqual(log('3'));
  });

  it('end by the error of one of them', async () => {
    const parts = { A: sub('S -> Z', { Z: end(on.error('e1')) }, '', each()), B: boundary('A', on.error('e1')) };
    expect(await play({ paths, parts })).toEqual(log('3'));
  });
});

describe('several instances over data', () => {
  const items = '<bpmn:dataObject id="D" name="items"/><bpmn:dataObject id="R" name="results"/>';
  const over = (data: string, more = '', name = 'item') =>
    `<bpmn:multiInstanceLoopCharacteristics isSequential="true"><bpmn:loopDataInputRef>${data}</bpmn:loopDataInputRef>${more}<bpmn:inputDataItem id="one" name="${name}"/></bpmn:multiInstanceLoopCharacteristics>`;

  it('of a subprocess are as many as its data object has, each with its own', async () => {
    const paths = 'S -> X -> [=item > 1] t1 -> E1; X -> [default] t2 -> E2';
    const parts = { A: sub(paths, {}, '', over('D')) };
    const variables = { items: [1, 2, 3] };
    expect(await play({ paths: 'S -> A -> t3 -> E', parts, inside: items, variables })).toEqual(log('1123'));
  });

  it('of a task are as many as what its data input is filled from', async () => {
    const io = `<bpmn:ioSpecification><bpmn:dataInput id="all" isCollection="true"/><bpmn:inputSet><bpmn:dataInputRefs>all</bpmn:dataInputRefs></bpmn:inputSet><bpmn:outputSet/></bpmn:ioSpecification>
      <bpmn:dataInputAssociation><bpmn:sourceRef>D</bpmn:sourceRef><bpmn:targetRef>all</bpmn:targetRef></bpmn:dataInputAssociation>`;
    const parts = { A: script('SCRIPT_task1', io + over('all')) };
    const variables = { items: ['a', 'b'] };
    expect(await play({ paths: 'S -> A -> t2 -> E', parts, inside: items, variables })).toEqual(log('112'));
  });

  it('collect what each gives out', async () => {
    const loop = over('D')
      .replace('<bpmn:inputDataItem', '<bpmn:loopDataOutputRef>R</bpmn:loopDataOutputRef><bpmn:inputDataItem')
      .replace('</bpmn:multi', '<bpmn:outputDataItem id="out" name="integerVariable"/></bpmn:multi');
    const parts = { A: sub('S -> I -> E', { I: counting }, '', loop) };
    const variables = { items: ['a', 'b'], integerVariable: 0 };
    // The item that goes out is the instance's own: neither counts on from the other, nor from the process (table 10.29).
    const paths = 'S -> A -> X -> [=results = [1, 1] and integerVariable = 0] t1 -> E; X -> [default] t2 -> E2';
    const seen = await play({ paths, parts, inside: items, variables });
    expect(seen).toEqual(['1', 'INCREMENT_correct', 'INCREMENT_correct']);
  });
});

describe('quantities', () => {
  it.each([
    ['completionQuantity="2"', 'S -> A -> t2 -> E', log('122')],
    ['completionQuantity="2"', 'S -> A -> P -> t2 -> E; P -> t3 -> E2', log('12233')],
    ['startQuantity="2"', 'S -> P -> A -> t2 -> E; P -> A', log('12')],
    ['startQuantity="2"', 'S -> A -> t2 -> E', []],
    ['startQuantity="2" completionQuantity="2"', 'S -> P -> A -> t2 -> E; P -> A', log('122')],
    ['startQuantity="0"', 'S -> A -> t2 -> E', ['ERROR_deployment', 'start-quantity A']],
    ['completionQuantity="0"', 'S -> A -> t2 -> E', ['ERROR_deployment', 'completion-quantity A']],
  ])('%s in %s', async (attributes, paths, expected) => {
    expect(await play({ paths, parts: { A: script('SCRIPT_task1', '', attributes) } })).toEqual(expected);
  });
});

describe('an ad-hoc subprocess', () => {
  const adHoc = (attributes: string, inside: string) => element('adHocSubProcess', attributes, inside);
  it.each(['Parallel', 'Sequential'])('of ordering %s does what is in it', async (ordering) => {
    const inside = script('SCRIPT_task1')('t1') + script('SCRIPT_task2')('t2');
    const parts = { A: adHoc(`ordering="${ordering}"`, inside) };
    expect(await play({ paths: 'S -> A -> t3 -> E', parts })).toEqual(log('123'));
  });

  it('ends when its condition holds', async () => {
    const inside = counting('I1') + counting('I2') + formal('completionCondition', '=integerVariable >= 1');
    const parts = { A: adHoc('ordering="Sequential"', inside) };
    expect(await play({ paths: 'S -> A -> t3 -> E', parts, variables: counted })).toEqual(['3', 'INCREMENT_correct']);
  });
});

describe('a data object', () => {
  it('is one, by however many references it is written and read', async () => {
    const writes = `<bpmn:ioSpecification><bpmn:dataOutput id="out"/><bpmn:inputSet/><bpmn:outputSet><bpmn:dataOutputRefs>out</bpmn:dataOutputRefs></bpmn:outputSet></bpmn:ioSpecification>
      <bpmn:dataOutputAssociation><bpmn:sourceRef>out</bpmn:sourceRef><bpmn:targetRef>R1</bpmn:targetRef></bpmn:dataOutputAssociation>`;
    const reads = `<bpmn:ioSpecification><bpmn:dataInput id="in"/><bpmn:inputSet><bpmn:dataInputRefs>in</bpmn:dataInputRefs></bpmn:inputSet><bpmn:outputSet/></bpmn:ioSpecification>
      <bpmn:dataInputAssociation><bpmn:sourceRef>R2</bpmn:sourceRef><bpmn:targetRef>in</bpmn:targetRef></bpmn:dataInputAssociation>`;
    const reference = element('dataObjectReference', 'dataObjectRef="D"');
    const parts = { A: script('SET_STRING_DATA', writes), B: script('LOG_DATA', reads), R1: reference, R2: reference };
    const inside = '<bpmn:dataObject id="D" name="data"/>';
    expect(await play({ paths: 'S -> A -> B -> E', parts, inside })).toEqual(['DATA_correct']);
  });

  it('of a subprocess is one inside it', async () => {
    const inside = { A1: script('SET_STRING_DATA'), A2: script('LOG_DATA') };
    const parts = { A: sub('S -> A1 -> A2 -> E', inside, '', '<bpmn:property id="data"/>') };
    expect(await play({ paths: 'S -> A -> E', parts })).toEqual(['DATA_correct']);
  });
});

describe('an error', () => {
  it('ends what else runs in the subprocess it leaves', async () => {
    const parts = {
      A: sub('S -> P -> W -> t1 -> E1; P -> Z', { Z: end(on.error('e1')) }),
      B: boundary('A', on.error()),
    };
    expect(await play({ paths: 'S -> A -> t2 -> E; B -> t3 -> E2', parts })).toEqual(log('3'));
  });

  it('of a script that no event names stops the instance', async () => {
    const parts = { A: script('THROW_ERROR'), B: boundary('A', on.error('e2')) };
    expect(await play({ paths: 'S -> A -> t1 -> E; B -> t2 -> E2', parts })).toEqual(['ERROR_runtime']);
  });

  const handled = (more: Parameters<typeof sub>[1]) => ({
    A: sub('S -> Z', { Z: end(on.error('e1')), H: eventSub(start(on.error('e1')), 'SH -> t1 -> EH', more) }),
    B: boundary('A', on.error('e1')),
  });
  it('is caught by the event subprocess before the boundary event', async () => {
    expect(await play({ paths: 'S -> A -> t2 -> E; B -> t3 -> E2', parts: handled({}) })).toEqual(log('12'));
  });
  it('is thrown on by the event subprocess that caught it', async () => {
    const parts = handled({ EH: end(on.error('e1')) });
    expect(await play({ paths: 'S -> A -> t2 -> E; B -> t3 -> E2', parts })).toEqual(log('13'));
  });
});

describe('two processes', () => {
  it('exchange messages forth and back', async () => {
    const inner = { C9: caught(on.message('m1')), N9: thrown(on.message('m2')) };
    const parts = { N1: element('sendTask', 'messageRef="m1"'), C1: element('receiveTask', 'messageRef="m2"') };
    const others: Sketch['others'] = { Q: ['S9 -> C9 -> t2 -> N9 -> E9', inner] };
    expect(await play({ paths: 'S -> N1 -> C1 -> t1 -> E', parts, others, alsoStarts: 'Q' })).toEqual(log('12'));
  });
});
