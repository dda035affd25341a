/** `./careloop worker --generic` as people run it: a program of its own, told by flags, stopped by Ctrl-C. */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { testKeyVariables } from '../../support/keys.ts';
import { namespace } from '../../support/namespace.ts';
import { eventually } from '../../support/runtime.ts';
import { type Body, type Caller, password, startApi, type TestApi } from './support.ts';

const main = new URL('../../../scripts/cli/main.ts', import.meta.url).href;
/** What the launcher does when nothing is to be installed. */
const launch = `import(${JSON.stringify(main)}).then(async ({ main }) => { process.exitCode = await main(process.argv.slice(1)); });`;

let api: TestApi;
let ops: Caller;
let folder: string;
const running = new Set<ChildProcess>();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'careloop-generic-'));
  api = await startApi();
  ops = await api.as('ops');
});
afterAll(async () => {
  for (const one of running) one.kill('SIGKILL');
  await api?.close();
  await rm(folder, { recursive: true, force: true });
});

interface Run {
  child: ChildProcess;
  said(): string;
  ended: Promise<number | null>;
}

function careloop(...flags: string[]): Run {
  const child = spawn(process.execPath, ['--import', 'tsx', '--eval', launch, 'worker', ...flags], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      ...testKeyVariables,
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      TEMPORAL_NAMESPACE: namespace,
      CARELOOP_DEMO_PASSWORD: password,
      NO_COLOR: '1',
    },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (some: Buffer) => {
      text += some.toString();
    });
  running.add(child);
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => {
      running.delete(child);
      resolve(code);
    });
  });
  return { child, said: () => text, ended };
}

const definition = `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"
  id="d" targetNamespace="https://careloop.dev/tests">
  <bpmn:process id="bells" name="铃" isExecutable="true">
    <bpmn:startEvent id="Begin" />
    <bpmn:sequenceFlow id="f1" sourceRef="Begin" targetRef="Ring" />
    <bpmn:serviceTask id="Ring" name="打铃">
      <bpmn:extensionElements><zeebe:taskDefinition type="acme:ring" /></bpmn:extensionElements>
    </bpmn:serviceTask>
    <bpmn:sequenceFlow id="f2" sourceRef="Ring" targetRef="Listen" />
    <bpmn:serviceTask id="Listen" name="听铃">
      <bpmn:extensionElements><zeebe:taskDefinition type="acme:listen" /></bpmn:extensionElements>
    </bpmn:serviceTask>
    <bpmn:sequenceFlow id="f3" sourceRef="Listen" targetRef="End" />
    <bpmn:endEvent id="End" />
  </bpmn:process>
</bpmn:definitions>`;

test('it registers what it serves, answers as the file says, and tells at Ctrl-C how many jobs it did', async () => {
  const queue = `bells-${randomUUID().slice(0, 8)}`;
  const result = join(folder, 'answers.json');
  await writeFile(result, JSON.stringify({ 'acme:ring': { variables: { rang: 3 }, delay: 'PT0.01S' }, '*': {} }));
  const flags = ['--queue', queue, '--types', 'acme:ring,acme:listen', '--result', result, '--url', api.address];
  const worker = careloop('--generic', '--register', ...flags);
  const served = await eventually(async () => {
    if (worker.child.exitCode !== null) throw new Error(worker.said());
    const { items } = (await ops.get('/api/job-types')).body;
    const own = items.filter((one: Body) => one.taskQueue === queue && one.served);
    return own.length === 2 && own;
  });
  expect(served.map((one: Body) => one.type).sort()).toEqual(['acme:listen', 'acme:ring']);
  expect((await ops.post('/api/definitions', { xml: definition })).status).toBe(201);
  const { id } = (await ops.post('/api/instances', { process: 'bells', facility: 'BJ' })).body;
  const address = `/api/instances/${encodeURIComponent(id)}`;
  await eventually(async () => (await ops.get(address)).body.status === 'completed');
  expect((await ops.get(`${address}/variables?name=rang`)).body.scopes[0].variables).toMatchObject([{ value: 3 }]);
  worker.child.kill('SIGINT');
  expect(await worker.ended).toBe(0);
  expect(worker.said()).toMatch(/acme:ring is done on the task queue bells-/);
  expect(worker.said()).toMatch(/2 jobs/);
  expect(worker.said()).toMatch(/1\s+acme:listen\s+1\s+acme:ring/);
});

test.each([
  [[], 'is started by ./careloop start'],
  [['--generic', '--delay', 'soon'], '"soon" is not a duration'],
  [['--generic', '--types', ','], '--types names no job type'],
  [['--generic', '--result', 'nowhere.json'], '"nowhere.json" cannot be read'],
  [['--generic', '--register', '--url', 'http://127.0.0.1:1'], 'does not answer'],
])('what it cannot do with is told, and it ends: %j', async (flags, told) => {
  const run = careloop(...flags);
  expect(await run.ended).toBe(1);
  expect(run.said()).toContain(told);
});
