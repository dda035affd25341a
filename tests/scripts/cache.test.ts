import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { cachedBinary, cacheFolder, installBinary } from '../../scripts/servers/cache.ts';
import { aFolder, aProgram } from './builders.ts';

const entry = { name: 'server', version: '1', file: 'server' };

async function anEmptyCache() {
  const folder = await aFolder();
  return { folder, env: { XDG_CACHE_HOME: join(folder, 'cache') } };
}

test('an installed binary lies in a folder of its version and platform, with its checksum', async () => {
  const { folder, env } = await anEmptyCache();
  const made = await aProgram(join(folder, 'made'), 'exit 0');
  const path = await installBinary(entry, env, (move) => move(made));
  expect(path).toBe(join(cacheFolder(env), 'server', `1-${process.platform}-${process.arch}`, 'server'));
  expect((await readdir(dirname(path))).sort()).toEqual(['server', 'server.sha256']);
  expect(await cachedBinary(entry, env)).toBe(path);
});

test('two that install at once make it once', async () => {
  const { folder, env } = await anEmptyCache();
  const made = await aProgram(join(folder, 'made'), 'exit 0');
  let times = 0;
  const waited: number[] = [];
  const install = () =>
    installBinary(
      entry,
      env,
      (move) => {
        times += 1;
        return move(made);
      },
      (pid) => waited.push(pid),
    );
  const [first, second] = await Promise.all([install(), install()]);
  expect(first).toBe(second);
  expect(times).toBe(1);
  expect(waited).toEqual([process.pid]);
});

test('an installation that fails leaves nothing, and the next one starts afresh', async () => {
  const { folder, env } = await anEmptyCache();
  await expect(installBinary(entry, env, (move) => move(join(folder, 'missing')))).rejects.toThrow();
  expect(await readdir(join(cacheFolder(env), 'server'))).toEqual([]);
  const made = await aProgram(join(folder, 'made'), 'exit 0');
  expect(existsSync(await installBinary(entry, env, (move) => move(made)))).toBe(true);
});
