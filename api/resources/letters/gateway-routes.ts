/** Message gateways: their availability, and paused lanes. */

import { maskText } from '../../../engine/model/personal-numbers.ts';
import { listGateways, resumeLane } from '../../../store/messaging/gateway-states.ts';
import { letterStatuses } from '../../../store/messaging/outbox.ts';
import { countLetters, longestDue } from '../../../store/messaging/outbox-lists.ts';
import {
  type Finding,
  findings,
  lastReconciliation,
  type Reconciliation,
} from '../../../store/messaging/reconciliations.ts';
import { noBody } from '../../http/common-schemas.ts';
import { type Route, route } from '../../http/route.ts';
import { groupOperators, operators } from '../../http/route-policy.ts';
import { gatewayList, gatewayParams } from './schemas.ts';

const tag = 'Letters';

export function gatewayRoutes(): Route[] {
  return [
    route({
      key: 'GET /api/gateways',
      access: operators,
      tag,
      summary: 'State of the gateways, and number of letters by state',
      answers: { 200: { description: 'For patients and for staff.', schema: gatewayList } },
      handle: async (_, { reach }) => ({ body: await overview(reach && [...reach]) }),
    }),
    route({
      key: 'POST /api/gateways/{audience}/lanes/{lane}/resume',
      access: groupOperators,
      tag,
      summary: 'Resume a paused lane',
      params: gatewayParams,
      body: { schema: noBody.default({}) },
      idempotency: 'optional',
      answers: { 200: { description: 'The gateways in their new state.', schema: gatewayList } },
      async handle({ params }) {
        await resumeLane(params.audience, params.lane);
        return { body: await overview(undefined) };
      },
    }),
  ];
}

async function overview(facilities: string[] | undefined) {
  const [gateways, counts, longestDueMs, reconciliation] = await Promise.all([
    listGateways(),
    Promise.all(
      letterStatuses.map(async (status) => [status, await countLetters({ status, ...(facilities && { facilities }) })]),
    ),
    longestDue(facilities),
    lastReconciliation('patient'),
  ]);
  return {
    items: gateways.map(({ _id: audience, name, since, seenAt, page, away, paused }) => ({
      audience,
      name,
      since,
      seenAt,
      ...(page !== undefined && { page }),
      ...(away && { away: maskText(away.reason) }),
      paused: Object.entries(paused).map(([lane, pause]) => ({ lane, ...pause, message: maskText(pause.message) })),
    })),
    counts: Object.fromEntries(counts),
    ...(longestDueMs !== undefined && { longestDueMs }),
    ...(reconciliation && { reconciliation: reconciliationView(reconciliation, facilities) }),
  };
}

/** @param facilities whose letters are counted; absent: of all */
function reconciliationView({ night, begunAt, finishedAt, counts }: Reconciliation, facilities: string[] | undefined) {
  const own = Object.entries(counts).filter(([facility]) => facilities?.includes(facility) ?? true);
  const count = (finding: Finding) => own.reduce((sum, [, found]) => sum + (found[finding] ?? 0), 0);
  return { night, begunAt, finishedAt, found: Object.fromEntries(findings.map((one) => [one, count(one)])) };
}
