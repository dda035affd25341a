/** What a gateway needs to be queried for a letter. */
import { letterMark, type OutboxMessage } from '../../store/messaging/outbox.ts';
import type { Handed } from '../port.ts';

export function handedOf({
  _id: id,
  facility,
  createdAt,
  handedAt = createdAt,
  address,
  providerId,
}: OutboxMessage): Handed {
  return {
    id,
    mark: letterMark(id),
    facility,
    createdAt,
    handedAt,
    ...(address !== undefined && { address }),
    ...(providerId !== undefined && { providerId }),
  };
}
