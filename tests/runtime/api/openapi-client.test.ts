/** What others make of /openapi.json: types of a client, with which a program of theirs type-checks and takes a process to its end. */
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiTypes } from '../../../tools/api-types.ts';
import { password, startApi, type TestApi } from './support.ts';

const root = resolve(import.meta.dirname, '../../..');
const run = promisify(execFile);

let api: TestApi;
let folder: string;
beforeAll(async () => {
  api = await startApi();
  folder = await mkdtemp(join(tmpdir(), 'careloop-client-'));
  await symlink(join(root, 'web/node_modules'), join(folder, 'node_modules'));
  await copyFile(join(import.meta.dirname, 'openapi-client/leave-client.ts'), join(folder, 'leave-client.ts'));
  await writeFile(join(folder, 'api.ts'), apiTypes((await api.anonymous.get('/openapi.json')).body));
  const compilerOptions = { lib: ['es2023', 'dom'], types: ['node'], typeRoots: [join(root, 'node_modules/@types')] };
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }));
  await writeFile(
    join(folder, 'tsconfig.json'),
    JSON.stringify({ extends: join(root, 'tsconfig.json'), compilerOptions, include: ['*.ts'] }),
  );
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true, force: true });
});

test('a client with the types of the description type-checks', async () => {
  const tsc = join(root, 'node_modules/.bin/tsc');
  const { stdout } = await run(tsc, ['--noEmit', '-p', folder], { cwd: root }).catch((failed) => failed);
  expect(stdout).toBe('');
});

test('it takes a leave to its end, and reads what is refused', async () => {
  const program = join(folder, 'leave-client.ts');
  const { stdout } = await run(process.execPath, ['--import', 'tsx', program, api.address, password], { cwd: root });
  expect(JSON.parse(stdout)).toEqual({
    refused: ['body.variables.days'],
    fields: expect.arrayContaining(['decision']),
    waits: expect.arrayContaining(['GroupLeaderApproval']),
    happened: expect.any(String),
    status: 'completed',
    again: 'task-gone',
  });
});
