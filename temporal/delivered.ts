/** What an instance gets of a message, a signal, or of one that starts it: the same from the API, at once, and from a worker, later. */
import type { Variables } from '../engine/model/plan.ts';
import type { MessageStart } from '../store/messaging/delivery.ts';
import type { MessageRow } from '../store/messaging/message-rows.ts';
import type { SignalRow } from '../store/messaging/signals.ts';
import type { BroadcastSignal, CorrelateUpdate, StartInput } from '../workflows/runtime/instance-messages.ts';
import { declaredFor } from './declared-variables.ts';

/** For a person's message undeclared variables are an error; a process's are filtered, as it has nobody to report to. */
export async function correlateOf(
  instance: string,
  { _id: id, name, correlationKey, variables, sender }: MessageRow,
): Promise<CorrelateUpdate> {
  const declared =
    sender.instance === undefined ? variables : await declaredFor(instance, 'message', { name, variables });
  return {
    id,
    name,
    variables: declared as Variables,
    ...(correlationKey !== undefined && { correlationKey }),
    ...(sender.staff !== undefined && { by: { id: sender.staff } }),
  };
}

export const broadcastOf = async (
  instance: string,
  { _id: id, name, variables }: Pick<SignalRow, '_id' | 'name' | 'variables'>,
): Promise<BroadcastSignal> => ({ id, name, variables: await declaredFor(instance, 'signal', { name, variables }) });

export const startInputOf = ({ id: _, from, variables, ...where }: MessageStart): StartInput => ({
  ...where,
  ...(where.timeScale && { speed: where.timeScale.speed }),
  variables: variables as Variables,
  startedBy: { id: from },
});
