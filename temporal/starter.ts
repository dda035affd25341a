/** Starts instances for the scheduler, once per business key (port `Starter` of activities/). */
import type { Client } from '@temporalio/client';
import type { Starter } from '../activities/runtime/ports.ts';
import { instanceId } from '../engine/model/keys.ts';
import { withinDeadline } from './retry-until.ts';
import { startNew } from './start.ts';

export function createStarter(client: Client, taskQueue: string): Starter {
  return {
    idOf: instanceId,
    begin({ process, version, element, facility, businessKey, scheduledAt, startedBy }) {
      const input = {
        process,
        version,
        businessKey,
        facility,
        startEvent: element,
        variables: { scheduledAt },
        startedBy: { id: startedBy },
      };
      // An earlier version of the definition may have had the same occurrence: that is another start.
      return withinDeadline(client, () => startNew(client, taskQueue, input, `${process}@${version}`));
    },
  };
}
