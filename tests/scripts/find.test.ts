import { execFileSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { cachedBinary, installBinary } from '../../scripts/servers/cache.ts';
import { obtainMongodb, obtainTemporal } from '../../scripts/servers/find.ts';
import { freePort } from '../../scripts/servers/ports.ts';
import { STAND_IN_VERSION, TEMPORAL_VERSION } from '../../scripts/servers/recipes.ts';
import { aFolder, aProgram, aScreen } from './builders.ts';

const temporalEntry = { name: 'temporal', version: TEMPORAL_VERSION, file: 'temporal' };
const standInEntry = { name: 'secantus-mdb', version: STAND_IN_VERSION, file: 'secantusd-rs' };

const usableHelp = 'echo "--sqlite-pragma --search-attribute --dynamic-config-value --ui-disable-news-fetch --ui-ip"';
/** A compiler that leaves a program where its `-o` says, and reports a package. */
const fakeGo = 'while [ "$1" != -o ]; do shift; done; echo "example/package" >&2; echo "#!/bin/sh" > "$2"';
/** Leaves it below its `--root`. */
const fakeCargo =
  'while [ "$1" != --root ]; do shift; done; echo " Compiling example v1" >&2; /bin/mkdir -p "$2/bin"; echo "#!/bin/sh" > "$2/bin/secantusd-rs"';

/** A machine with nothing on its PATH and an empty cache; downloads lead nowhere. */
async function aBareMachine() {
  const folder = await aFolder();
  const bin = join(folder, 'bin');
  const env = { PATH: bin, XDG_CACHE_HOME: join(folder, 'cache'), TMPDIR: folder, HOME: folder };
  const screen = aScreen();
  const nowhere = `http://127.0.0.1:${await freePort()}`;
  return { folder, bin, env, screen, options: { env, screen, temporalPublisher: nowhere, download: true } };
}

async function putIntoCache(
  entry: typeof temporalEntry,
  machine: Awaited<ReturnType<typeof aBareMachine>>,
): Promise<string> {
  const made = await aProgram(join(machine.folder, 'made'), 'exit 0');
  return installBinary(entry, machine.env, (move) => move(made));
}

/** A publisher that has the archive of a program. */
async function aPublisher(): Promise<string> {
  const folder = await aFolder();
  await aProgram(join(folder, 'temporal'), 'exit 0');
  execFileSync('tar', ['-czf', join(folder, 'a.tar.gz'), '-C', folder, 'temporal']);
  const archive = await import('node:fs/promises').then(({ readFile }) => readFile(join(folder, 'a.tar.gz')));
  const server = createServer((request, response) => {
    const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    if (request.url === '/archive') response.end(archive);
    else if (request.url?.startsWith(`/v${TEMPORAL_VERSION}?`)) {
      response.end(JSON.stringify({ archiveUrl: `${at}/archive`, fileToExtract: 'temporal' }));
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test('Temporal on the PATH comes first', async () => {
  const machine = await aBareMachine();
  await putIntoCache(temporalEntry, machine);
  const binary = await aProgram(join(machine.bin, 'temporal'), usableHelp);
  expect(await obtainTemporal(machine.options)).toEqual({ binary, origin: 'path' });
});

test('a Temporal on the PATH that is too old is passed over', async () => {
  const machine = await aBareMachine();
  const binary = await putIntoCache(temporalEntry, machine);
  await aProgram(join(machine.bin, 'temporal'), 'echo "--port"');
  expect(await obtainTemporal(machine.options)).toEqual({ binary, origin: 'cache' });
});

test('the publisher is asked before anything is built, and what it gives is cached', async () => {
  const machine = await aBareMachine();
  await aProgram(join(machine.bin, 'go'), fakeGo);
  const options = { ...machine.options, temporalPublisher: await aPublisher() };
  const found = await obtainTemporal(options);
  expect(found.origin).toBe('download');
  expect(await obtainTemporal(machine.options)).toEqual({ ...found, origin: 'cache' });
});

test('when the publisher is out of reach, Temporal is built without a word about that', async () => {
  const machine = await aBareMachine();
  await aProgram(join(machine.bin, 'go'), fakeGo);
  const found = await obtainTemporal(machine.options);
  expect(found).toEqual({ binary: await cachedBinary(temporalEntry, machine.env), origin: 'build' });
  expect(machine.screen.lines).toEqual([
    'Temporal server: building it from source, once on this machine: compiling: 1 of 1716 packages',
    'Temporal server: building it from source, once on this machine: done',
  ]);
});

test('a build leaves nothing behind but the binary', async () => {
  const machine = await aBareMachine();
  await aProgram(join(machine.bin, 'go'), fakeGo);
  await obtainTemporal(machine.options);
  expect(readdirSync(machine.folder).sort()).toEqual(['bin', 'cache']);
});

test('a build that fails says so with the compiler’s last words, and installs nothing', async () => {
  const machine = await aBareMachine();
  await aProgram(join(machine.bin, 'go'), 'echo "no such module" >&2; exit 3');
  await expect(obtainTemporal(machine.options)).rejects.toMatchObject({
    code: 'build-failed',
    message: expect.stringMatching(/Temporal server could not be built: go ended with code 3:\nno such module/),
  });
  expect(await cachedBinary(temporalEntry, machine.env)).toBeUndefined();
});

test('neither download nor compiler: one sentence says what to install or to set', async () => {
  const { options } = await aBareMachine();
  await expect(obtainTemporal(options)).rejects.toMatchObject({
    code: 'no-temporal',
    advice: expect.stringMatching(/Temporal CLI.*Go.*TEMPORAL_ADDRESS/),
  });
  await expect(obtainMongodb({ ...options, download: false })).rejects.toMatchObject({
    code: 'no-mongodb',
    advice: expect.stringMatching(/mongod.*Rust.*MONGODB_URI/),
  });
});

test('a cached binary that is not the one that was installed is not used', async () => {
  const machine = await aBareMachine();
  const binary = await putIntoCache(temporalEntry, machine);
  writeFileSync(binary, 'something else');
  expect(await cachedBinary(temporalEntry, machine.env)).toBeUndefined();
});

test('mongod on the PATH comes before a cached stand-in', async () => {
  const machine = await aBareMachine();
  await putIntoCache(standInEntry, machine);
  const binary = await aProgram(join(machine.bin, 'mongod'), 'echo "db version v8.0.0"');
  expect(await obtainMongodb({ ...machine.options, download: false })).toEqual({
    kind: 'mongod',
    binary,
    origin: 'path',
  });
});

test('data that the stand-in wrote is served by the stand-in, also where there is a mongod', async () => {
  const machine = await aBareMachine();
  const binary = await putIntoCache(standInEntry, machine);
  await aProgram(join(machine.bin, 'mongod'), 'echo "db version v8.0.0"');
  const options = { ...machine.options, download: false, kinds: ['stand-in' as const] };
  expect(await obtainMongodb(options)).toEqual({ kind: 'stand-in', binary, origin: 'cache' });
});

test('without any MongoDB the stand-in is built, once', async () => {
  const machine = await aBareMachine();
  await aProgram(join(machine.bin, 'cargo'), fakeCargo);
  const options = { ...machine.options, download: false };
  const built = await obtainMongodb(options);
  expect(built).toMatchObject({ kind: 'stand-in', origin: 'build' });
  expect(await obtainMongodb(options)).toEqual({ ...built, origin: 'cache' });
});
