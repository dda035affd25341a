/** Commands of the documentation, as printed: their blocks of bash, given to bash line by line. */
import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { expect } from 'vitest';
import type { Careloop } from '../support/careloop.ts';

const root = resolve(import.meta.dirname, '../..');

/** Of a page, or of its part under this heading. */
export async function printedCommands(page: string, heading?: string): Promise<string> {
  const markdown = await readFile(resolve(root, page), 'utf8');
  const part =
    heading === undefined ? markdown : (markdown.split(/^## /m).find((one) => one.startsWith(`${heading}\n`)) ?? '');
  const commands = [...part.matchAll(/^```bash\n(.*?)^```$/gms)].map((block) => block[1]).join('');
  expect(commands, `${page} prints commands`).not.toBe('');
  return commands;
}

/** Every answer is a success: curl says on stderr which one is not, and prints the problem. */
const strictCurl = 'curl() { command curl --fail-with-body "$@"; }\n';

/** @returns what they print; nothing may come on stderr */
export async function runPrinted(careloop: Careloop, commands: string): Promise<string> {
  const bash = spawn('bash', ['-s'], { cwd: root, env: environmentOf(careloop) });
  bash.stdin.end(strictCurl + commands);
  const [output, errors] = await Promise.all([text(bash.stdout), text(bash.stderr)]);
  expect(errors, output).toBe('');
  return output;
}

/** What stands for the defaults of a local start. */
export const environmentOf = ({ url, password, temporalAddress }: Careloop): NodeJS.ProcessEnv => ({
  ...process.env,
  CARELOOP_URL: url,
  CARELOOP_DEMO_PASSWORD: password,
  TEMPORAL_ADDRESS: temporalAddress,
});
