/** Rules about flows, joins and loops: of each a diagram that breaks it and one that does not. */
import { describe, expect, it } from 'vitest';
import { boundary, end, flows, found, job, lasting, node, only, start, task, when } from './builders.ts';

const split = (kind: string, join: string, more = ''): string =>
  `${start}${node(kind, 'X')}${task('A')}${task('B')}${node(join, 'J')}${end}${flows('S>X A>J B>J J>E')}${
    kind === 'parallelGateway'
      ? flows('X>A X>B')
      : `${when('X_A', 'X', 'A', 'x = 1')}${when('X_B', 'X', 'B', 'x != 1')}`
  }${more}`;

describe('unreachable', () => {
  it('is what only leads to itself', async () => {
    const island = `${start}${end}${task('A')}${task('B')}${task('C')}${flows('S>A A>E B>C C>B')}`;
    expect(await found('unreachable', island)).toEqual(['B', 'C']);
  });

  it('is an element after a condition that is always false', async () => {
    const behind = `${start}${node('exclusiveGateway', 'X', '', 'default="X_A"')}${task('A')}${task('B')}${end}${flows('S>X X>A A>E B>E')}`;
    expect(await found('unreachable', behind + when('X_B', 'X', 'B', 'false'))).toEqual(['B']);
    expect(await found('unreachable', behind + when('X_B', 'X', 'B', 'x = 1'))).toEqual([]);
  });

  it('is nothing that a boundary event, a link or a compensation leads to', async () => {
    const link = (kind: string, id: string) => node(kind, id, '<bpmn:linkEventDefinition name="onwards"/>');
    const handler = node('serviceTask', 'H', '', 'isForCompensation="true"');
    const all = `${start}${job('A')}${boundary('B', 'A', lasting('PT1H'))}${link('intermediateThrowEvent', 'L')}
      ${link('intermediateCatchEvent', 'M')}${end}${boundary('C', 'A', '<bpmn:compensateEventDefinition/>')}${handler}
      ${flows('S>A A>E B>L M>E')}<bpmn:association id="a" associationDirection="One" sourceRef="C" targetRef="H"/>`;
    expect(await found('unreachable', all)).toEqual([]);
  });
});

describe('join-deadlock', () => {
  it('is a parallel join after an exclusive split', async () => {
    const problem = await only('join-deadlock', split('exclusiveGateway', 'parallelGateway'));
    expect(problem).toMatchObject({ severity: 'warning', element: 'J' });
    expect(problem.message).toBe('"J" may wait for ever: at "X" only one of the ways to it is taken.');
    expect(problem.hint).toMatch(/exclusive after exclusive/);
  });

  it('is one after an inclusive split, or where an interrupting event leads', async () => {
    expect(await found('join-deadlock', split('inclusiveGateway', 'parallelGateway'))).toEqual(['J']);
    const timeout = `${start}${task('A')}${boundary('B', 'A', lasting('PT1H'))}${node('parallelGateway', 'J')}${end}${flows('S>A A>J B>J J>E')}`;
    expect(await found('join-deadlock', timeout)).toEqual(['J']);
  });

  it.each([
    ['exclusiveGateway', 'exclusiveGateway'],
    ['parallelGateway', 'parallelGateway'],
    ['inclusiveGateway', 'inclusiveGateway'],
  ])('is none where %s and %s belong together', async (kind, join) => {
    expect(await found('join-deadlock', split(kind, join))).toEqual([]);
    expect(await found('join-multiplies', split(kind, join))).toEqual([]);
  });

  it('is none where each branch of a parallel split chooses for itself', async () => {
    const inner = `${start}${node('parallelGateway', 'X')}${node('exclusiveGateway', 'C')}${task('A')}${task('B')}${task('D')}
      ${node('exclusiveGateway', 'M')}${node('parallelGateway', 'J')}${end}${flows('S>X X>C X>D A>M B>M M>J D>J J>E')}
      ${when('C_A', 'C', 'A', 'x')}${when('C_B', 'C', 'B', 'not(x)')}`;
    expect(await found('join-deadlock', inner)).toEqual([]);
    expect(await found('join-multiplies', inner)).toEqual([]);
  });
});

describe('join-multiplies', () => {
  it.each(['parallelGateway', 'inclusiveGateway'])('is an exclusive merge after %s', async (kind) => {
    const problem = await only('join-multiplies', split(kind, 'exclusiveGateway'));
    expect(problem).toMatchObject({ severity: 'warning', element: 'J' });
    expect(problem.message).toMatch(/may happen more than once: several ways lead here at a time since "X"\./);
  });

  it('is a task that two flows of a parallel split lead to', async () => {
    expect(await found('join-multiplies', split('parallelGateway', 'userTask'))).toEqual(['J']);
  });

  it('is where a reminder comes back into the main flow', async () => {
    const reminder = `${start}${task('A')}${boundary('B', 'A', lasting('PT1H'), 'cancelActivity="false"')}${task('C')}${end}${flows('S>A A>C B>C C>E')}`;
    expect(await found('join-multiplies', reminder)).toEqual(['C']);
  });

  it('is no end event, and no loop', async () => {
    const ends = `${start}${node('parallelGateway', 'X')}${task('A')}${task('B')}${end}${flows('S>X X>A X>B A>E B>E')}`;
    expect(await found('join-multiplies', ends)).toEqual([]);
    const loop = `${start}${task('A')}${node('exclusiveGateway', 'X')}${end}${flows('S>A A>X')}${when('X_A', 'X', 'A', 'x')}${when('X_E', 'X', 'E', 'not(x)')}`;
    expect(await found('join-multiplies', loop)).toEqual([]);
  });
});

describe('missing-default', () => {
  it('is reported for an activity all of whose flows have conditions', async () => {
    const conditional = `${start}${task('A')}${end}${flows('S>A')}${when('A_E', 'A', 'E', 'x')}`;
    expect(await found('missing-default', conditional)).toEqual(['A']);
    expect(await found('missing-default', `${start}${task('A')}${end}${flows('S>A A>E')}`)).toEqual([]);
  });
});

describe('endless-loop', () => {
  const round = (inside: string, condition: string): string =>
    `${start}${inside}${node('exclusiveGateway', 'X')}${end}${flows('S>A A>X')}${when('X_A', 'X', 'A', condition)}${when('X_E', 'X', 'E', `not(${condition})`)}`;

  it('is one without a way out', async () => {
    const shut = `${start}${node('task', 'A')}${node('task', 'B')}${flows('S>A A>B B>A')}`;
    expect((await only('endless-loop', shut)).message).toBe(
      'The loop through "A", "B" never ends: no flow leads out of it.',
    );
  });

  it('is one in which nothing changes what its condition reads', async () => {
    expect(await found('endless-loop', round(node('task', 'A'), 'x &lt; 3'))).toEqual(['A']);
  });

  it('is none when a script counts, somebody is waited for, or time passes', async () => {
    const script = node(
      'scriptTask',
      'A',
      '<bpmn:extensionElements><zeebe:script expression="=x + 1" resultVariable="x"/></bpmn:extensionElements>',
    );
    expect(await found('endless-loop', round(script, 'x < 3'))).toEqual([]);
    expect(await found('endless-loop', round(task('A'), 'x < 3'))).toEqual([]);
    expect(await found('endless-loop', round(job('A'), 'x < 3'))).toEqual([]);
    expect(await found('endless-loop', round(node('task', 'A'), 'now() < x'))).toEqual([]);
  });

  const timer = (duration: string): string =>
    node(
      'intermediateCatchEvent',
      'A',
      `<bpmn:timerEventDefinition><bpmn:timeDuration>${duration}</bpmn:timeDuration></bpmn:timerEventDefinition>`,
    );

  it.each(['PT0S', 'PT0.5S', '-PT1H'])('is one whose timer waits for %s', async (duration) => {
    expect((await only('endless-loop', round(timer(duration), 'x &lt; 3'))).message).toBe(
      'The loop through "A", "X" goes round without a pause: its timers wait for less than a second.',
    );
  });

  it.each(['PT1S', 'P1M', '=patience'])('is none whose timer waits for %s', async (duration) => {
    expect(await found('endless-loop', round(timer(duration), 'x &lt; 3'))).toEqual([]);
  });
});
