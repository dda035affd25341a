/** Callbacks of the message carrier for receipts and replies: a secret path, accepted for known letters only, idempotent. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { ZodError } from 'zod';
import type { Callbacks } from '../../../gateway/port.ts';
import { applyReceipt } from '../../../store/messaging/receipts.ts';
import { optOut } from '../../../store/patients/contacts.ts';
import type { Deps } from '../../http/deps.ts';
import { notFound, ProblemError } from '../../http/problem.ts';
import { type Route, route } from '../../http/route.ts';
import { z } from '../../http/zod.ts';
import { takeReply } from './take-reply.ts';

const tag = 'Letters';
const params = z.object({ secret: z.string().min(1).max(200).openapi({ example: 'a-path-that-nobody-knows' }) });
const body = {
  schema: z
    .unknown()
    .openapi({ type: 'object', description: 'A list or an object, as the carrier sends it.', example: {} }),
  limit: '256kb',
};
const answers = {
  200: {
    description: 'Accepted; the body is what the carrier expects.',
    schema: z.record(z.string(), z.union([z.string(), z.number()])),
  },
};

export function gatewayCallbackRoutes(deps: Deps): Route[] {
  const { callbacks, callbackSecret } = deps.config;
  const open = (given: string): Callbacks => {
    if (!callbacks || callbackSecret === undefined || !isSame(given, callbackSecret)) throw notFound('this path');
    return callbacks;
  };
  return [
    route({
      key: 'POST /api/callbacks/{secret}/receipts',
      access: 'public',
      audit: 'none',
      tag,
      summary: 'Delivery receipts of the carrier',
      params,
      body,
      idempotency: 'optional',
      answers,
      async handle({ params: { secret }, body: given }) {
        const { parseReceipts, taken } = open(secret);
        let unknown = 0;
        for (const receipt of parsed(() => parseReceipts(given))) {
          const letter = await applyReceipt(receipt);
          if (!letter) unknown += 1;
          else if (receipt.personRefuses && letter.patient !== undefined)
            await optOut(letter.patient, new Date().toISOString(), 'carrier');
        }
        // A receipt may arrive before the response it belongs to; the carrier repeats it.
        if (unknown > 0) throw notKnown(unknown);
        return { body: taken };
      },
    }),
    route({
      key: 'POST /api/callbacks/{secret}/replies',
      access: 'public',
      audit: 'none',
      tag,
      summary: 'Replies of patients, from the carrier',
      params,
      body,
      idempotency: 'optional',
      answers,
      async handle({ params: { secret }, body: given }) {
        const { parseReplies, taken } = open(secret);
        for (const reply of parsed(() => parseReplies(given))) await takeReply(deps, reply);
        return { body: taken };
      },
    }),
  ];
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const isSame = (one: string, other: string): boolean => timingSafeEqual(digest(one), digest(other));

function parsed<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof ZodError)) throw error;
    throw new ProblemError({
      status: 400,
      code: 'malformed-request',
      detail: 'The body does not have the format of this carrier.',
      hint: 'Check that CARELOOP_GATEWAY is the carrier that calls this path.',
    });
  }
}

const notKnown = (count: number): ProblemError =>
  new ProblemError({
    status: 404,
    code: 'not-found',
    detail: `There is no letter for ${count} of the receipts.`,
    hint: 'Repeat them in a minute; receipts of known letters were accepted.',
  });
