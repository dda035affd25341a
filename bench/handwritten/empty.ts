/** A workflow that does nothing but wait: what the SDK itself needs for one. */
import { condition, defineUpdate, setHandler } from '@temporalio/workflow';

export async function empty(): Promise<void> {
  let acts = 0;
  setHandler(defineUpdate<void>('act'), () => {
    acts += 1;
  });
  await condition(() => acts < 0);
}
