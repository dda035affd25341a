/** The generic worker as a worker of others beside the runtime: it does jobs of the type `acme:charge`, registered with a queue of its own. */
import { NativeConnection } from '@temporalio/worker';
import { inject } from 'vitest';
import { saveJobType } from '../../store/definitions/job-types.ts';
import { createGenericWorker } from '../../worker/generic.ts';
import { testKeys } from './keys.ts';
import { namespace } from './namespace.ts';
import type { Runtime } from './runtime.ts';

type Outcomes = Parameters<typeof createGenericWorker>[0]['outcomes'];

/** @returns ends it */
export async function startGenericWorker(
  runtime: Runtime,
  outcomes: Outcomes,
  keys = testKeys.job,
): Promise<() => Promise<void>> {
  const connection = await NativeConnection.connect({ address: inject('temporalAddress') });
  const taskQueue = `${runtime.taskQueue}-outside`;
  const about = { description: 'Of ACME.', updatedAt: new Date().toISOString(), updatedBy: 'ops' };
  await saveJobType({ _id: 'acme:charge', taskQueue, ...about });
  const worker = await createGenericWorker({ connection, namespace, taskQueue, keys, outcomes });
  const done = worker.run();
  return async () => {
    worker.shutdown();
    await done;
    await connection.close();
  };
}
