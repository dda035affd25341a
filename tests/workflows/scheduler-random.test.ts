/** Whatever happens to a scheduler, in whatever order: nothing begins twice or too often, and it never sleeps over what is due. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LoadedSchedule, LoadedSchedules } from '../../activities/types.ts';
import { createScheduler, type Scheduler } from '../../workflows/schedules/scheduler.ts';

const runs = Number(process.env['CARELOOP_SCHEDULER_RUNS'] ?? 60);
const id = 'Begin@BJ';
const by = { id: 'ops' };
const values: [LoadedSchedule['kind'], string][] = [
  ['cycle', 'R3/PT1H'],
  ['cycle', 'R/PT7H'],
  ['cycle', 'R2/2026-11-03T09:00:00+08:00/P1D'],
  ['cycle', '0 0 9 * * MON-FRI'],
  ['date', '2026-11-05T00:00:00Z'],
  ['duration', 'PT90M'],
];

type Event =
  | { do: 'wait'; hours: number }
  | { do: 'fail' }
  | { do: 'pause' | 'resume' | 'trigger' | 'carry' | 'end' | 'look' }
  | { do: 'deploy'; value: number };

const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('wait' as const), hours: fc.integer({ min: 1, max: 30 }) }) },
  { weight: 2, arbitrary: fc.constant<Event>({ do: 'fail' }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Event>(
      { do: 'pause' },
      { do: 'resume' },
      { do: 'trigger' },
      { do: 'carry' },
      { do: 'end' },
      { do: 'look' },
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({ do: fc.constant('deploy' as const), value: fc.nat({ max: values.length - 1 }) }),
  },
);

/** A scheduler among events: the clock, the deployed version, the rows it wrote, and whatever it began. */
function world(first: number) {
  let now = Date.UTC(2026, 10, 2);
  let version = 1;
  let deployed = { value: first, from: now };
  let scheduler = createScheduler('round');
  let rows: LoadedSchedules['memory'] = [];
  let lines = 0;
  let failing = false;
  const begun: string[] = [];
  const at = () => new Date(now).toISOString();
  const loaded = (): LoadedSchedules => {
    const [kind, value] = values[deployed.value] ?? ['date', ''];
    const from = new Date(deployed.from).toISOString();
    const about = {
      id,
      element: 'Begin',
      elementName: '到点',
      facility: 'BJ',
      expression: value,
      zone: 'Asia/Shanghai',
    };
    return { version, schedules: [{ ...about, kind, value, from }], memory: rows, journalFrom: lines };
  };
  const only = () => {
    const [schedule] = scheduler.schedules;
    if (!schedule) throw new Error('It has no schedule.');
    return schedule;
  };

  /** What the workflow's loop does until it rests. */
  function settle(): void {
    for (let rounds = 0; ; rounds++) {
      if (rounds > 200) throw new Error('It does not come to rest.');
      const due = scheduler.advance(at());
      for (const one of due) {
        const { businessKey } = scheduler.begin(one);
        if (failing) scheduler.failed(one, { code: 'begin-failed', message: '-' }, at());
        else {
          const instance = `round/${businessKey}`;
          scheduler.began(one, { instance, began: !begun.includes(businessKey) }, at());
          expect(only().last?.instance).toBe(instance);
          if (!begun.includes(businessKey)) begun.push(businessKey);
        }
      }
      const burst = scheduler.closeBurst(at());
      rows = burst.rows;
      expect(burst.journal.map(({ n }) => n)).toEqual(burst.journal.map((_, index) => lines + index + 1));
      lines += burst.journal.length;
      const wakeAt = scheduler.wakeAt();
      if (due.length === 0 && (wakeAt === undefined || wakeAt > at())) return;
    }
  }

  function act(what: Event): void {
    switch (what.do) {
      case 'wait': {
        // As the workflow sleeps: no longer than until it is woken.
        const until = now + what.hours * 3_600_000;
        for (let wakeAt = scheduler.wakeAt(); ; wakeAt = scheduler.wakeAt()) {
          now = Math.min(until, Math.max(now, wakeAt === undefined ? until : Date.parse(wakeAt)));
          settle();
          if (now >= until) return;
        }
      }
      case 'fail':
        failing = !failing;
        return;
      case 'pause':
      case 'resume':
        if (!scheduler.refusal(what.do, id)) scheduler[what.do]({ id, by }, at());
        return;
      case 'trigger':
        scheduler.trigger({ id, by }, at());
        return;
      case 'carry':
        scheduler = createScheduler('round', JSON.parse(JSON.stringify(scheduler.carry())));
        return;
      case 'end':
        // Terminated: the next one has what the rows tell.
        scheduler = createScheduler('round');
        scheduler.take(loaded(), at());
        return;
      case 'look':
        scheduler.take(loaded(), at());
        return;
      case 'deploy':
        version += 1;
        deployed = { value: what.value, from: now };
        scheduler.take(loaded(), at());
    }
  }

  /** All is well again, for long enough. */
  function recover(): void {
    failing = false;
    act({ do: 'resume' });
    act({ do: 'wait', hours: 1 });
  }

  scheduler.take(loaded(), at());
  settle();
  return { act, settle, recover, only, begun, at, scheduler: (): Scheduler => scheduler, value: () => deployed.value };
}

test(`in ${runs} random lives nothing begins twice, a cycle never exceeds its count, and nothing due is slept over`, () => {
  fc.assert(
    fc.property(fc.nat({ max: values.length - 1 }), fc.array(event, { maxLength: 25 }), (first, events) => {
      const life = world(first);
      for (const one of events) {
        life.act(one);
        life.settle();
        const { fired, dueAt, paused } = life.only();
        const count = /^R(\d+)/.exec(values[life.value()]?.[1] ?? '')?.[1];
        if (count !== undefined) expect(fired).toBeLessThanOrEqual(Number(count));
        if (!paused && dueAt !== null && life.only().failure === null) expect(dueAt > life.at()).toBe(true);
      }
      life.recover();
      expect(life.only()).toMatchObject({ failure: null, paused: null });
      expect(life.scheduler().projection(life.at()).rows[0]?.owed).toEqual([]);
      expect(new Set(life.begun).size).toBe(life.begun.length);
    }),
    { numRuns: runs },
  );
});
