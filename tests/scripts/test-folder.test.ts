/** `./careloop test FOLDER`: diagrams and tests that lie outside the clone. */
import { spawnSync } from 'node:child_process';
import { cpSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { aFolder } from './builders.ts';

const root = resolve(import.meta.dirname, '../..');
const example = join(root, 'tests/definitions/examples');

async function ownFolder(test?: string): Promise<string> {
  const folder = await aFolder();
  for (const file of ['callback.bpmn', 'callback.form']) cpSync(join(example, file), join(folder, file));
  if (test !== undefined) writeFileSync(join(folder, 'callback.test.js'), test);
  return folder;
}

/** Without what this test itself runs in. */
function run(...args: string[]) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('VITEST')));
  const { status, stdout, stderr } = spawnSync(join(root, 'careloop'), ['test', ...args], {
    encoding: 'utf8',
    env,
    cwd: root,
  });
  return { status, text: stripVTControlCharacters(stdout + stderr) };
}

const telling = (expected: string) => `
  import { it } from 'vitest';
  import { aStory } from 'careloop/kit';
  it('calls the patient first', async () => {
    const story = await aStory({ definition: 'callback.bpmn', variables: { patientNumber: 'P-1' } });
    story.expectWaitingAt('${expected}');
  });`;

describe('tests in a folder of one’s own', () => {
  it('run with the kit of the clone, and say what they cover', async () => {
    const { status, text } = run(await ownFolder(telling('CallPatient')));
    expect(text).toContain('1 passed');
    expect(text).toMatch(/callback +\d+% +elements/);
    expect(status).toBe(0);
  });

  it('fail with where the process is', async () => {
    const { status, text } = run(await ownFolder(telling('TellDirector')));
    expect(text).toContain('CallPatient');
    expect(status).toBe(1);
  });

  it('are asked for where there are none, and a folder where there is none', async () => {
    expect(run(await ownFolder())).toMatchObject({ status: 1, text: expect.stringContaining('There is no test') });
    expect(run('/nowhere')).toMatchObject({ status: 1, text: expect.stringContaining('There is no folder') });
  });
});
