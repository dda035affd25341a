import { expect, test } from 'vitest';
import type { Explanation, Instance, JournalLine } from '../src/api/client.ts';
import { marksOf, notesOf } from '../src/pages/case/marks.ts';

const instance = {
  waits: [{ element: 'Approve' }, { element: 'Pay' }],
  incidents: [{ element: 'Pay' }],
} as Instance;
const lines = [
  { kind: 'element-completed', element: 'Apply' },
  { kind: 'flow-taken', element: 'Apply', data: { flow: 'Apply_Approve' } },
  { kind: 'element-completed', element: 'Approve' },
] as JournalLine[];

test('an element that is stuck is not active too, and one that is active again is not done', () => {
  expect(marksOf(instance, lines)).toMatchObject({
    active: ['Approve'],
    incidents: ['Pay'],
    done: ['Apply', 'Apply_Approve'],
  });
});

test('what is open and has a date shows it, and what is stuck says so', () => {
  const explanation = {
    waits: [
      { element: 'Approve', until: '2026-12-01T00:00:00Z', overdue: false },
      { element: 'Call', until: '2026-11-01T00:00:00Z', overdue: true },
      { element: 'Pay' },
    ],
  } as Explanation;
  expect(notesOf(instance, explanation, (instant) => instant.slice(0, 10))).toEqual([
    { element: 'Approve', text: '2026-12-01', kind: 'due' },
    { element: 'Call', text: '2026-11-01', kind: 'late' },
    { element: 'Pay', text: '!', kind: 'stuck' },
  ]);
});
