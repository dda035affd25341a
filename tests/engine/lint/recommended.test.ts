/** bpmnlint's recommended rules as they are told here. */
import { describe, expect, it } from 'vitest';
import { lint } from '../../../engine/lint/index.ts';
import { recommended, recommendedNames } from '../../../engine/lint/recommended.ts';
import { diagramXml, extensions } from '../compile/builders.ts';
import { boundary, end, flows, found, job, node, only, problemsIn, start, task } from './builders.ts';

describe('the recommended rules', () => {
  it('are all there: as many as this version of bpmnlint recommends', () => {
    expect(Object.keys(recommended).sort()).toEqual([...recommendedNames].sort());
  });

  it('are reported with a sentence, the name of the element and what to do', async () => {
    const problem = await only(
      'superfluous-termination',
      `${start}${task('A')}${node('endEvent', 'E', '<bpmn:terminateEventDefinition/>')}${flows('S>A A>E')}`,
    );
    expect(problem).toEqual({
      severity: 'info',
      code: 'superfluous-termination',
      element: 'E',
      elementName: 'E',
      message: 'It terminates what has ended anyway.',
      hint: 'Use an end event without a trigger.',
    });
  });

  it('tell of names that are missing', async () => {
    const named = `${start}${task('A')}${end}${flows('S>A A>E')}`;
    expect(await found('label-required', named)).toEqual([]);
    expect(await found('label-required', named.replace('id="A" name="A"', 'id="A"'))).toEqual(['A']);
  });

  it('ask for no start event where a receive task or an event-based gateway starts the instance', async () => {
    const receive = (attributes: string) => node('receiveTask', 'R', '', `messageRef="M" ${attributes}`);
    const around = { roots: '<bpmn:message id="M" name="come"/>' };
    for (const code of ['start-event-required', 'no-implicit-start']) {
      expect(await found(code, receive('instantiate="true"'), around)).toEqual([]);
      expect(await found(code, receive(''), around)).toHaveLength(1);
    }
  });

  it('ask for no end event behind a compensation event within a subprocess that leads to its handler', async () => {
    const undone = (association: string) =>
      `${start}${node(
        'subProcess',
        'P',
        `${node('startEvent', 'S1')}${job('A')}${boundary('B', 'A', '<bpmn:compensateEventDefinition/>')}
        ${node('serviceTask', 'H', extensions('<zeebe:taskDefinition type="undo"/>'), 'isForCompensation="true"')}
        ${node('endEvent', 'E1', '<bpmn:compensateEventDefinition/>')}${flows('S1>A A>E1')}${association}`,
      )}${end}${flows('S>P P>E')}`;
    const association = '<bpmn:association id="U" associationDirection="One" sourceRef="B" targetRef="H"/>';
    expect(await found('no-implicit-end', undone(association))).toEqual([]);
  });

  it('never refuse a diagram: what is executed is at most doubtful', async () => {
    const doubtful = `${node('task', 'A')}${node('task', 'B')}${node('complexGateway', 'C')}${flows('A>C A>C B>C').replace('id="A_C"', 'id="again"')}`;
    const { plans, problems } = await lint(diagramXml(doubtful));
    expect(problems.map(({ code }) => code)).toEqual(
      expect.arrayContaining(['no-complex-gateway', 'no-implicit-start']),
    );
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(plans).toHaveLength(1);
  });

  it('do not repeat what the compiler says', async () => {
    const superfluous = await problemsIn(`${start}${node('exclusiveGateway', 'X')}${end}${flows('S>X X>E')}`);
    expect(superfluous.filter(({ element }) => element === 'X').map(({ code }) => code)).toEqual([
      'gateway-superfluous',
    ]);
    const dangling = await problemsIn(`${start}${task('A')}${task('B')}${end}${flows('S>A A>E')}`);
    expect(dangling.filter(({ element }) => element === 'B').map(({ code }) => code)).toEqual([
      'no-incoming',
      'no-outgoing',
      'missing-form',
    ]);
  });
});

describe('what is found', () => {
  it('comes gravest first, then in the order of the diagram', async () => {
    const problems = await problemsIn(
      `${start}${node('userTask', 'A')}${node('serviceTask', 'B')}${end}${flows('S>A A>B B>E')}`.replace(
        'name="S"',
        '',
      ),
    );
    expect(problems.map(({ severity, code, element }) => [severity, code, element])).toEqual([
      ['error', 'no-job-type', 'B'],
      ['warning', 'label-required', 'S'],
      ['info', 'no-diagram', undefined],
      ['info', 'missing-form', 'A'],
    ]);
  });

  it('does not depend on the lists of flows at the nodes, which some tools leave out', async () => {
    const problems = await problemsIn(`${start}${task('A')}${end}${flows('S>A A>E')}`);
    expect(problems.map(({ code }) => code)).toEqual(['no-diagram', 'missing-form']);
  });

  it('is not reported for a process that is not executable', async () => {
    const picture = diagramXml(`${start}${task('A')}${flows('S>A')}`).replace(
      'isExecutable="true"',
      'isExecutable="false"',
    );
    const both = picture.replace(
      '</bpmn:definitions>',
      '<bpmn:process id="Q" name="Q" isExecutable="true"><bpmn:task id="T" name="T"/></bpmn:process></bpmn:definitions>',
    );
    const { problems } = await lint(both);
    expect(problems.filter(({ element }) => element === 'A')).toEqual([]);
  });
});
