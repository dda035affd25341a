/** Damaged models never make the compiler of decisions throw, and what it takes never makes a decision throw, whatever it is given. */
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compileDmn } from '../../../engine/dmn/compile.ts';
import { evaluateDecision } from '../../../engine/dmn/evaluate.ts';
import type { Variables } from '../../../engine/model/plan.ts';
import { damaged, damages, times } from '../../support/damage.ts';
import { context, decision, input, literal, model, table } from './models.ts';

const bitOfAll = model(
  input('amount', 'number') +
    input('who', 'string') +
    `<itemDefinition name="level"><typeRef>string</typeRef><allowedValues><text>"low","high"</text></allowedValues></itemDefinition>` +
    decision('fee', literal('if amount > 100 then amount * 0.1 else 5'), { inputs: ['amount'], type: 'number' }) +
    decision(
      'level',
      table({
        hitPolicy: 'FIRST',
        inputs: [{ text: 'amount', type: 'number' }, { text: 'who' }],
        outputs: [{ name: 'level', type: 'level' }],
        rules: [
          ['< 10', '-', '"low"'],
          ['[10..20)', 'not("x")', '"high"'],
        ],
      }),
      { inputs: ['amount', 'who'] },
    ) +
    decision(
      'sum',
      table({
        hitPolicy: 'COLLECT',
        aggregation: 'SUM',
        inputs: [{ text: 'amount' }],
        outputs: [{ type: 'number' }],
        rules: [
          ['> 1', 'amount'],
          ['> 2', '2'],
        ],
      }),
      { inputs: ['amount'] },
    ) +
    decision('all', literal('{a: fee, b: level, c: for x in 1..3 return x + fee}'), { decisions: ['fee', 'level'] }),
);
const discount = readFileSync(new URL('../../../examples/tasks/member-discount.dmn', import.meta.url), 'utf8');

const values: unknown[] = [
  ...[0, -1, 1.5, 1e300, Number.MAX_SAFE_INTEGER, '', 'x', '2026-02-30', 'P300000Y', '=1', '𝄞'.repeat(50)],
  ...[null, true, [], [[[]]], {}, { __proto__: null, a: { b: 1 } }, [1, 'a', null], 'x'.repeat(100_000)],
  Array.from({ length: 2000 }, (_, i) => i),
];
const names = 'amount who level fee sum all member items __proto__ constructor toString length'.split(' ');
const given = fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...values), { noNullPrototype: true });

async function survives(xml: string, variables: Variables): Promise<void> {
  const { decisions, problems } = await compileDmn(xml);
  for (const { code, message } of problems) {
    expect(code).toMatch(/^[a-z-]+$/);
    expect(message.trim()).not.toBe('');
  }
  if (problems.some(({ severity }) => severity === 'error')) return;
  for (const node of Object.values(decisions.nodes)) {
    const result = evaluateDecision(decisions, node.id, variables, context);
    expect(typeof result.ok).toBe('boolean');
  }
}

test('a whole model decides or says why not, whatever it is given', () =>
  fc.assert(
    fc.asyncProperty(fc.constantFrom(bitOfAll, discount), given, (xml, variables) =>
      survives(xml, variables as Variables),
    ),
    { numRuns: 60 * times },
  ));

test('a damaged model is refused with sentences, or decides', () =>
  fc.assert(
    fc.asyncProperty(fc.constantFrom(bitOfAll, discount), damages, given, (xml, many, variables) =>
      survives(damaged(xml, many), variables as Variables),
    ),
    { numRuns: 150 * times },
  ));
