import { expect, test } from 'vitest';
import type { Instance, JournalLine } from '../src/api/client.ts';
import { marksOf } from '../src/pages/case/marks.ts';

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
