/** Delivers messages and signals to instances through the API's Temporal connection (`MessageTransport`), and records the results. */

import { instanceId } from '../../../engine/model/keys.ts';
import type { Variables } from '../../../engine/model/plan.ts';
import type { Refusal } from '../../../engine/model/types.ts';
import type { MessageTransport } from '../../../store/messaging/delivery.ts';
import { untilWritten } from '../../../store/runtime/written-rows.ts';
import { broadcastOf, correlateOf, startInputOf } from '../../../temporal/delivered.ts';
import { signalNames, updateNames } from '../../../workflows/runtime/instance-messages.ts';
import type { Deps } from '../../http/deps.ts';

export interface Message {
  name: string;
  correlationKey?: string | undefined;
  variables: Variables;
  facility?: string | undefined;
  timeToLive?: string | undefined;
  messageId?: string | undefined;
}

/** `running`: instances that prevented a message from starting another one under their key. */
export function messageTransportOf({ processes }: Deps): MessageTransport & {
  happened: Map<string, { zh: string; en: string }>;
  running: string[];
  refused: string[];
  refusals: Refusal[];
} {
  const happened = new Map<string, { zh: string; en: string }>();
  const running: string[] = [];
  const refused: string[] = [];
  const refusals: Refusal[] = [];
  return {
    happened,
    running,
    refused,
    refusals,
    async offer(instance, message) {
      const { _id: id } = message;
      const outcome = await processes.update(instance, updateNames.correlate, await correlateOf(instance, message), id);
      if (outcome.kind === 'done') {
        happened.set(id, outcome.answer.happened);
        if (outcome.answer.rowsPending) await untilWritten(instance, outcome.answer.seq);
        return 'took';
      }
      refused.push(instance);
      if (outcome.kind === 'refused') refusals.push(outcome.refusal);
      return outcome.kind === 'refused' ? 'refused' : 'gone';
    },
    async signal(instance, signal) {
      const outcome = await processes.signal(instance, signalNames.signal, await broadcastOf(instance, signal));
      return outcome.kind === 'done';
    },
    async start(message) {
      const { id, process, businessKey } = message;
      const instance = instanceId(process, businessKey);
      const began = await processes.begin(startInputOf(message), id);
      if (began)
        happened.set(id, {
          zh: `已由此消息发起流程 ${process}`,
          en: `The message started the process ${process}.`,
        });
      else running.push(instance);
      return began ? instance : undefined;
    },
  };
}
