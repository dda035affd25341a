import { expect, test } from 'vitest';
import { whyNoTimeScale } from '../../../api/http/time-scale-allowed.ts';
import { requireDemoDatabase } from '../../../gateway/demo-database.ts';
import { seed } from '../../../scripts/seed.ts';
import { claimDatabase, isOwnDatabase } from '../../../store/db/own-database.ts';
import { listNewest } from '../../../store/definitions/definitions.ts';
import { listStaff } from '../../../store/organisation/staff.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();

const config = (databaseId?: string) => ({ allowTimeScale: true, ...(databaseId !== undefined && { databaseId }) });

test('into a database of somebody else nobody is invented, and what touches money is left to two people', async () => {
  await expect(seed({ withoutMoney: true })).rejects.toThrow(/refund\.bpmn[\s\S]*careloop deploy/);
  expect(await listStaff({ limit: 10 })).toEqual([]);
  expect((await listNewest()).map((row) => row.process)).not.toContain('refund');
});

test('letters of a database of somebody else do not go to the simulated carrier', async () => {
  await expect(requireDemoDatabase({ simulated: true }, 'mine')).rejects.toThrow('Set CARELOOP_GATEWAY');
  await expect(requireDemoDatabase({ simulated: true }, undefined)).rejects.toThrow('Set CARELOOP_GATEWAY');
  await expect(requireDemoDatabase({}, undefined)).resolves.toBeUndefined();
});

test('a database in which something is is not claimed, and time goes there as it does', async () => {
  expect(await claimDatabase('mine')).toBe(false);
  expect(await isOwnDatabase('mine')).toBe(false);
  expect(await whyNoTimeScale(config('mine'))).toMatch('created by ./careloop start');
  expect(await whyNoTimeScale(config())).toMatch('created by ./careloop start');
  expect(await whyNoTimeScale({ allowTimeScale: false })).toMatch('CARELOOP_ALLOW_TIME_SCALE');
});
