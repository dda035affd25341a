/** A message from outside: given to the instance that waits for it, or to a definition that it begins. */

import type { Variables } from '../engine/plan.ts';
import { findMessageStarts } from '../store/definitions.ts';
import { findFacility } from '../store/facilities.ts';
import { findSubscribers } from '../store/instances.ts';
import { writeProjection } from '../store/projection.ts';
import { instanceId, updateNames } from '../workflows/runtime/messages.ts';
import { updateIdOf } from './acting.ts';
import type { Deps } from './deps.ts';
import { maySee, type Person } from './policy.ts';
import { forbidden, invalid, ProblemError } from './problem.ts';

export interface Message {
  name: string;
  correlationKey?: string | undefined;
  variables: Variables;
  facility?: string | undefined;
}

interface Correlated {
  taker: string;
  element?: string;
  began: boolean;
  happened: { zh: string; en: string };
}

/** One taker: the instance that has waited longest; otherwise a new instance where a definition begins with this message. */
export async function correlate(
  deps: Deps,
  person: Person,
  message: Message,
  idempotencyKey: string | undefined,
): Promise<Correlated> {
  const id = updateIdOf(person.id, 'POST /api/messages', message, idempotencyKey);
  const { name, correlationKey, variables } = message;
  const subscribers = (await findSubscribers(name, correlationKey)).filter((one) => maySee(person, one.facility));
  for (const { instance, element } of subscribers) {
    const argument = {
      id,
      name,
      variables,
      by: { id: person.id },
      ...(correlationKey !== undefined && { correlationKey }),
    };
    const outcome = await deps.processes.update(instance, updateNames.correlate, argument, id);
    if (outcome.kind !== 'done') continue;
    await writeProjection(outcome.answer.rows);
    deps.metrics.messages.inc({ result: 'taken' });
    return { taker: instance, element, began: false, happened: outcome.answer.happened };
  }
  const begun = await begin(deps, person, message, id);
  if (begun) return begun;
  deps.metrics.messages.inc({ result: subscribers.length > 0 ? 'gone' : 'nobody' });
  throw subscribers.length > 0 ? noLonger(message) : nobody(message);
}

/** The business key is the correlation key where there is one: the same matter begins once. */
async function begin(deps: Deps, person: Person, message: Message, id: string): Promise<Correlated | undefined> {
  const start = (await findMessageStarts(message.name))[0];
  if (!start) return undefined;
  const facility = message.facility ?? person.roles.find((held) => held.facility !== '*')?.facility;
  if (facility !== undefined && !maySee(person, facility))
    throw forbidden('wrong-facility', `You do not belong to the facility ${facility}.`, 'Name a facility of yours.');
  if (facility === undefined || !(await findFacility(facility))) {
    const why = `"${message.name}" begins the process ${start.process}; name the facility where.`;
    throw invalid([{ path: 'body.facility', code: 'needed', message: why }], 422);
  }
  const businessKey = businessKeyOf(message.correlationKey) ?? `${facility}-${id.slice(0, 16)}`;
  const started = await deps.processes.start({
    process: start.process,
    version: start.version,
    businessKey,
    facility,
    variables: message.variables,
    startedBy: { id: person.id },
    startEvent: start.element,
  });
  deps.metrics.messages.inc({ result: started ? 'began' : 'repeated' });
  return {
    taker: instanceId(start.process, businessKey),
    element: start.element,
    began: started,
    happened: started
      ? { zh: `已由此消息发起流程 ${start.process}`, en: `The message began the process ${start.process}.` }
      : { zh: '此消息已发起过流程', en: 'The message had begun this process before.' },
  };
}

/** Ids of instances hold no dots, slashes or spaces. */
function businessKeyOf(correlationKey: string | undefined): string | undefined {
  return correlationKey !== undefined && /^[\w-]{1,100}$/.test(correlationKey) ? correlationKey : undefined;
}

function described({ name, correlationKey }: Message): string {
  return correlationKey === undefined ? `"${name}"` : `"${name}" with the key "${correlationKey}"`;
}

function nobody(message: Message): ProblemError {
  return new ProblemError({
    status: 404,
    code: 'no-taker',
    title: 'Nobody waits for this message',
    detail: `No running instance waits for ${described(message)}, and no definition begins with it.`,
    hint: 'Check name and key; send it again when an instance waits for it.',
  });
}

function noLonger(message: Message): ProblemError {
  return new ProblemError({
    status: 409,
    code: 'no-longer-waiting',
    title: 'It waits no longer',
    detail: `An instance waited for ${described(message)}, but has gone on or ended in the meantime.`,
    hint: 'Look at the instance; the message may have come before.',
  });
}
