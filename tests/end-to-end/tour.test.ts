/** The tour of the API does what it says: the commands of docs/api-tour.md, as printed, given to bash line by line. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Careloop, startCareloop } from '../support/careloop.ts';
import type { Page } from './acts.ts';
import { printedCommands, runPrinted } from './printed-commands.ts';

let careloop: Careloop;
beforeAll(async () => {
  careloop = await startCareloop();
});
afterAll(() => careloop?.close());

it('takes a complaint from the desk to its end with the commands as printed', async () => {
  const output = await runPrinted(careloop, await printedCommands('docs/api-tour.md'));
  expect(output).not.toMatch(/undefined|Error/);
  expect(output).toMatch(/^BJ\d{10}$/m);
  expect(output).toMatch(/^paid$/m);
  expect(output).toMatch(/^completed$/m);
  expect(output).toContain('结案时限 met');
  expect(output).toContain('年假 0.5 天');
  expect(output).toContain("leaveStatus: 'approved'");
  type Case = { status: string; outcome: string; refundStatus: string };
  const { body } = await careloop.as<Page<Case>>('cs-director-bj', 'GET /api/complaints');
  expect(body.items).toMatchObject([{ status: 'completed', outcome: 'satisfied', refundStatus: 'paid' }]);
});
