/** View of a session. */
import type { Session } from '../../../store/organisation/sessions.ts';

export const sessionView = ({ _id: id, from, createdAt, expiresAt }: Session) => ({
  id,
  from,
  createdAt,
  expiresAt: expiresAt.toISOString(),
});
