/** A file that takes minutes to compile holds up nobody but its sender. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { around, diagramXml } from '../../engine/compile/builders.ts';
import { heavyFile } from '../../support/hostile-files.ts';
import { built } from '../../support/runtime.ts';
import { startApi, type TestApi } from './support.ts';

const small = { xml: diagramXml(around('<bpmn:manualTask id="A" name="任务"/>')) };

let api: TestApi;
beforeAll(async () => {
  api = await startApi({ worker: false, compiling: { deadlineMs: 8000, memoryMb: 512 } });
});
afterAll(() => api.close());

test('while it is compiled the API answers others, and it is refused in words', async () => {
  const [ops, legal] = [await api.as('ops'), await api.as('legal')];
  // The thread is there from the first file on.
  expect((await ops.post('/api/definitions?dryRun=true', small)).status).toBe(200);
  const answered: string[] = [];
  const heavy = ops.post('/api/definitions?dryRun=true', heavyFile()).then((answer) => {
    answered.push('heavy');
    return answer;
  });
  for (let n = 0; n < 5; n++) {
    expect((await legal.get('/api/tasks')).status).toBe(200);
    answered.push('tasks');
  }
  const { status, body } = await heavy;
  expect([status, body.code]).toEqual([422, 'definition-refused']);
  expect(body.problems).toMatchObject([{ code: 'compiling-too-long' }]);
  // As it would not be if one thread did both: then all of them wait until the file is through.
  expect(answered.indexOf('heavy')).toBe(5);
});

test.each([
  [
    'compile-thread.js',
    { kind: 'lint', definition: small, context: {} },
    { kind: 'lint', linted: { plans: [{ key: 'P' }] } },
  ],
  [
    'import-thread.js',
    {
      kind: 'patients',
      format: 'csv',
      content: '病案号,姓名\nMR-1,王女士',
      facility: { _id: 'BJ', zone: 'Asia/Shanghai' },
    },
    { rows: [{ number: 'MR-1' }], errorCount: 0 },
  ],
])('the built %s answers as the sources do', async (program, task, expected) => {
  const thread = new Worker(await built(program));
  expect(await once(thread, 'message')).toEqual(['ready']);
  thread.postMessage(task);
  const [answer] = await once(thread, 'message');
  expect(answer).toMatchObject(expected);
  await thread.terminate();
});
