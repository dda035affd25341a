import { expect, test } from 'vitest';
import { whyNoTimeScale } from '../../../api/http/time-scale-allowed.ts';
import { claimDatabase, isOwnDatabase } from '../../../store/db/own-database.ts';
import { useOwnDatabase } from './database.ts';

useOwnDatabase();

test('an empty database is claimed once, by one machine, and a copy elsewhere is not its own', async () => {
  const claims = await Promise.all([claimDatabase('here'), claimDatabase('there')]);
  expect(claims.filter(Boolean)).toHaveLength(1);
  const [mine, other] = claims[0] ? ['here', 'there'] : ['there', 'here'];
  expect([await claimDatabase(mine), await claimDatabase(other)]).toEqual([true, false]);
  expect([await isOwnDatabase(mine), await isOwnDatabase(other), await isOwnDatabase(undefined)]).toEqual([
    true,
    false,
    false,
  ]);
  const config = (databaseId: string) => ({ allowTimeScale: true, databaseId });
  expect(await whyNoTimeScale(config(mine))).toBeUndefined();
  expect(await whyNoTimeScale(config(other))).toBeDefined();
});
