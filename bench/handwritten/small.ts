/** The small process of `bench/small.ts` as one would write it for Temporal alone: two updates, one search attribute, no rows, no API. */
import { defineSearchAttributeKey } from '@temporalio/common';
import { condition, defineUpdate, setCurrentDetails, setHandler, upsertSearchAttributes } from '@temporalio/workflow';

const waitingFor = defineSearchAttributeKey('Stage', 'KEYWORD');

export async function small(start: { n: number }): Promise<{ n: number }> {
  let { n } = start;
  let done = 0;
  setHandler(defineUpdate<number, [{ by: string }]>('complete'), () => {
    done += 1;
    return done;
  });
  n += 1;
  upsertSearchAttributes([{ key: waitingFor, value: 'Check' }]);
  setCurrentDetails('Waits for Check');
  await condition(() => done === 1);
  n += 1;
  upsertSearchAttributes([{ key: waitingFor, value: 'Confirm' }]);
  setCurrentDetails('Waits for Confirm');
  await condition(() => done === 2);
  upsertSearchAttributes([{ key: waitingFor, value: null }]);
  return { n };
}
