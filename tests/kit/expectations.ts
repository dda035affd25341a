/** What must be true now. Each failure says what was expected, and where the process is and what it waits for instead. */
import { AssertionError } from 'node:assert';
import { isDeepStrictEqual } from 'node:util';
import type { Json, Variables } from '../../engine/model/plan.ts';
import type { ClockRecord, InstanceStatus } from '../../engine/model/types.ts';
import { instantOf, localDate } from '../../engine/time/zone.ts';
import type { Looks } from './looks.ts';
import type { Running, World } from './running.ts';
import { explained, localTime, situation } from './situation.ts';

export interface Expectations {
  /** It waits at exactly these elements, in whatever order. */
  expectWaitingAt(...elements: string[]): void;
  /** The task or timer is due then: a date (`2026-11-10`, in the calendar's zone) or a moment. */
  expectDue(element: string, when: string): void;
  /** The process has run to its end, nothing is stuck, and its variables are these among others. */
  expectCompleted(variables?: Variables): void;
  expectStatus(status: InstanceStatus): void;
  /** It is stuck there, for this reason (`missing-variable`, `job-failed`, `unhandled-error`, …). */
  expectIncident(element: string, code?: string): void;
  expectNoIncident(): void;
  /** These roles, no more and no fewer, were told that a limit was crossed. @param limit id of that limit; default any */
  expectTold(roles: string | string[], limit?: string): void;
  expectNobodyTold(): void;
  /** The promise stands so: `running`, `met` or `breached`. */
  expectLimit(id: string, status: ClockRecord['status']): void;
  /** Variables of the process itself are these, among others. */
  expectVariables(variables: Variables): void;
  /** These elements were completed in this order; others may lie between. */
  expectPassed(...elements: string[]): void;
  /** None of these was completed. */
  expectNotPassed(...elements: string[]): void;
  /** Jobs of exactly these types ran, in this order. */
  expectJobs(...types: string[]): void;
  /** The process sent such a message. */
  expectSent(name: string, variables?: Variables): void;
}

type Check = (...args: never[]) => unknown;

export function expectationsOf(world: World, root: Running, looks: Looks): Expectations {
  const { everyone } = world;
  const { zone } = root.state.calendar;
  const local = (instant: string) => localTime(instant, zone);

  function fail(message: string, from: Check, compared?: { actual: unknown; expected: unknown }): never {
    const whole = `${message}\n${situation(everyone, world.now())}`;
    throw new AssertionError({ message: whole, stackStartFn: from, ...compared });
  }

  /** When the wait at an element ends; tasks before the timers that guard them. */
  function dueAt(element: string): { until?: string; why?: string } | undefined {
    for (const running of everyone) {
      const waits = explained(running, world.now()).waits.filter((wait) => wait.element === element);
      const found = waits.find((wait) => wait.until !== undefined) ?? waits[0];
      if (!found) continue;
      const { until, why } = found;
      return { ...(until !== undefined && { until }), ...(why && { why: why.sentences.en }) };
    }
    return undefined;
  }

  function sameVariables(expected: Variables, from: Check): void {
    const all = looks.variables();
    const actual = Object.fromEntries(Object.keys(expected).map((name) => [name, all[name]]));
    if (!isDeepStrictEqual(actual, expected)) fail('The variables are others.', from, { actual, expected });
  }

  const expectations: Expectations = {
    expectWaitingAt(...elements) {
      const actual = looks.waitingAt().sort();
      const expected = [...elements].sort();
      if (isDeepStrictEqual(actual, expected)) return;
      const here = `It should wait at ${expected.join(', ') || 'nothing'}, and waits at ${actual.join(', ') || 'nothing'}.`;
      fail(here, expectations.expectWaitingAt, { actual, expected });
    },
    expectDue(element, when) {
      const due = dueAt(element);
      if (!due) fail(`Nothing waits at ${element}, so nothing is due there.`, expectations.expectDue);
      if (due.until === undefined) fail(`${element} has no due date.`, expectations.expectDue);
      const asDate = /^\d{4}-\d{2}-\d{2}$/.test(when);
      const actual = asDate ? localDate(due.until, zone) : due.until;
      const expected = asDate ? when : instantOf(when, zone);
      if (actual === expected) return;
      const why = due.why ? ` ${due.why}` : '';
      const should = asDate ? when : local(expected);
      fail(`${element} is due ${local(due.until)}, not ${should}.${why}`, expectations.expectDue, { actual, expected });
    },
    expectCompleted(variables = {}) {
      const { status } = root.state;
      if (status !== 'completed')
        fail(`${root.state.id} is not completed but ${status}.`, expectations.expectCompleted);
      sameVariables(variables, expectations.expectCompleted);
      const stuck = looks.incidents();
      if (stuck.length > 0) fail('It is completed, but something it called is stuck.', expectations.expectCompleted);
    },
    expectStatus(expected) {
      const actual = root.state.status;
      if (actual !== expected)
        fail(`${root.state.id} is ${actual}, not ${expected}.`, expectations.expectStatus, { actual, expected });
    },
    expectIncident(element, code) {
      const all = looks.incidents();
      const here = all.filter((incident) => incident.element === element);
      if (here.some((incident) => code === undefined || incident.code === code)) return;
      const others = all.map((incident) => `${incident.element} ${incident.code}`).join(', ') || 'none';
      fail(
        `There is no incident${code ? ` ${code}` : ''} at ${element}; there are: ${others}.`,
        expectations.expectIncident,
      );
    },
    expectNoIncident() {
      const all = looks.incidents();
      if (all.length > 0)
        fail(`There should be no incident.`, expectations.expectNoIncident, { actual: all, expected: [] });
    },
    expectTold(roles, limit) {
      const expected = [roles].flat().sort();
      const all = looks.told().filter((told) => limit === undefined || told.limit === limit);
      if (all.some((told) => isDeepStrictEqual([...told.roles].sort(), expected))) return;
      const lines = looks.told().map((told) => `${told.limit} at ${local(told.at)}: ${told.roles.join(', ')}`);
      const what = `${expected.join(', ')} should have been told${limit ? ` about ${limit}` : ''}.`;
      fail(`${what} Told were: ${lines.join('; ') || 'nobody'}.`, expectations.expectTold);
    },
    expectNobodyTold() {
      const actual = looks.told();
      if (actual.length > 0)
        fail('Nobody should have been told.', expectations.expectNobodyTold, { actual, expected: [] });
    },
    expectLimit(id, expected) {
      const { status: actual, dueAt: due } = looks.clock(id);
      if (actual !== expected)
        fail(`The limit ${id} (${local(due)}) is ${actual}, not ${expected}.`, expectations.expectLimit, {
          actual,
          expected,
        });
    },
    expectVariables(variables) {
      sameVariables(variables, expectations.expectVariables);
    },
    expectPassed(...elements) {
      const path = looks.path();
      let from = 0;
      for (const element of elements) {
        const at = path.indexOf(element, from);
        if (at < 0)
          fail(`${element} was not completed${from > 0 ? ' after the one before' : ''}.`, expectations.expectPassed);
        from = at + 1;
      }
    },
    expectNotPassed(...elements) {
      const passed = elements.filter((element) => looks.path().includes(element));
      if (passed.length > 0) fail(`${passed.join(', ')} should not have been completed.`, expectations.expectNotPassed);
    },
    expectJobs(...expected) {
      const actual = looks.jobs.map(({ type }) => type);
      if (!isDeepStrictEqual(actual, expected)) fail('Other jobs ran.', expectations.expectJobs, { actual, expected });
    },
    expectSent(name, variables = {}) {
      const all = looks.sent.filter((message) => message.name === name);
      const fits = (given: Variables) =>
        Object.entries(variables).every(([key, value]: [string, Json]) => isDeepStrictEqual(given[key], value));
      if (all.some((message) => fits(message.variables))) return;
      const names = looks.sent.map((message) => message.name).join(', ') || 'none';
      fail(`The message ${name} was not sent so; sent were: ${names}.`, expectations.expectSent);
    },
  };
  return expectations;
}
