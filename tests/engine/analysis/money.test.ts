import { expect, test } from 'vitest';
import { calledProcesses, moneyElements, moneyProcesses } from '../../../engine/analysis/money.ts';
import type { Plan } from '../../../engine/model/plan.ts';

const types = new Set(['pay']);
const job = (type: object) => ({ kind: 'serviceTask', job: { type } });
const call = (process: object) => ({ kind: 'callActivity', process });

test('an element moves money by its job type, by what it calls, by one that may be any, by its listeners, or by its mark', () => {
  const elements = {
    Pay: { id: 'Pay', ...job({ literal: 'pay' }) },
    Any: { id: 'Any', ...job({ source: 'kind' }) },
    Write: { id: 'Write', ...job({ literal: 'write' }) },
    Approve: { id: 'Approve', kind: 'userTask', movesMoney: true },
    Look: { id: 'Look', kind: 'userTask', listeners: { start: [{ type: { literal: 'pay' } }] } },
    Ask: { id: 'Ask', kind: 'userTask' },
    Refund: { id: 'Refund', ...call({ literal: 'refund' }) },
    Whatever: { id: 'Whatever', ...call({ feel: 'process' }) },
    Leave: { id: 'Leave', ...call({ literal: 'leave' }) },
  };
  const movers = { types, processes: new Set(['refund']) };
  const touched = ['Any', 'Approve', 'Look', 'Pay', 'Refund', 'Whatever'];
  expect(moneyElements({ elements } as unknown as Plan, movers)).toEqual(touched);
});

test('a process moves money by itself or by what it calls, also in a circle', () => {
  const plan = (key: string, ...elements: object[]) =>
    ({ key, elements: Object.fromEntries(elements.map((one, n) => [n, { id: `${n}`, ...one }])) }) as unknown as Plan;
  const plans = [
    plan('complaint', call({ literal: 'refund' }), call({ literal: 'complaint' })),
    plan('refund', job({ literal: 'pay' })),
    plan('hotline', call({ literal: 'complaint' })),
    plan('leave', call({ literal: 'leave' }), job({ literal: 'write' })),
  ];
  expect([...moneyProcesses(plans, types)].sort()).toEqual(['complaint', 'hotline', 'refund']);
  expect(calledProcesses(plans[0]!)).toEqual(['refund', 'complaint']);
});
