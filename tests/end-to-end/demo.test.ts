/** The demo plays all its cases through the API, also while another one plays. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { demoCases } from '../../scripts/demo/cases.ts';
import { type Careloop, startCareloop } from '../support/careloop.ts';
import type { Page } from './acts.ts';

const root = resolve(import.meta.dirname, '../..');

let careloop: Careloop;
beforeAll(async () => {
  careloop = await startCareloop();
});
afterAll(() => careloop?.close());

interface Item {
  caseNumber: string;
  stage: string;
  status: string;
  overdue: boolean;
}

/** What it printed; its own words when it failed. */
const runDemo = async () => {
  const args = ['--import', 'tsx', 'scripts/demo.ts', '--only', 'complaints', '--speed', '400000'];
  const run = promisify(execFile)(process.execPath, args, {
    cwd: root,
    env: { ...process.env, CARELOOP_URL: careloop.url, CARELOOP_DEMO_PASSWORD: careloop.password },
  });
  const { stdout } = await run.catch((error: { stdout?: string }) => {
    throw new Error(error.stdout, { cause: error });
  });
  return stdout;
};

it('plays thirty cases twice at once, and shows what runs where', async () => {
  const shown = await Promise.all([runDemo(), runDemo()]);
  const { body } = await careloop.as<Page<Item>>('cs-general-director', 'GET /api/complaints?limit=200');
  expect(body.items).toHaveLength(2 * demoCases.length);
  const table = shown.flatMap((text) => text.split('\n')).filter((line) => /^(BJ|SH|CD) {2,}\S/.test(line));
  expect(table.map((line) => line.split(/ +/)[1]).sort()).toEqual(body.items.map((item) => item.caseNumber).sort());
  const stages = new Set(body.items.map((item) => item.stage));
  expect(stages.size).toBeGreaterThan(8);
  expect(body.items.filter((item) => item.overdue).length).toBeGreaterThanOrEqual(6);
  expect(new Set(body.items.map((item) => item.status))).toEqual(new Set(['active', 'completed']));
  const stuck = await careloop.as<Page<{ id: string }>>('ops', 'GET /api/instances?incident=true');
  expect(stuck.body.items).toHaveLength(2);
  expect(table.filter((line) => line.includes('下达付款指令：unhandled-error'))).toHaveLength(2);
}, 300_000);
