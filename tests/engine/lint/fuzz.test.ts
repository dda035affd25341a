/** Damaged files never make the compiler or the rules throw: they are run or refused, with sentences. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { lint } from '../../../engine/lint/index.ts';
import { damaged, damages, times } from '../../support/damage.ts';
import { publicTest } from '../../support/public-test.ts';
import { diagramOf } from '../../support/shipped.ts';
import { diagramXml, extensions } from '../compile/builders.ts';
import { boundary, end, flows, job, lasting, node, start, task, when } from './builders.ts';

/** A diagram with a bit of everything the rules look at; small, so that a mutation often meets something that matters. */
const bitOfAll = diagramXml(
  `<bpmn:laneSet id="L"><bpmn:lane id="handler" name="handler"><bpmn:flowNodeRef>A</bpmn:flowNodeRef></bpmn:lane></bpmn:laneSet>
   ${start}${node('exclusiveGateway', 'X', '', 'default="X_B"')}${task('A')}${job('B')}${boundary('C', 'B', lasting('PT1H'))}
   ${boundary('D', 'B', '<bpmn:errorEventDefinition errorRef="Err"/>')}${node('parallelGateway', 'J')}
   ${node('intermediateCatchEvent', 'M', '<bpmn:messageEventDefinition messageRef="Msg"/>')}
   ${node('scriptTask', 'T', extensions('<zeebe:script expression="=x + 1" resultVariable="x"/>'))}
   <bpmn:subProcess id="P1" name="P1" triggeredByEvent="true">${node('startEvent', 'S1', lasting('P1D'))}${node('endEvent', 'E1')}${flows('S1>E1')}</bpmn:subProcess>
   ${node('userTask', 'U', `${extensions('<zeebe:assignmentDefinition candidateGroups="=[&quot;a&quot;]"/>')}<bpmn:multiInstanceLoopCharacteristics><bpmn:loopCardinality>3</bpmn:loopCardinality></bpmn:multiInstanceLoopCharacteristics>`)}
   ${end}${flows('S>X X>B A>J B>J J>M M>T C>T D>T T>U U>E')}${when('X_A', 'X', 'A', 'x in [1..5)')}`,
  '<bpmn:message id="Msg" name="Msg"/><bpmn:error id="Err" name="Err" errorCode="e"/>',
);

const modelsIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.bpmn'))
    .sort()
    .map((name) => readFileSync(join(folder, name), 'utf8'));

async function survives(xml: string): Promise<void> {
  const errors = vi.spyOn(console, 'error').mockImplementation(() => {});
  try {
    const { plans, problems } = await lint(xml, { roles: ['handler'], forms: {}, sentMessages: [] });
    const refused = problems.some(({ severity }) => severity === 'error');
    expect(plans.length > 0).toBe(!refused);
    for (const problem of problems) {
      expect(problem.message.trim()).not.toBe('');
      expect(problem.code).toMatch(/^[a-z-]+$/);
    }
    // The linter writes there when a rule stumbles.
    expect(errors).not.toHaveBeenCalled();
  } finally {
    errors.mockRestore();
  }
}

const survivesDamaged = (sources: readonly string[], runs: number) =>
  fc.assert(
    fc.asyncProperty(fc.nat(sources.length - 1), damages, async (which, many) => {
      await survives(damaged(sources[which] ?? '', many));
    }),
    { numRuns: runs * times },
  );

describe('a damaged diagram never makes the compiler or a rule throw', () => {
  it('when it is a small one with a bit of everything', () => survivesDamaged([bitOfAll], 200), 120_000 * times);
  it(
    'when it is one of those shipped',
    () => survivesDamaged([diagramOf('complaint'), diagramOf('refund')], 5),
    120_000 * times,
  );
  publicTest(
    ['bpmn', 'bpmn-constraints'],
    'when it is of the public suite',
    (...folders) => survivesDamaged(folders.flatMap(modelsIn), 200),
    120_000 * times,
  );
  it('when content of elements is in an attribute', () =>
    survives(bitOfAll.replace('<bpmn:process ', '<bpmn:process documentation="d" flowElements="X" auditing="a" ')));
  it('and undamaged it is as good as it can be', async () => {
    const { problems } = await lint(bitOfAll, { roles: ['handler', 'a'] });
    expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
