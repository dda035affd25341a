/** What is decided about the conditions after a gateway: comparisons of one variable with constants. */
import { describe, expect, it } from 'vitest';
import { end, flows, found, node, only, problemsIn, start, task, when } from './builders.ts';

/** An exclusive gateway with a flow per condition; `otherwise` makes the last one the default. */
function choice(conditions: string[], otherwise = false, kind = 'exclusiveGateway'): string {
  const ids = conditions.map((_, index) => `T${index}`);
  const tasks = [...ids, ...(otherwise ? ['D'] : [])];
  return `${start}${node(kind, 'X', '', otherwise ? 'default="X_D"' : '')}${tasks.map(task).join('')}${end}
    ${flows(`S>X ${tasks.map((id) => `${id}>E`).join(' ')} ${otherwise ? 'X>D' : ''}`)}
    ${conditions.map((condition, index) => when(`X_T${index}`, 'X', `T${index}`, condition)).join('')}`;
}
const gap = (conditions: string[], otherwise = false) => found('conditions-gap', choice(conditions, otherwise));
const overlap = (conditions: string[]) => found('conditions-overlap', choice(conditions));

describe('conditions-gap', () => {
  it.each([
    ['numbers', ['x < 5', 'x > 5'], 'x = 5'],
    ['intervals', ['x in [1..5)', 'x >= 6', 'x < 1'], 'x = 5, or between 5 and 6'],
    ['between', ['x between 1 and 3', 'x > 3'], 'x below 1'],
    ['strings', ['x = "yes"', 'x = "no"'], 'x is none of "yes", "no"'],
    ['lists', ['x in ("a", "b")', 'x = "c"'], 'x is none of "a", "b", "c"'],
    ['booleans', ['x', 'x = true'], 'x = false'],
    ['paths', ['plan.amount > 5', 'plan.amount < 5'], 'plan.amount = 5'],
    ['not, and, or', ['x > 5 and not(x = 7)', 'x <= 5 or x > 8'], 'x = 7'],
    ['negative numbers', ['x < -5', 'x > -5'], 'x = -5'],
  ])('is found among %s', async (_, conditions, open) => {
    const problem = await only('conditions-gap', choice(conditions));
    expect(problem).toMatchObject({ severity: 'warning', element: 'X' });
    expect(problem.message).toBe(`After "X" no condition holds when ${open}.`);
  });

  it.each([
    ['numbers', ['x < 5', 'x >= 5']],
    ['booleans', ['x', 'not(x)']],
    ['strings', ['x = "yes"', 'x != "yes"']],
  ])('is none where they cover all: %s', async (_, conditions) => {
    expect(await gap(conditions)).toEqual([]);
  });

  it('is none where there is a default flow, and nothing is said where FEEL does not allow to decide', async () => {
    expect(await gap(['x < 5', 'x > 5'], true)).toEqual([]);
    expect(await gap(['x < 5', 'y > 5'])).toEqual([]);
    expect(await gap(['x < limit', 'x > limit'])).toEqual([]);
    expect(await gap(['count(x) = 1', 'count(x) > 2'])).toEqual([]);
    expect(await gap(['x < "b"', 'x > "b"'])).toEqual([]);
    expect(await gap(['x = 1', 'x = "1"'])).toEqual([]);
  });

  it('knows what can be chosen in a form', async () => {
    const form = (values: string[]) => ({
      options: {
        forms: {
          f: { components: [{ type: 'radio', key: 'x', values: values.map((value) => ({ value, label: value })) }] },
        },
      },
    });
    const twoOf = choice(['x = "a"', 'x = "b"']);
    expect(await found('conditions-gap', twoOf, form(['a', 'b']))).toEqual([]);
    expect((await only('conditions-gap', twoOf, form(['a', 'b', 'c']))).message).toMatch(/when x = "c"\.$/);
  });

  it('takes the place of the warning that a default flow is missing', async () => {
    const codes = async (conditions: string[]) =>
      (await problemsIn(choice(conditions))).map(({ code }) => code).filter((code) => /default|gap/.test(code));
    expect(await codes(['x < 5', 'x > 5'])).toEqual(['conditions-gap']);
    expect(await codes(['x < 5', 'x >= 5'])).toEqual([]);
    expect(await codes(['x < y', 'x > y'])).toEqual(['no-condition-no-default']);
  });
});

describe('conditions-overlap', () => {
  it('is reported with a value for which both hold', async () => {
    const problem = await only('conditions-overlap', choice(['x > 100', 'x > 1000', 'x <= 100']));
    expect(problem).toMatchObject({ severity: 'warning', element: 'X' });
    expect(problem.message).toMatch(/both "X_T0" and "X_T1" hold when x above 1000: the first drawn is taken\.$/);
    expect(await overlap(['x <= 100', 'x > 100'])).toEqual([]);
  });

  it('is usual after an inclusive gateway', async () => {
    const inclusive = choice(['x > 100', 'x > 1000', 'x <= 100'], false, 'inclusiveGateway');
    expect(await found('conditions-overlap', inclusive)).toEqual([]);
  });
});

describe('condition-never-holds', () => {
  it('is one that contradicts itself', async () => {
    expect(await found('condition-never-holds', choice(['x > 5 and x < 3', 'x >= 0'], true))).toEqual(['X_T0']);
    expect(await found('condition-never-holds', choice(['x > 5 and x < 7', 'x < 0'], true))).toEqual([]);
  });
});
