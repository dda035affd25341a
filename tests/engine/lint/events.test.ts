/** Rules about events: of each a diagram that breaks it and one that does not. */
import { describe, expect, it } from 'vitest';
import { boundary, end, flows, found, job, lasting, node, only, start, task } from './builders.ts';

const error =
  '<bpmn:error id="Err" name="Err" errorCode="refused"/><bpmn:error id="Other" name="Other" errorCode="other"/>';
const catching = (id: string, host: string, definition: string, attributes = '') =>
  `${boundary(id, host, definition, attributes)}${node('endEvent', `${id}End`)}${flows(`${id}>${id}End`)}`;
const errorEvent = (id = 'Err') => `<bpmn:errorEventDefinition errorRef="${id}"/>`;
const inSubProcess = (last: string) =>
  `${start}<bpmn:subProcess id="P1" name="P1">${node('startEvent', 'S1')}${last}</bpmn:subProcess>${end}${flows('S>P1 P1>E')}`;

describe('boundary-never-fires', () => {
  const rule = 'boundary-never-fires';

  it('is an error that nothing in the activity throws', async () => {
    const ofTask = `${start}${task('A')}${end}${flows('S>A A>E')}${catching('B', 'A', errorEvent())}`;
    const problem = await only(rule, ofTask, { roots: error });
    expect(problem).toMatchObject({ severity: 'warning', element: 'B', elementName: 'B' });
    expect(problem.message).toBe('"B" at "A" never fires: nothing in it throws this error.');
    const ofJob = `${start}${job('A')}${end}${flows('S>A A>E')}${catching('B', 'A', errorEvent())}`;
    expect(await found(rule, ofJob, { roots: error })).toEqual([]);
  });

  it('is an error of another code than the one that is thrown', async () => {
    const thrown = (code: string) =>
      inSubProcess(`${node('endEvent', 'E1', errorEvent(code))}${flows('S1>E1')}`) + catching('B', 'P1', errorEvent());
    expect(await found(rule, thrown('Other'), { roots: error })).toEqual(['B']);
    expect(await found(rule, thrown('Err'), { roots: error })).toEqual([]);
    const any = inSubProcess(`${node('endEvent', 'E1', errorEvent('Other'))}${flows('S1>E1')}`);
    expect(await found(rule, any + catching('B', 'P1', '<bpmn:errorEventDefinition/>'), { roots: error })).toEqual([]);
  });

  it('is an escalation that nothing in the subprocess throws', async () => {
    const roots = '<bpmn:escalation id="Esc" name="Esc" escalationCode="up"/>';
    const escalation = '<bpmn:escalationEventDefinition escalationRef="Esc"/>';
    const ending = (definition: string) =>
      inSubProcess(`${node('endEvent', 'E1', definition)}${flows('S1>E1')}`) + catching('B', 'P1', escalation);
    expect(await found(rule, ending(''), { roots })).toEqual(['B']);
    expect(await found(rule, ending(escalation), { roots })).toEqual([]);
  });

  it('is a cancellation of a transaction that nothing cancels', async () => {
    const transaction = (definition: string) =>
      `${start}<bpmn:transaction id="P1" name="P1">${node('startEvent', 'S1')}${node('endEvent', 'E1', definition)}${flows('S1>E1')}</bpmn:transaction>
       ${end}${flows('S>P1 P1>E')}${catching('B', 'P1', '<bpmn:cancelEventDefinition/>')}`;
    expect(await found(rule, transaction(''))).toEqual(['B']);
    expect(await found(rule, transaction('<bpmn:cancelEventDefinition/>'))).toEqual([]);
  });

  it('is compensation that is never thrown', async () => {
    const handler = `${boundary('B', 'A', '<bpmn:compensateEventDefinition/>')}${node(
      'serviceTask',
      'H',
      '<bpmn:extensionElements><zeebe:taskDefinition type="undo"/></bpmn:extensionElements>',
      'isForCompensation="true"',
    )}<bpmn:association id="a" associationDirection="One" sourceRef="B" targetRef="H"/>`;
    const process = (ending: string) =>
      `${start}${job('A')}${node('endEvent', 'E', ending)}${flows('S>A A>E')}${handler}`;
    expect(await found(rule, process(''))).toEqual(['B']);
    expect(await found(rule, process('<bpmn:compensateEventDefinition/>'))).toEqual([]);
  });

  it('is anything at a task that is over at once', async () => {
    const timer = (host: string) => `${start}${host}${end}${flows('S>A A>E')}${catching('B', 'A', lasting('PT1H'))}`;
    expect((await only(rule, timer(node('manualTask', 'A')))).message).toMatch(/is over as soon as it begins/);
    expect(await found(rule, timer(task('A')))).toEqual([]);
  });
});

describe('contradicting-timers', () => {
  const rule = 'contradicting-timers';
  const host = (timers: string) => `${start}${task('A')}${end}${flows('S>A A>E')}${timers}`;
  const beside = 'cancelActivity="false"';

  it('is a reminder after the end of the waiting', async () => {
    const problem = await only(
      rule,
      host(catching('B', 'A', lasting('P5D'), beside) + catching('C', 'A', lasting('P3D'))),
    );
    expect(problem.message).toBe('"B" never fires: "C" ends the waiting at "A" before.');
    expect(
      await found(rule, host(catching('B', 'A', lasting('P3D'), beside) + catching('C', 'A', lasting('P5D')))),
    ).toEqual([]);
  });

  it('is the same timer twice', async () => {
    expect(await found(rule, host(catching('B', 'A', lasting('P3D')) + catching('C', 'A', lasting('P3D'))))).toEqual([
      'C',
    ]);
    expect(await found(rule, host(catching('B', 'A', lasting('=due')) + catching('C', 'A', lasting('=due'))))).toEqual([
      'C',
    ]);
    expect(await found(rule, host(catching('B', 'A', lasting('=due')) + catching('C', 'A', lasting('=late'))))).toEqual(
      [],
    );
  });

  it('is the later of two timers after an event-based gateway', async () => {
    const two = (first: string, second: string) =>
      `${start}${node('eventBasedGateway', 'X')}${node('intermediateCatchEvent', 'B', lasting(first))}
       ${node('intermediateCatchEvent', 'C', second)}${end}${flows('S>X X>B X>C B>E C>E')}`;
    expect(await found(rule, two('PT1H', lasting('PT2H')))).toEqual(['C']);
    expect(
      await found(
        rule,
        two(
          'PT1H',
          '<bpmn:conditionalEventDefinition><bpmn:condition>x</bpmn:condition></bpmn:conditionalEventDefinition>',
        ),
      ),
    ).toEqual([]);
  });

  it('is nothing where months are compared with days', async () => {
    expect(
      await found(rule, host(catching('B', 'A', lasting('P40D'), beside) + catching('C', 'A', lasting('P1M')))),
    ).toEqual([]);
  });
});

describe('message-never-sent', () => {
  const rule = 'message-never-sent';
  const roots = '<bpmn:message id="M" name="paid"/>';
  const receive = node('receiveTask', 'A', '', 'messageRef="M"');

  it('is reported as info only', async () => {
    const problem = await only(rule, `${start}${receive}${end}${flows('S>A A>E')}`, { roots });
    expect(problem).toMatchObject({ severity: 'info', element: 'A' });
    expect(problem.message).toBe('"A" waits for the message "paid", which no deployed definition sends.');
  });

  it('is not reported when the diagram or something else sends it', async () => {
    const thrown = node('intermediateThrowEvent', 'T', '<bpmn:messageEventDefinition messageRef="M"/>');
    expect(await found(rule, `${start}${thrown}${receive}${end}${flows('S>T T>A A>E')}`, { roots })).toEqual([]);
    const waiting = `${start}${receive}${end}${flows('S>A A>E')}`;
    expect(await found(rule, waiting, { roots, options: { sentMessages: ['paid'] } })).toEqual([]);
    const outside = `<bpmn:collaboration id="C"><bpmn:participant id="Bank" name="Bank"/><bpmn:participant id="Us" name="Us" processRef="P"/>
      <bpmn:messageFlow id="mf" sourceRef="Bank" targetRef="A"/></bpmn:collaboration>`;
    expect(await found(rule, waiting, { roots: roots + outside })).toEqual([]);
  });
});

describe('signal-never-thrown', () => {
  const rule = 'signal-never-thrown';
  const roots = '<bpmn:signal id="Sg" name="storm"/>';
  const waiting = node('intermediateCatchEvent', 'A', '<bpmn:signalEventDefinition signalRef="Sg"/>');
  const drawn = `${start}${waiting}${end}${flows('S>A A>E')}`;

  it('is reported as info only', async () => {
    const problem = await only(rule, drawn, { roots });
    expect(problem).toMatchObject({ severity: 'info', element: 'A' });
    expect(problem.message).toBe('"A" waits for the signal "storm", which no deployed definition throws.');
  });

  it('is not reported when the diagram or something else throws it', async () => {
    const thrown = node('intermediateThrowEvent', 'T', '<bpmn:signalEventDefinition signalRef="Sg"/>');
    expect(await found(rule, `${start}${thrown}${waiting}${end}${flows('S>T T>A A>E')}`, { roots })).toEqual([]);
    expect(await found(rule, drawn, { roots, options: { thrownSignals: ['storm'] } })).toEqual([]);
  });
});
