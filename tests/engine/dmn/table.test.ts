import { describe, expect, it } from 'vitest';
import { decide, decision, input, type TableParts, table } from './models.ts';

const run = (parts: TableParts, x: number | string | null = 5) =>
  decide(input('x') + decision('d', table(parts), { inputs: ['x'] }), { x });

async function value(parts: TableParts, x: number | string | null = 5): Promise<unknown> {
  const result = await run(parts, x);
  return result.ok ? result.value : result.code;
}

describe('a decision table', () => {
  it('tells which rules made the result', async () => {
    const result = await run({
      rules: [
        ['< 3', '"low"'],
        ['>= 3', '"high"'],
      ],
    });
    expect(result).toMatchObject({
      ok: true,
      value: 'high',
      matched: [{ decision: 'd', table: 'table', rules: [{ index: 2, id: 'rule2' }] }],
    });
  });

  it('gives null when no rule matches, or the default outputs', async () => {
    expect(await value({ rules: [['1', '"one"']] })).toBeNull();
    expect(await value({ outputs: [{ fallback: '"other"' }], rules: [['1', '"one"']] })).toBe('other');
  });

  it('gives several outputs as a context by name', async () => {
    const outputs = [{ name: 'group' }, { name: 'days', type: 'number' }];
    expect(await value({ outputs, rules: [['-', '"finance"', '3']] })).toEqual({ group: 'finance', days: 3 });
  });

  it('reads every kind of test in a cell', async () => {
    for (const cell of ['-', '5', '1,5', '> 4', '[1..5]', 'not(1,2)', '? > 4', 'even(? + 1)', '(4..6)'])
      expect(await value({ rules: [[cell, 'true']] }), cell).toBe(true);
    for (const cell of ['6', '< 5', '[1..5)', 'not(5)', '? > 5', '"5"', 'null'])
      expect(await value({ rules: [[cell, 'true']] }), cell).toBeNull();
  });

  it('does not let an input be null for a cell that names a value, but for null itself', async () => {
    expect(
      await value(
        {
          rules: [
            ['< 5', '1'],
            ['null', '2'],
          ],
        },
        null,
      ),
    ).toBe(2);
  });

  it('fails on an input that is not among the values allowed', async () => {
    const inputs = [{ text: 'x', type: 'string', allowed: '"a","b"' }];
    expect(await value({ inputs, rules: [['-', '1']] }, 'a')).toBe(1);
    expect(await run({ inputs, rules: [['-', '1']] }, 'c')).toMatchObject({
      ok: false,
      code: 'value-not-allowed',
      element: 'd',
    });
  });

  it('warns of an output that is not of its type, and gives null', async () => {
    const result = await run({ outputs: [{ name: 'days', type: 'number' }], rules: [['-', '"three"']] });
    expect(result).toMatchObject({ ok: true, value: null, warnings: [{ element: 'd' }] });
  });
});

describe('hit policies', () => {
  const overlapping = [
    ['> 3', '10'],
    ['> 4', '20'],
    ['> 9', '30'],
  ];

  it('UNIQUE: two matching rules are a failure that names them', async () => {
    expect(await run({ rules: overlapping })).toEqual({
      ok: false,
      code: 'hit-policy',
      element: 'd',
      message: 'Rules 1 and 2 match, but only one may.',
    });
  });

  it('ANY: matching rules must agree', async () => {
    expect(await value({ hitPolicy: 'ANY', rules: overlapping })).toBe('hit-policy');
    expect(
      await value({
        hitPolicy: 'ANY',
        rules: [
          ['> 3', '7'],
          ['> 4', '7'],
        ],
      }),
    ).toBe(7);
  });

  it('FIRST: the first matching rule, and no other is reported', async () => {
    expect(await run({ hitPolicy: 'FIRST', rules: overlapping })).toMatchObject({
      value: 10,
      matched: [{ rules: [{ index: 1 }] }],
    });
  });

  it('PRIORITY and OUTPUT ORDER: by the order of the values allowed', async () => {
    const outputs = [{ allowed: '30, 20, 10' }];
    expect(await value({ hitPolicy: 'PRIORITY', outputs, rules: overlapping })).toBe(20);
    expect(await value({ hitPolicy: 'OUTPUT ORDER', outputs, rules: overlapping })).toEqual([20, 10]);
  });

  it('RULE ORDER and COLLECT: all of them in a list, an empty one when none matches', async () => {
    expect(await value({ hitPolicy: 'RULE ORDER', rules: overlapping })).toEqual([10, 20]);
    expect(await value({ hitPolicy: 'COLLECT', rules: overlapping })).toEqual([10, 20]);
    expect(await value({ hitPolicy: 'COLLECT', rules: overlapping }, 1)).toEqual([]);
  });

  it('COLLECT with sum, least, greatest and number of outputs', async () => {
    const aggregated = (aggregation: string) => value({ hitPolicy: 'COLLECT', aggregation, rules: overlapping });
    expect([
      await aggregated('SUM'),
      await aggregated('MIN'),
      await aggregated('MAX'),
      await aggregated('COUNT'),
    ]).toEqual([30, 10, 20, 2]);
  });
});
