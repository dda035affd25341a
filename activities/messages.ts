/** BPMN messages and signals thrown by one instance, for others: receivers are found in the read model and told through Temporal. */
import { ApplicationFailure } from '@temporalio/common';
import type { Variables } from '../engine/plan.ts';
import { findMessageStarts } from '../store/definitions.ts';
import { findInstance, findSubscribers } from '../store/instances.ts';
import { findSignalTakers } from '../store/signal-takers.ts';
import type { RuntimeActivities } from './types.ts';

/** Temporal as these activities need it; made by the worker (worker/messenger.ts). */
export interface Messenger {
  /** @returns whether the instance took it */
  correlate(
    instance: string,
    message: { id: string; name: string; correlationKey?: string; variables: Variables },
  ): Promise<boolean>;
  signal(instance: string, signal: { name: string; variables: Variables }): Promise<boolean>;
  /** Starts once per business key; one that runs already is left alone. */
  start(start: {
    process: string;
    version: number;
    businessKey: string;
    facility: string;
    startEvent: string;
    variables: Variables;
    from: string;
  }): Promise<void>;
}

export function messageActivities(messenger: Messenger): Pick<RuntimeActivities, 'publishMessage' | 'broadcastSignal'> {
  return {
    async publishMessage({ id, name, correlationKey, variables, from }) {
      const message = { id, name, variables, ...(correlationKey !== undefined && { correlationKey }) };
      for (const { instance } of await findSubscribers(name, correlationKey))
        if (await messenger.correlate(instance, message)) return { taker: instance };
      const [start] = await findMessageStarts(name);
      const sender = start && (await findInstance(from));
      if (start && sender) {
        const { process, version, element } = start;
        const businessKey = (correlationKey ?? id).replace(/[^\w-]+/g, '-');
        const { facility } = sender;
        await messenger.start({ process, version, businessKey, facility, startEvent: element, variables, from });
        return { taker: `${process}/${businessKey}` };
      }
      // Whoever shall take it may not be there yet, or its row not written: tried again by the retry policy.
      throw ApplicationFailure.retryable(`Nobody waits for the message ${name}.`, 'NobodyWaits');
    },
    async broadcastSignal({ name, variables, from }) {
      const takers = (await findSignalTakers(name)).filter((instance) => instance !== from);
      let told = 0;
      for (const instance of takers) if (await messenger.signal(instance, { name, variables })) told += 1;
      return { takers: told };
    },
  };
}
