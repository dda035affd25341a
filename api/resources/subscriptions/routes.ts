/** For operators: which instances wait for which messages and signals, and since when. */
import type { Plan } from '../../../engine/model/plan.ts';
import { findPinnedPlan } from '../../../store/definitions/plans.ts';
import { listSubscriptions, type Subscription } from '../../../store/messaging/subscriptions.ts';
import { decodeCursor, pageOf } from '../../http/cursor.ts';
import { narrowed } from '../../http/policy.ts';
import { type Route, route } from '../../http/route.ts';
import { operators } from '../../http/route-policy.ts';
import { withElementEnglishName } from '../definitions/english-names.ts';
import { subscriptionPage, subscriptionQuery } from './schemas.ts';

export function subscriptionRoutes(): Route[] {
  return [
    route({
      key: 'GET /api/subscriptions',
      access: operators,
      tag: 'Messages',
      summary: 'What running instances wait for, messages and signals, those that have waited longest first',
      query: subscriptionQuery,
      answers: { 200: { description: 'A page.', schema: subscriptionPage } },
      async handle({ query: { facility, cursor, limit, ...search } }, { reach }) {
        const facilities = narrowed(reach, facility);
        const place = cursor === undefined ? undefined : decodeCursor(cursor);
        const rows = await listSubscriptions({
          ...search,
          ...(facilities && { facilities }),
          ...(place && { after: { since: place.at, id: place.id } }),
          limit: limit + 1,
        });
        const page = pageOf(rows, limit, (row) => ({ at: row.since, id: row._id }));
        return { body: { ...page, items: await Promise.all(page.items.map(view)) } };
      },
    }),
  ];
}

async function view({ _id, definition, element, ...shown }: Subscription) {
  if (element === undefined) return shown;
  const plan = await findPinnedPlan<Plan>(definition.key, definition.version, definition.hash);
  const named = { ...shown, element, elementName: plan?.elements[element]?.name ?? element };
  return withElementEnglishName(named, plan?.englishNames ?? {});
}
