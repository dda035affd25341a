/** Second person: acts that affect payments are proposed by one person and released by another. */

import { databaseTime } from '../../../store/db/database-time.ts';
import type { Duty } from '../../../store/organisation/roles.ts';
import { findStaff } from '../../../store/organisation/staff.ts';
import {
  closeProposal,
  decideProposal,
  findProposal,
  listProposals,
  type ProposalRow,
  saveProposal,
} from '../../../store/runtime/proposals.ts';
import { noteDetails, noteSubject } from '../../http/audit.ts';
import { noBody } from '../../http/common-schemas.ts';
import { decodeCursor, pageOf } from '../../http/cursor.ts';
import { digestOf } from '../../http/digest.ts';
import { toProblem } from '../../http/errors.ts';
import { facilitiesWithDuty, hasDuty, type Person } from '../../http/policy.ts';
import { forbidden, invalid, notFound, ProblemError } from '../../http/problem.ts';
import { type Asked, type Route, type RouteInput, route } from '../../http/route.ts';
import { parseParts } from '../../http/route-input.ts';
import { operators, reachOf } from '../../http/route-policy.ts';
import type { MoneyTouch } from '../../http/second-person.ts';
import { asPerson } from '../../http/session.ts';
import {
  proposalPage,
  proposalParams,
  proposalQuery,
  proposalSchema,
  proposeBody,
  rejectBody,
  releasedSchema,
} from './schemas.ts';

const tag = 'Proposals';
const openDays = 7;
const duty: Duty = 'operate';

type Input = RouteInput<unknown, unknown, unknown>;
interface StoredRequest {
  params: Record<string, string>;
  body: Record<string, unknown>;
}

/** @param acts all other routes */
export function proposalRoutes(acts: Route[]): Route[] {
  const actOf = (key: string) => acts.find((one) => one.key === key && one.secondPerson);

  async function touchOf(act: Route, input: Input, asked: Asked): Promise<MoneyTouch> {
    const touch = await act.secondPerson?.(input, askedFor(act, asked));
    if (!touch)
      throw new ProblemError({
        status: 422,
        code: 'no-second-person-needed',
        detail: 'This act does not affect payments.',
        hint: `Send it directly to ${act.key}.`,
      });
    requireEntitled(asked.person, touch.facility);
    return touch;
  }

  return [
    route({
      key: 'POST /api/proposals',
      access: operators,
      tag,
      summary: 'Propose an act that affects payments',
      description: `It is carried out unchanged when another person releases it, within ${openDays} days.`,
      // A definition with its forms may be proposed.
      body: { schema: proposeBody, limit: '4mb' },
      idempotency: 'optional',
      answers: { 201: { description: 'Proposed.', schema: proposalSchema } },
      async handle({ body: { act: key, params, body, reason } }, asked) {
        const act = actOf(key);
        if (!act)
          throw invalid(
            [{ path: 'body.act', code: 'unknown_act', message: 'No act that needs a second person.' }],
            422,
          );
        const { elements, facility } = await touchOf(act, parseParts(act, { params, query: {}, body }), asked);
        const { person, idempotencyKey } = asked;
        const now = await databaseTime();
        const row: ProposalRow = {
          _id: digestOf(person.id, key, params, body, reason, idempotencyKey ?? crypto.randomUUID()),
          act: key,
          request: JSON.stringify({ params, body }),
          facility,
          elements,
          reason,
          proposedBy: person.id,
          proposedAt: now.toISOString(),
          expiresAt: new Date(now.getTime() + openDays * 86_400_000).toISOString(),
          state: 'open',
        };
        await saveProposal(row);
        noteSubject({ kind: 'proposals', id: row._id }, facility ?? undefined);
        noteDetails({ act: key, params, elements });
        const saved = (await findProposal(row._id)) ?? row;
        return {
          status: 201,
          headers: { Location: `/api/proposals/${row._id}` },
          body: { ...view(saved, now), body },
        };
      },
    }),
    route({
      key: 'GET /api/proposals',
      access: operators,
      tag,
      summary: 'Proposals, newest first',
      query: proposalQuery,
      answers: { 200: { description: 'A page.', schema: proposalPage } },
      async handle({ query: { state, cursor, limit } }, { person }) {
        const facilities = facilitiesWithDuty(person, duty);
        const before = cursor === undefined ? undefined : decodeCursor(cursor);
        const search = { ...(facilities && { facilities }), ...(state !== undefined && { state }) };
        const rows = await listProposals(search, before, limit + 1);
        const page = pageOf(rows, limit, (row) => ({ at: row.proposedAt, id: row._id }));
        const now = await databaseTime();
        return { body: { ...page, items: page.items.map((row) => view(row, now)) } };
      },
    }),
    route({
      key: 'GET /api/proposals/{id}',
      access: operators,
      audit: 'sensitive',
      tag,
      summary: 'A proposal, and its effect if released now',
      params: proposalParams,
      answers: { 200: { description: 'The proposal.', schema: proposalSchema } },
      async handle({ params: { id } }, asked) {
        const row = await visibleProposal(id, asked.person);
        const { params, body } = requestOf(row);
        const now = await databaseTime();
        const shown = view(row, now);
        const act = actOf(row.act);
        const preview = shown.state === 'open' && act ? await previewOf(act, { params, body }, asked) : undefined;
        return { body: { ...shown, body, ...(preview !== undefined && { preview }) } };
      },
    }),
    route({
      key: 'POST /api/proposals/{id}/release',
      access: operators,
      tag,
      summary: 'Release a proposal of another person, which carries it out',
      description:
        'Both people must be authorised at its facility at this time. Refusals of the act are returned here as well.',
      params: proposalParams,
      body: { schema: noBody.default({}) },
      idempotency: 'optional',
      answers: { 200: { description: 'Carried out.', schema: releasedSchema } },
      async handle({ params: { id } }, asked) {
        const row = await visibleProposal(id, asked.person);
        noteDetails({ act: row.act, proposedBy: row.proposedBy, elements: row.elements });
        if (row.proposedBy === asked.person.id)
          throw forbidden(
            'same-person',
            'You proposed this yourself.',
            'Another authorised person releases it; you may withdraw it by rejecting it.',
          );
        const act = actOf(row.act);
        const now = await databaseTime();
        if (!act || view(row, now).state === 'expired') throw closed(row, now);
        const stored = requestOf(row);
        const input = parseParts(act, { ...stored, query: {} });
        const proposer = await proposerOf(row);
        // The facility is determined again for both, as roles and rows may have changed.
        await touchOf(act, input, { ...asked, person: proposer });
        await touchOf(act, input, asked);
        if (!(await decideProposal(id, asked.person.id, now.toISOString(), { state: 'releasing' })))
          throw closed((await findProposal(id)) ?? row, now);
        const reply = await carryOut(act, input, { ...asked, idempotencyKey: `proposal-${id}` }, id);
        await closeProposal(id, { state: 'released' });
        const released = (await findProposal(id)) ?? row;
        return { body: { proposal: view(released, now), answer: reply.body ?? null } };
      },
    }),
    route({
      key: 'POST /api/proposals/{id}/reject',
      access: operators,
      tag,
      summary: 'Reject a proposal, or withdraw one of your own',
      params: proposalParams,
      body: { schema: rejectBody },
      idempotency: 'optional',
      answers: { 200: { description: 'Rejected.', schema: proposalSchema } },
      async handle({ params: { id }, body: { reason } }, { person }) {
        const row = await visibleProposal(id, person);
        const now = await databaseTime();
        const rejected = { state: 'rejected', answer: reason } as const;
        if (!(await decideProposal(id, person.id, now.toISOString(), rejected)))
          throw closed((await findProposal(id)) ?? row, now);
        const after = (await findProposal(id)) ?? row;
        return { body: { ...view(after, now), body: requestOf(after).body } };
      },
    }),
  ];
}

/** Dispatches the act as if requested directly, at the facilities where its own rule holds. */
const askedFor = (act: Route, asked: Asked): Asked => ({ ...asked, reach: reachOf(act.access, asked.person) });

/** After an outage the same person may release it again: its idempotency key ensures that it takes effect once. */
async function carryOut(act: Route, input: Input, asked: Asked, id: string) {
  try {
    return await act.handle(input, { ...askedFor(act, asked), released: true });
  } catch (error) {
    const { status, code } = toProblem(error);
    if (status < 500) await closeProposal(id, { state: 'refused', code });
    throw error;
  }
}

async function previewOf(act: Route, { params, body }: StoredRequest, asked: Asked): Promise<unknown> {
  if (!act.dryRun) return undefined;
  const dry =
    act.dryRun === 'query' ? { query: { dryRun: 'true' }, body } : { query: {}, body: { ...body, dryRun: true } };
  const key = `preview-${digestOf(act.key, params, body)}`;
  const looking = askedFor(act, { ...asked, idempotencyKey: key });
  try {
    return (await act.handle(parseParts(act, { params, ...dry }), looking)).body;
  } catch (error) {
    const { code, detail } = toProblem(error);
    return { refused: { code, detail } };
  }
}

async function visibleProposal(id: string, person: Person): Promise<ProposalRow> {
  const row = await findProposal(id);
  noteSubject({ kind: 'proposals', id }, row?.facility ?? undefined);
  if (!row || !hasDuty(person, duty, row.facility ?? '*')) throw notFound(`proposal ${id}`);
  return row;
}

function requireEntitled(person: Person, facility: string | null): void {
  if (hasDuty(person, duty, facility ?? '*')) return;
  throw forbidden(
    'wrong-role',
    `${person.id} does not operate ${facility === null ? 'for the whole group' : `at ${facility}`}.`,
    'Proposer and releaser both must.',
  );
}

async function proposerOf({ proposedBy }: ProposalRow): Promise<Person> {
  const staff = await findStaff(proposedBy);
  return asPerson({ id: proposedBy, name: staff?.name ?? '', roles: staff?.active ? staff.roles : [] });
}

const requestOf = ({ request }: ProposalRow): StoredRequest => JSON.parse(request);

function view(row: ProposalRow, now: Date) {
  const { _id: id, request, ...shown } = row;
  const isOver = row.state === 'open' && row.expiresAt <= now.toISOString();
  return {
    id,
    ...shown,
    params: requestOf({ ...row, request }).params,
    state: isOver ? 'expired' : row.state,
  } as const;
}

function closed(row: ProposalRow, now: Date): ProblemError {
  const { state, decidedBy } = view(row, now);
  return new ProblemError({
    status: 409,
    code: 'proposal-closed',
    detail: `This proposal is ${state}${decidedBy === undefined ? '' : `, by ${decidedBy}`}.`,
    hint: 'Propose it again if it is still needed.',
  });
}
