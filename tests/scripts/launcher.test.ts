import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import installer from '../../scripts/cli/install.cjs';
import { aFolder } from './builders.ts';

const root = resolve(import.meta.dirname, '../..');

/** A clone whose lock file names `wanted` and whose node_modules holds `there`. */
async function aClone(wanted: object, there?: object): Promise<string> {
  const folder = await aFolder();
  writeFileSync(
    join(folder, 'package-lock.json'),
    JSON.stringify({ packages: { '': { name: 'careloop' }, ...wanted } }),
  );
  if (there) {
    mkdirSync(join(folder, 'node_modules'));
    writeFileSync(join(folder, 'node_modules/.package-lock.json'), JSON.stringify({ packages: there }));
  }
  return folder;
}

const express = { 'node_modules/express': { version: '5.3.0', integrity: 'sha512-a' } };

test('a Node that is too old gets a sentence with both versions', async () => {
  const disguise = join(await aFolder(), 'old.cjs');
  writeFileSync(
    disguise,
    "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.20.4' } });",
  );
  const run = spawnSync(process.execPath, ['--require', disguise, join(root, 'scripts/cli/launch.cjs')], {
    encoding: 'utf8',
  });
  expect(run.status).toBe(1);
  expect(run.stderr).toMatch(/Careloop needs Node\.js 20\.19 or newer; this is 18\.20\.4/);
});

test('without any Node on the PATH the command says what it needs', async () => {
  const run = spawnSync('/bin/sh', [join(root, 'careloop')], { encoding: 'utf8', env: { PATH: await aFolder() } });
  expect(run.status).toBe(1);
  expect(run.stderr).toMatch(/needs Node\.js 20\.19/);
});

test('nothing is installed again when node_modules is what the lock file says', async () => {
  expect(installer.isInstalled(await aClone(express, express))).toBe(true);
});

test('optional packages of other platforms may be missing', async () => {
  const other = { 'node_modules/other-platform': { version: '1.0.0', integrity: 'sha512-b', optional: true } };
  expect(installer.isInstalled(await aClone({ ...express, ...other }, express))).toBe(true);
});

test.each([
  ['there is no node_modules', undefined],
  ['a package is missing', {}],
  ['a version changed', { 'node_modules/express': { version: '5.2.0', integrity: 'sha512-a' } }],
  ['a package was published anew', { 'node_modules/express': { version: '5.3.0', integrity: 'sha512-c' } }],
])('dependencies are installed when %s', async (_reason, there) => {
  expect(installer.isInstalled(await aClone(express, there))).toBe(false);
});
