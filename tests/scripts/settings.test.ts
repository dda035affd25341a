import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { requireFreePorts, withoutCredentials } from '../../scripts/cli/prepare.ts';
import { portsNeeded, programEnvironment, readSettings } from '../../scripts/cli/settings.ts';
import { freePort } from '../../scripts/servers/ports.ts';
import { testKeyVariables } from '../support/keys.ts';

/** Settings with ports that are free. */
async function freeSettings() {
  const ports = new Set<number>();
  while (ports.size < 6) ports.add(await freePort());
  const [api, worker, temporal, temporalUi, mongodb, simulator] = [...ports].map(String);
  return readSettings(
    {
      'api-port': api,
      'worker-port': worker,
      'temporal-port': temporal,
      'temporal-ui-port': temporalUi,
      'mongodb-port': mongodb,
      'simulator-port': simulator,
    },
    {},
  );
}

async function occupy(port: number): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
}

test('a flag is stronger than the environment, and the environment than the default', () => {
  const { ports } = readSettings({ 'api-port': '9001' }, { CARELOOP_API_PORT: '9000', CARELOOP_MONGODB_PORT: '9002' });
  expect(ports).toEqual({ api: 9001, worker: 8081, temporal: 7233, temporalUi: 8233, mongodb: 9002, simulator: 8082 });
});

test.each(['abc', '0', '65536', '80.5'])('"%s" is not a port, and the error names the variable', (value) => {
  expect(() => readSettings({}, { CARELOOP_API_PORT: value })).toThrow(/CARELOOP_API_PORT/);
});

test('free ports are accepted', async () => {
  await expect(requireFreePorts(await freeSettings())).resolves.toBeUndefined();
});

test('a busy port is an error that names the port, the variable and a way out', async () => {
  const settings = await freeSettings();
  await occupy(settings.ports.mongodb);
  await expect(requireFreePorts(settings)).rejects.toMatchObject({
    code: 'port-busy',
    message: expect.stringMatching(`Port ${settings.ports.mongodb} .*CARELOOP_MONGODB_PORT`),
    advice: expect.stringContaining('--mongodb-port'),
  });
});

test('one port for two parts is refused', async () => {
  const settings = await freeSettings();
  settings.ports.worker = settings.ports.api;
  await expect(requireFreePorts(settings)).rejects.toMatchObject({ code: 'port-twice' });
});

test('servers given by address need no local port, and their addresses are passed to the programs', () => {
  const settings = readSettings({}, { TEMPORAL_ADDRESS: 'temporal:7233', MONGODB_URI: 'mongodb://db/careloop' });
  expect(portsNeeded(settings).map(({ variable }) => variable)).toEqual(['CARELOOP_API_PORT', 'CARELOOP_WORKER_PORT']);
  expect(programEnvironment(settings, testKeyVariables)).toMatchObject({
    TEMPORAL_ADDRESS: 'temporal:7233',
    MONGODB_URI: 'mongodb://db/careloop',
  });
});

test('a database that is made here has a simulated carrier, unless another gateway is chosen or the database is somebody else’s', () => {
  const carrierOf = (env: NodeJS.ProcessEnv) => {
    const told = programEnvironment(readSettings({ 'simulator-port': '9082' }, env), testKeyVariables);
    return [told['CARELOOP_GATEWAY'], told['CARELOOP_SIMULATOR_URL']];
  };
  expect(carrierOf({})).toEqual(['simulator', 'http://127.0.0.1:9082']);
  expect(carrierOf({ CARELOOP_GATEWAY: 'file' })).toEqual(['file', undefined]);
  expect(carrierOf({ MONGODB_URI: 'mongodb://db/careloop' })).toEqual([undefined, undefined]);
});

test('a password in the database address is not shown', () => {
  expect(withoutCredentials('mongodb://someone:secret@db:27017/careloop')).toBe('mongodb://…@db:27017/careloop');
});
