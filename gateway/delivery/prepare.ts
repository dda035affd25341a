/**
 * Final check right before a letter is handed over: whether it may be sent **now**. Letters that may not are marked;
 * the others become parcels.
 */

import { smsSegments } from '../../engine/messages/sms-segments.ts';
import { letterMark, type OutboxMessage } from '../../store/messaging/outbox.ts';
import { beginHandOver } from '../../store/messaging/outbox-claims.ts';
import { endLetter, postpone } from '../../store/messaging/outbox-outcomes.ts';
import { findFacility } from '../../store/organisation/facilities.ts';
import { decideContact, releaseSlots } from '../../store/patients/contacts.ts';
import type { Gateway, Parcel } from '../port.ts';
import { receiverOf } from './receiver.ts';
import { daysOf, hoursOf, untilOpen } from './windows.ts';

export interface Prepared {
  letter: OutboxMessage;
  parcel: Parcel;
  /** For marketing: the week in which it has reserved a day. */
  week?: string;
}

/** @param now database time, epoch milliseconds */
export async function prepare(
  letter: OutboxMessage,
  gateway: Gateway,
  now: number,
  leaseMs: number,
): Promise<Prepared | undefined> {
  const zone = (await findFacility(letter.facility))?.zone ?? 'UTC';
  const end = (status: 'failed' | 'suppressed' | 'expired', reason: string) =>
    endLetter(letter, { status, reason }).then(() => undefined);
  if (letter.notAfter !== undefined && now > Date.parse(letter.notAfter)) return end('expired', 'too-late');
  if (letter.textsRemovedAt !== undefined) return end('expired', 'text-removed');
  const local = now + (letter.aheadMs ?? 0);
  const hours = hoursOf(letter.audience, letter.lane);
  const inMs = hours ? untilOpen(hours, local, zone) : 0;
  if (inMs > 0) return postpone(letter, { reason: 'quiet-hours', inMs }).then(() => undefined);

  if (letter.audience === 'staff') return handOver(letter, parcelOf(letter, zone), gateway, leaseMs);
  const receiver = await receiverOf(letter, gateway.reachesPeople);
  if ('refused' in receiver) return end(receiver.refused === 'demo' ? 'suppressed' : 'failed', receiver.refused);
  const { patient, address } = receiver;
  const isMarketing = letter.lane === 'marketing';
  const { day, week } = daysOf(local, zone);
  if (patient !== undefined) {
    const purpose = isMarketing ? 'marketing' : 'service';
    const refusal = await decideContact({ patient, purpose, letter: letter._id, day, week });
    if (refusal) return end('suppressed', refusal);
  } else if (isMarketing) return end('suppressed', 'no-consent');
  return handOver(letter, { ...parcelOf(letter, zone), address }, gateway, leaseMs, week);
}

/** Only letters still claimed are sent. */
async function handOver(
  letter: OutboxMessage,
  parcel: Parcel,
  gateway: Gateway,
  leaseMs: number,
  week?: string,
): Promise<Prepared | undefined> {
  const { address, body } = parcel;
  const { name, signature } = gateway;
  const about = {
    gateway: name,
    leaseMs,
    ...(address !== undefined && { address }),
    ...(signature !== undefined && { segments: smsSegments(`${signature}${body}`) }),
  };
  if ((await beginHandOver(letter, about)) === undefined) return undefined;
  return { letter, parcel, ...(letter.lane === 'marketing' && week !== undefined && { week }) };
}

/** Releases the reserved day of a letter that was not sent. */
export async function freeDay({ letter, week }: Pick<Prepared, 'letter' | 'week'>): Promise<void> {
  if (week !== undefined && letter.patient !== undefined) await releaseSlots(letter.patient, letter._id, week);
}

function parcelOf(letter: OutboxMessage, zone: string): Parcel {
  const { _id: id, facility, to, lane, channel, template, subject, body, data, createdAt } = letter;
  return {
    id,
    mark: letterMark(id),
    facility,
    to,
    lane,
    channel,
    subject,
    body,
    createdAt,
    zone,
    ...(template !== undefined && { template }),
    ...(data && { data }),
  };
}
