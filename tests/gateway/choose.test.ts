/** Which gateway the environment chooses, and what it is refused for. */
import { expect, test } from 'vitest';
import { readConfig as readApiConfig } from '../../api/config.ts';
import { readConfig as readWorkerConfig } from '../../worker/config.ts';
import { testKeyVariables } from '../support/keys.ts';

const programs = [readApiConfig, readWorkerConfig];

test('worker and API refuse the simulated carrier without a database made by a local start', () => {
  for (const read of programs)
    expect(() => read({ ...testKeyVariables, CARELOOP_GATEWAY: 'simulator' })).toThrow(
      /Set CARELOOP_GATEWAY to aliyun, tencent or file\.[\s\S]*CARELOOP_GATEWAY/,
    );
});

test('a local start, which knows its database, may use the simulated carrier', () => {
  const local = { ...testKeyVariables, CARELOOP_GATEWAY: 'simulator', CARELOOP_DATABASE_ID: 'made-here' };
  expect(readApiConfig(local).databaseId).toBe('made-here');
  expect(readWorkerConfig(local)).toMatchObject({
    databaseId: 'made-here',
    gateway: { name: 'simulator', simulated: true },
  });
});
