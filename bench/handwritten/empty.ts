/** A workflow that takes updates and does nothing with them: what the SDK itself needs for one. */
import { condition, defineUpdate, setHandler } from '@temporalio/workflow';

export async function empty(): Promise<void> {
  let ended = false;
  setHandler(defineUpdate<void>('act'), () => {});
  setHandler(defineUpdate<void>('end'), () => {
    ended = true;
  });
  await condition(() => ended);
}
