import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { expect, test } from 'vitest';
import { blockKinds } from '../engine/support/models.ts';
import { replayOptions } from '../support/runtime.ts';

const folder = fileURLToPath(new URL('../histories/', import.meta.url));

test('every golden history replays with the code of today', async () => {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  expect(names.length).toBeGreaterThanOrEqual(9);
  const kinds = names.flatMap((name) => /^kind-(\w+)\.json$/.exec(name)?.[1] ?? []);
  expect(kinds.sort(), 'one history per kind: npm run histories -- elements').toEqual([...blockKinds].sort());
  const histories = await Promise.all(
    names.map(async (name) => {
      const history = historyFromJSON(JSON.parse(await readFile(folder + name, 'utf8')));
      const started = history.events?.[0]?.workflowExecutionStartedEventAttributes;
      return { workflowId: started?.workflowId ?? name, history };
    }),
  );
  const failed: string[] = [];
  let replayed = 0;
  for await (const { workflowId, error } of Worker.runReplayHistories(await replayOptions(), histories)) {
    replayed += 1;
    if (error) failed.push(`${workflowId}: ${error.message}`);
  }
  expect(failed).toEqual([]);
  expect(replayed).toBe(names.length);
});
