/** A letter with its recipient and its subject by name; without its text and the telephone number. */

import { ownValue } from '../../../engine/model/own-property.ts';
import { maskText } from '../../../engine/model/personal-numbers.ts';
import type { LocalizedText, Plan } from '../../../engine/model/plan.ts';
import { rememberFor } from '../../../store/db/remember.ts';
import { findPlan } from '../../../store/definitions/plans.ts';
import { findLetter, type OutboxMessage } from '../../../store/messaging/outbox.ts';
import { listRoles } from '../../../store/organisation/roles.ts';
import { findNames } from '../../../store/organisation/staff.ts';
import { covers, type Reach } from '../../http/policy.ts';
import { notFound } from '../../http/problem.ts';

/** @throws ProblemError 404, the same for a letter that does not exist and one of another facility */
export async function visibleLetter(id: string, reach: Reach): Promise<OutboxMessage> {
  const row = await findLetter(id);
  if (!row || !covers(reach, row.facility)) throw notFound(`letter ${id}`);
  return row;
}

/** What an adapter says of a letter that its gateway has never had; the reason says so in words. */
const unknownToGateway = 'missing';

const roleNames = rememberFor(
  10_000,
  async () => new Map((await listRoles()).map(({ _id, name, englishName }) => [_id, { zh: name, en: englishName }])),
);

const messageTemplatesOf = rememberFor(
  10_000,
  async (process: string) => (await findPlan<Plan>(process))?.plan.messageTemplates ?? {},
);

export async function letterViews(rows: OutboxMessage[]) {
  const [roles, staff] = await Promise.all([
    roleNames(),
    findNames(rows.flatMap(({ to, givenUp }) => (givenUp ? [to, givenUp.by] : [to]))),
  ]);
  const nameOf = (to: string): LocalizedText => {
    if (to === 'patient') return { zh: '患者', en: 'patient' };
    return roles.get(to) ?? { zh: staff[to] ?? to, en: staff[to] ?? to };
  };
  return Promise.all(
    rows.map(async (row) => {
      const subject = await subjectOf(row);
      return {
        ...letterFields(row),
        recipient: nameOf(row.to),
        ...(subject && { subject }),
        ...(row.givenUp && { givenUp: { ...row.givenUp, name: staff[row.givenUp.by] ?? row.givenUp.by } }),
      };
    }),
  );
}

export async function letterView(row: OutboxMessage) {
  const [view] = await letterViews([row]);
  if (!view) throw new Error('One row has one view.');
  return view;
}

/** Of the template: placeholders stay open, as values may identify a person. */
async function subjectOf({ instance, template }: OutboxMessage): Promise<LocalizedText | undefined> {
  if (template === undefined) return undefined;
  const templates = await messageTemplatesOf(instance.split('/', 1)[0] ?? '');
  const words = ownValue(templates, template);
  if (!words) return undefined;
  const open = (text: string) => text.replace(/\{[^}]*\}/g, '…');
  return { zh: open(words.zh.subject), en: open((words.en ?? words.zh).subject) };
}

function letterFields(row: OutboxMessage) {
  const { _id: id, instance, facility, to, lane, channel, template, status, reason, attempts, outages } = row;
  const { createdAt, dueAt, notAfter, gateway, segments, error, handedAt, sentAt, deliveredAt, endedAt, resent } = row;
  return {
    id,
    instance,
    facility,
    to,
    lane,
    channel,
    template,
    status,
    reason,
    attempts,
    outages,
    createdAt,
    dueAt,
    notAfter,
    gateway,
    segments,
    ...(error !== undefined && error !== unknownToGateway && { error: maskText(error) }),
    handedAt,
    sentAt,
    deliveredAt,
    endedAt,
    resent,
  };
}
