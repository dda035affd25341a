/** Definitions that a rule could easily misjudge: what it must see through, and what it must not take for a mistake. */
import { describe, expect, it } from 'vitest';
import { extensions } from '../compile/builders.ts';
import { boundary, end, flows, found, lasting, node, start, task, when } from './builders.ts';

const parallel = (id: string): string => node('parallelGateway', id);
const exclusive = (id: string, attributes = ''): string => node('exclusiveGateway', id, '', attributes);
const ended = (id: string, definition = ''): string => node('endEvent', id, definition);
const ab = task('A') + task('B');
const error = '<bpmn:error id="Err" name="err" errorCode="E1"/>';
const choosing = (target: string, way = ended('E2')): string =>
  `${start}${parallel('F')}${ab}${exclusive('X', `default="X_${target}"`)}${way}${parallel('J')}${end}${flows(`S>F F>A F>B A>X X>${target} B>J J>E`)}${when('ok', 'X', 'J', '=ok')}`;

describe('a join', () => {
  it('waits for ever where one branch of a split may end before it', async () => {
    expect(await found('join-deadlock', choosing('E2'))).toEqual(['J']);
  });

  it('does not where that branch ends all, or comes back to its choice', async () => {
    const terminated = choosing('E2', ended('E2', '<bpmn:terminateEventDefinition/>'));
    expect(await found('join-deadlock', terminated)).toEqual([]);
    const failed = choosing('E2', ended('E2', '<bpmn:errorEventDefinition errorRef="Err"/>'));
    expect(await found('join-deadlock', failed, { roots: error })).toEqual([]);
    const again = choosing('R', task('R')) + flows('R>X');
    expect(await found('join-deadlock', again)).toEqual([]);
  });

  it('waits for ever where an interrupting event leads past it', async () => {
    const late = `${start}${parallel('F')}${ab}${boundary('T', 'A', lasting('PT1H'))}${ended('E2')}${parallel('J')}${end}`;
    expect(await found('join-deadlock', late + flows('S>F F>A F>B A>J B>J J>E T>E2'))).toEqual(['J']);
    const beside = late.replace('attachedToRef="A"', 'attachedToRef="A" cancelActivity="false"');
    expect(await found('join-deadlock', beside + flows('S>F F>A F>B A>J B>J J>E T>E2'))).toEqual([]);
  });

  it('waits for ever for what has to pass it first', async () => {
    const round = `${start}${parallel('J')}${task('A')}${exclusive('X', 'default="X_E"')}${end}${flows('S>J J>A A>X X>E')}${when('again', 'X', 'J', '=again')}`;
    expect(await found('join-deadlock', round)).toEqual(['J']);
    expect(
      await found(
        'join-deadlock',
        round
          .replace('<bpmn:parallelGateway', '<bpmn:inclusiveGateway')
          .replace('</bpmn:parallelGateway', '</bpmn:inclusiveGateway'),
      ),
    ).toEqual([]);
  });

  it('is right where each branch chooses and merges again before it, in nested splits and in loops', async () => {
    const nested = `${start}${parallel('F')}${ab}${task('C')}${exclusive('X', 'default="X_C"')}${exclusive('M')}${parallel('J')}${end}${flows('S>F F>X F>B X>C A>M C>M M>J B>J J>E')}${when('a', 'X', 'A', '=a')}`;
    expect(await found('join-deadlock', nested)).toEqual([]);
    expect(await found('join-multiplies', nested)).toEqual([]);
    const inner = `${start}${parallel('F')}${parallel('F2')}${ab}${task('C')}${parallel('J2')}${parallel('J')}${end}${flows('S>F F>F2 F>C F2>A F2>B A>J2 B>J2 J2>J C>J J>E')}`;
    expect(await found('join-deadlock', inner)).toEqual([]);
    const redone = `${start}${exclusive('M')}${parallel('F')}${ab}${parallel('J')}${exclusive('X', 'default="X_E"')}${end}${flows('S>M M>F F>A F>B A>J B>J J>X X>E')}${when('again', 'X', 'M', '=again')}`;
    expect(await found('join-deadlock', redone)).toEqual([]);
    expect(await found('join-multiplies', redone)).toEqual([]);
  });

  it('lets both through where the parallel branches of an inner split merge at the task of the outer one', async () => {
    const merged = `${start}${exclusive('X', 'default="X_C"')}${parallel('F')}${ab}${task('C')}${end}${flows('S>X X>C F>A F>B A>C B>C C>E')}${when('p', 'X', 'F', '=p')}`;
    expect(await found('join-multiplies', merged)).toEqual(['C']);
  });
});

describe('a boundary event', () => {
  const caught = (host: string, definition: string): string =>
    `${start}${host}${boundary('Bo', 'A', definition)}${ended('E2')}${end}${flows('S>A A>E Bo>E2')}`;
  const failure = '<bpmn:errorEventDefinition errorRef="Err"/>';
  const listener = extensions(
    '<zeebe:executionListeners><zeebe:executionListener eventType="start" type="check"/></zeebe:executionListeners>',
  );

  it('may fire where a listener does a job', async () => {
    expect(
      await found('boundary-never-fires', caught(node('userTask', 'A', listener), failure), { roots: error }),
    ).toEqual([]);
    expect(await found('boundary-never-fires', caught(node('task', 'A', listener), lasting('PT1H')))).toEqual([]);
    expect(await found('boundary-never-fires', caught(node('userTask', 'A'), failure), { roots: error })).toEqual([
      'Bo',
    ]);
    expect(await found('boundary-never-fires', caught(node('task', 'A'), lasting('PT1H')))).toEqual(['Bo']);
  });
});

describe('conditions', () => {
  const choice = (first: string, second: string): string =>
    `${start}${exclusive('X')}${ab}${end}${flows('S>X A>E B>E')}${when('one', 'X', 'A', first)}${when('two', 'X', 'B', second)}`;

  it.each([
    ['=5 < amount', '=amount <= 5', [], []],
    ['=5 < amount', '=amount < 5', ['X'], []],
    ['=amount >= 5', '=5 >= amount', [], ['X']],
    ['=not(amount > 5)', '=amount > 5', [], []],
    ['=amount = 1 or amount = 2', '=amount = 2.0', ['X'], ['X']],
    ['=kind in ("a", "b")', '=not(kind in ("a", "b"))', [], []],
    ['=amount > 5 and city = "x"', '=amount <= 5', [], []],
  ])('%s and %s leave gaps at %j and overlap at %j', async (first, second, gaps, overlaps) => {
    expect(await found('conditions-gap', choice(first, second))).toEqual(gaps);
    expect(await found('conditions-overlap', choice(first, second))).toEqual(overlaps);
  });
});
