/** Delivers messages and signals to instances through the API's Temporal connection (`MessageTransport`), and records the results. */

import { instanceId } from '../../../engine/model/keys.ts';
import type { Variables } from '../../../engine/model/plan.ts';
import type { Refusal } from '../../../engine/model/types.ts';
import type { MessageTransport } from '../../../store/messaging/delivery.ts';
import { untilWritten } from '../../../store/runtime/written-rows.ts';
import { declaredFor } from '../../../temporal/declared-variables.ts';
import {
  type BroadcastSignal,
  type CorrelateUpdate,
  signalNames,
  updateNames,
} from '../../../workflows/runtime/instance-messages.ts';
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
    async offer(instance, { _id: id, name, correlationKey, variables, sender }) {
      const argument: CorrelateUpdate = {
        id,
        name,
        variables:
          sender.instance === undefined
            ? (variables as Variables)
            : await declaredFor(instance, 'message', { name, variables }),
        ...(correlationKey !== undefined && { correlationKey }),
        ...(sender.staff !== undefined && { by: { id: sender.staff } }),
      };
      const outcome = await processes.update(instance, updateNames.correlate, argument, id);
      if (outcome.kind === 'done') {
        happened.set(id, outcome.answer.happened);
        if (outcome.answer.rowsPending) await untilWritten(instance, outcome.answer.seq);
        return 'took';
      }
      refused.push(instance);
      if (outcome.kind === 'refused') refusals.push(outcome.refusal);
      return outcome.kind === 'refused' ? 'refused' : 'gone';
    },
    async signal(instance, { _id: id, name, variables }) {
      const signal: BroadcastSignal = {
        id,
        name,
        variables: await declaredFor(instance, 'signal', { name, variables }),
      };
      return (await processes.signal(instance, signalNames.signal, signal)).kind === 'done';
    },
    async start({ id, from, variables, ...where }) {
      const input = { ...where, variables: variables as Variables, startedBy: { id: from } };
      const instance = instanceId(where.process, where.businessKey);
      const began = await processes.begin(input, id);
      if (began) {
        const words = {
          zh: `已由此消息发起流程 ${where.process}`,
          en: `The message started the process ${where.process}.`,
        };
        happened.set(id, words);
      } else running.push(instance);
      return began ? instance : undefined;
    },
  };
}
