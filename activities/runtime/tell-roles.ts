/** Notifies roles of a breached time limit: an outbox row per role, once per instance, key and clock. */
import { enqueueMessage } from '../../store/messaging/outbox.ts';
import type { RuntimeActivities } from '../types.ts';

export const tellRoles: RuntimeActivities['tellRoles'] = async (notice) => {
  const { instance, startedAt, key, facility, roles, subject, body, now } = notice;
  for (const role of roles)
    await enqueueMessage({
      instance,
      ...(startedAt !== undefined && { startedAt }),
      key,
      touch: role,
      facility,
      to: role,
      channel: 'notice',
      subject,
      body,
      createdAt: now,
    });
};
