/** Messages to people: written into the outbox once per instance, element key and receiver; the worker's gateway sends them. */
import type { Variables } from '../../engine/model/plan.ts';
import { enqueueMessage } from '../../store/messaging/outbox.ts';
import type { Job, RuntimeActivities } from '../types.ts';
import { listOf, optionalText } from './input.ts';
import { templates } from './templates.ts';

/** Real time: messages leave now, also when the process clock runs ahead. */
const realNow = () => new Date().toISOString();

export const tellRoles: RuntimeActivities['tellRoles'] = async (notice) => {
  const { instance, key, facility, roles, subject, body, now } = notice;
  for (const role of roles)
    await enqueueMessage({
      instance,
      key,
      touch: role,
      facility,
      to: role,
      channel: 'notice',
      subject,
      body,
      createdAt: now,
      dueAt: realNow(),
    });
};

/** Headers: `to` (roles, staff ids or `patient`, comma separated), `template`, `channel`. */
export const sendMessage: Job = async (input, context) => {
  const { instance, key, facility, headers, businessKey, now } = context;
  const receivers = listOf(headers['to'] ?? optionalText(input['to']) ?? '');
  const template = headers['template'] ?? optionalText(input['template']);
  const words = (template && templates[template]) || undefined;
  const subject = optionalText(input['subject']) ?? words?.subject ?? headers['subject'] ?? '流程通知';
  const body = optionalText(input['body']) ?? words?.body ?? subject;
  for (const to of receivers)
    await enqueueMessage({
      instance,
      key,
      touch: to,
      facility,
      to,
      channel: headers['channel'] ?? 'notice',
      ...(template && { template }),
      subject: `${subject}（${businessKey}）`,
      body,
      data: figuresOf(input),
      createdAt: now,
      dueAt: realNow(),
    });
  return { sentTo: receivers };
};

/** What a template may fill in: ids, numbers and dates. */
function figuresOf(input: Variables): Variables {
  return Object.fromEntries(
    Object.entries(input).filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value)),
  );
}
