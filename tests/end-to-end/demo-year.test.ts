/** The demo's year of follow-up: a few patients from their first visit until today, with nothing left undone on the way. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Careloop, startCareloop } from '../support/careloop.ts';
import type { Page } from './acts.ts';

const root = resolve(import.meta.dirname, '../..');

let careloop: Careloop;
beforeAll(async () => {
  careloop = await startCareloop();
});
afterAll(() => careloop?.close());

const patients = 5;
const plots = ['手术', '皮肤疗程', '手术改期', '危险信号', '离世'];

async function runDemo(): Promise<string> {
  const args = ['--import', 'tsx', 'scripts/demo.ts', '--only', 'year', '--patients', String(patients)];
  const env = { ...process.env, CARELOOP_URL: careloop.url, CARELOOP_DEMO_PASSWORD: careloop.password };
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: root, env }).catch(
    (error: { stdout?: string }) => {
      throw new Error(error.stdout, { cause: error });
    },
  );
  return stdout;
}

interface Touch {
  touch: string;
  state: string;
  dueAt: string;
  begunAt?: string;
}

const of = (touches: Touch[], state: string): string[] =>
  touches.filter((one) => one.state === state).map(({ touch }) => touch);

it('goes through the year as fast as the machine, with no touch overdue and no task left', async () => {
  const began = new Date().toISOString();
  const shown = await runDemo();
  const rows = shown.split('\n').filter((line) => /^(BJ|SH|CD)-E-/.test(line));
  expect(rows.map((line) => line.split(/ {2,}/)[1])).toEqual(plots);

  const chains = await Promise.all(
    rows.map(async (line) => {
      const [chain = ''] = line.split(' ');
      const { body } = await careloop.as<{ status: string; touches: Touch[] }>(
        'cs-general-director',
        `GET /api/follow-ups/${chain}`,
      );
      return body;
    }),
  );
  for (const { touches } of chains) {
    expect(of(touches, 'overdue')).toEqual([]);
    expect(touches.filter(({ state, dueAt }) => state === 'planned' && dueAt < began)).toEqual([]);
    // No touch before its time, none a day after it.
    for (const { dueAt, begunAt } of touches.filter((one) => one.begunAt !== undefined)) {
      expect(begunAt && begunAt >= dueAt).toBe(true);
      expect(Date.parse(begunAt ?? '') - Date.parse(dueAt)).toBeLessThan(86_400_000);
    }
  }
  const [surgery, course, moved, redFlag, died] = chains.map(({ touches }) => touches);
  expect(of(surgery ?? [], 'sent')).toContain('surgery-care-6');
  expect(of(course ?? [], 'sent').filter((touch) => touch === 'treatment-comfort')).toHaveLength(3);
  expect(of(moved ?? [], 'moved')).not.toEqual([]);
  expect(redFlag?.filter((one) => 'urgentAt' in one)).toHaveLength(1);
  expect(of(died ?? [], 'stopped')).toContain('surgery-care-6');

  for (const process of ['followUp', 'remark']) {
    const tasks = await careloop.as<Page<unknown>>('cs-general-director', `GET /api/tasks?process=${process}&group=*`);
    expect(tasks.body.items).toEqual([]);
    const stuck = await careloop.as<Page<unknown>>('ops', `GET /api/instances?process=${process}&incident=true`);
    expect(stuck.body.items).toEqual([]);
  }
}, 600_000);
