/** Proposals: the proposed act and its outcome. */
import { json, pageSchema, paging } from '../../http/common-schemas.ts';
import { z } from '../../http/zod.ts';

const reason = z.string().trim().min(1).max(1000);
const params = z.record(z.string().min(1).max(100), z.string().max(300));
const content = z.record(z.string(), json).openapi({ type: 'object', additionalProperties: true });

export const proposeBody = z
  .strictObject({
    act: z.string().min(1).max(200).describe('The route that returned `second-person-needed`.'),
    params: params.default({}).describe('Its path parameters.'),
    body: content.default({}).describe('Its body; of a definition, the JSON form.'),
    reason: reason.describe('For the person who releases it.'),
  })
  .openapi('Propose', {
    example: {
      act: 'POST /api/instances/{id}/skip',
      params: { id: 'orders/BJ-1' },
      body: { reason: 'Paid at the counter.' },
      reason: 'The bank confirmed it by telephone.',
    },
  });
export const rejectBody = z.strictObject({ reason }).openapi('Reject', { example: { reason: 'Not agreed.' } });

export const proposalParams = z.object({
  id: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'Proposal id, as returned by POST /api/proposals.')
    .openapi({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' }),
});

const states = ['open', 'releasing', 'released', 'rejected', 'refused'] as const;
export const proposalQuery = z.object({ state: z.enum(states).optional(), ...paging });

const proposal = z
  .object({
    id: z.string(),
    act: z.string(),
    params,
    elements: z.array(z.string()).describe('Elements that move money, as `<process>/<element>`.'),
    facility: z.string().nullable().describe('null: the whole group.'),
    reason: z.string(),
    proposedBy: z.string(),
    proposedAt: z.string(),
    expiresAt: z.string(),
    state: z.enum([...states, 'expired']),
    decidedBy: z.string().optional(),
    decidedAt: z.string().optional(),
    answer: z.string().optional().describe('Why it was rejected.'),
    code: z.string().optional().describe('Why the act was refused when carried out.'),
  })
  .openapi('Proposal');
export const proposalPage = pageSchema(proposal).openapi('Proposals');
export const proposalSchema = proposal
  .extend({
    body: content,
    preview: json.optional().describe('Of an open one: result of a dry run now, if the act supports it.'),
  })
  .openapi('ProposalInFull');
export const releasedSchema = z
  .object({ proposal, answer: json.describe('Response of the act.') })
  .openapi('ReleasedProposal');
