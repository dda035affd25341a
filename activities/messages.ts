/** BPMN messages and signals thrown by one instance, for others: receivers are found in the read model and told through Temporal. */
import { ApplicationFailure } from '@temporalio/common';
import type { Variables } from '../engine/plan.ts';
import { findMessageStarts, findSignalStarts } from '../store/definitions.ts';
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
  /**
   * Starts one instance at a time per business key.
   * @returns workflow id of what this message has started; nothing while another one runs under that key
   */
  start(start: {
    /** Id of the message or signal: the same one starts once, however often this is tried. */
    id: string;
    process: string;
    version: number;
    businessKey: string;
    facility: string;
    startEvent: string;
    variables: Variables;
    from: string;
  }): Promise<string | undefined>;
}

export function messageActivities(messenger: Messenger): Pick<RuntimeActivities, 'publishMessage' | 'broadcastSignal'> {
  return {
    async publishMessage({ id, name, correlationKey, variables, from }) {
      const message = { id, name, variables, ...(correlationKey !== undefined && { correlationKey }) };
      for (const { instance } of await findSubscribers(name, correlationKey))
        if (await messenger.correlate(instance, message)) return { taker: instance };
      const [start] = await findMessageStarts(name);
      const facility = start && (await findInstance(from))?.facility;
      if (start && facility !== undefined) {
        const { process, version, element } = start;
        const businessKey = keyOf(correlationKey ?? id);
        const began = { id, process, version, businessKey, facility, startEvent: element, variables, from };
        const taker = await messenger.start(began);
        if (taker !== undefined) return { taker };
      }
      // Whoever shall take it may not be there yet, or its row not written: tried again by the retry policy.
      throw ApplicationFailure.retryable(`Nobody waits for the message ${name}.`, 'NobodyWaits');
    },
    async broadcastSignal({ id, name, variables, from }) {
      const takers = (await findSignalTakers(name)).filter((instance) => instance !== from);
      let told = 0;
      for (const instance of takers) if (await messenger.signal(instance, { name, variables })) told += 1;
      const starts = await findSignalStarts(name);
      const facility = starts.length > 0 ? (await findInstance(from))?.facility : undefined;
      if (facility === undefined) return { takers: told };
      const businessKey = keyOf(id);
      for (const { process, version, element } of starts) {
        const began = { id, process, version, businessKey, facility, startEvent: element, variables, from };
        if (await messenger.start(began)) told += 1;
      }
      return { takers: told };
    },
  };
}

/** Business keys hold no slashes and dots. */
const keyOf = (text: string): string => text.replace(/[^\w-]+/g, '-');
