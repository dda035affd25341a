/** Masks personal numbers in responses; who handles the case sees them in full, which is recorded first. */
import type { Json } from '../../engine/model/plan.ts';
import { recordLift } from './audit.ts';
import { maskedAnswer } from './masking.ts';
import type { Reply } from './route.ts';

export async function throughBorder(reply: Reply): Promise<Reply> {
  const { body, unmasked } = reply;
  if (body === undefined || unmasked === 'recorded' || unmasked === 'definition') return reply;
  const clean = maskedAnswer(JSON.parse(JSON.stringify(body)) as Json);
  if (!clean.masked) return reply;
  if (!unmasked) return { ...reply, body: clean.value };
  await recordLift(unmasked.what, unmasked.facility, ['personal numbers']);
  return reply;
}
