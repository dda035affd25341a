import { expect, test } from 'vitest';
import { type ElementNumbers, heatOf } from '../src/pages/ops/heat/heat-scale.ts';

const numbers = (element: string, about: Partial<ElementNumbers>): ElementNumbers => ({
  element,
  active: 0,
  incidents: 0,
  overdue: 0,
  done: 0,
  cancelled: 0,
  breached: 0,
  late: 0,
  ...about,
});

test('elements are coloured by the order of magnitude of what they hold, those without any not at all', () => {
  const items = [
    numbers('Crowded', { active: 1000 }),
    numbers('Busy', { active: 30 }),
    numbers('Quiet', { active: 1 }),
    numbers('Empty', { done: 5 }),
  ];
  expect(heatOf(items, 'active')).toEqual({ Crowded: 5, Busy: 3, Quiet: 1 });
  expect(heatOf(items, 'done')).toEqual({ Empty: 5 });
});

test('a promise counts once it is broken, whether what it was about has ended or still stands there', () => {
  const items = [numbers('Late', { late: 2, breached: 1, overdue: 4 }), numbers('Fine', { medianMs: 60_000 })];
  expect(heatOf(items, 'breaches')).toEqual({ Late: 5 });
  expect(heatOf(items, 'median')).toEqual({ Fine: 5 });
});
