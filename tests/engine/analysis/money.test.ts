import { expect, test } from 'vitest';
import { moneyElements } from '../../../engine/analysis/money.ts';
import type { Plan } from '../../../engine/model/plan.ts';

const types = new Set(['pay']);
const job = (type: object) => ({ kind: 'serviceTask', job: { type } });

test('an element moves money by its job type, by one that may be any, by its listeners, or by its mark', () => {
  const elements = {
    Pay: { id: 'Pay', ...job({ literal: 'pay' }) },
    Any: { id: 'Any', ...job({ source: 'kind' }) },
    Write: { id: 'Write', ...job({ literal: 'write' }) },
    Approve: { id: 'Approve', kind: 'userTask', movesMoney: true },
    Look: { id: 'Look', kind: 'userTask', listeners: { start: [{ type: { literal: 'pay' } }] } },
    Ask: { id: 'Ask', kind: 'userTask' },
  };
  expect(moneyElements({ elements } as unknown as Plan, types)).toEqual(['Any', 'Approve', 'Look', 'Pay']);
});
