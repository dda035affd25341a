/** The tour of the API does what it says: the commands of README.md and docs/api-tour.md, as printed, given to bash line by line. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Careloop, startCareloop } from '../support/careloop.ts';
import type { Page } from './acts.ts';

const root = resolve(import.meta.dirname, '../..');

let careloop: Careloop;
beforeAll(async () => {
  careloop = await startCareloop();
});
afterAll(() => careloop?.close());

/** Every answer of the tour is a success: curl says on stderr which one is not, and prints the problem. */
const strictCurl = 'curl() { command curl --fail-with-body "$@"; }\n';

async function commandsOf(file: string): Promise<string> {
  const markdown = await readFile(resolve(root, file), 'utf8');
  return [...markdown.matchAll(/^```bash\n(.*?)^```$/gms)].map((block) => block[1]).join('');
}

it('takes a complaint from the desk to its end with the commands as printed', async () => {
  const commands = (await commandsOf('README.md')) + (await commandsOf('docs/api-tour.md'));
  const env = { ...process.env, CARELOOP_URL: careloop.url, CARELOOP_DEMO_PASSWORD: careloop.password };
  const bash = spawn('bash', ['-s'], { cwd: root, env });
  bash.stdin.end(strictCurl + commands);
  const [output, errors] = await Promise.all([text(bash.stdout), text(bash.stderr)]);
  expect(errors, output).toBe('');
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
