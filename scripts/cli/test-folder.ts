/** `./careloop test FOLDER`: the tests of one's own diagrams, which need not lie in this clone (docs/testing-processes.md). */
import { readdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { runProgram } from './commands.ts';
import { failure } from './failure.ts';
import { root } from './settings.ts';

const isTest = (name: string): boolean => /\.test\.[cm]?[jt]s$/.test(name) && !name.includes('node_modules');

export async function testFolder([given = '', ...others]: string[], watch: boolean): Promise<number> {
  if (others.length > 0) throw failure('one-folder', 'Name one folder: the tests in the folders within are found too.');
  const folder = resolve(given);
  const about = await stat(folder).catch(() => undefined);
  if (!about?.isDirectory()) throw failure('no-such-folder', `There is no folder "${given}".`);
  const names = await readdir(folder, { recursive: true });
  if (!names.some(isTest))
    throw failure(
      'no-tests',
      `There is no test in the folder "${given}".`,
      'A test is a file named *.test.ts or *.test.js that imports careloop/kit; docs/testing-processes.md has an example.',
    );
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const config = join(root, 'tests', 'kit', 'own-diagrams.config.ts');
  const args = [vitest, watch ? 'watch' : 'run', '--config', config, '--root', folder];
  return runProgram(process.execPath, args, process.env, folder);
}
