/** Where the carrier of messages tells of receipts and replies: a path that nobody else knows, known letters only, safe to repeat. */
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
    description: 'Taken: what the carrier wants to be answered.',
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
      summary: 'The carrier tells whether letters have arrived',
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
        // A receipt may be faster than the answer it is about: the carrier tells it again.
        if (unknown > 0) throw notKnown(unknown);
        return { body: taken };
      },
    }),
    route({
      key: 'POST /api/callbacks/{secret}/replies',
      access: 'public',
      audit: 'none',
      tag,
      summary: 'The carrier tells what patients have answered',
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
      detail: 'It is not what this carrier sends.',
      hint: 'Compare CARELOOP_GATEWAY with who calls this path.',
    });
  }
}

const notKnown = (count: number): ProblemError =>
  new ProblemError({
    status: 404,
    code: 'not-found',
    detail: `There is no letter for ${count} of the receipts.`,
    hint: 'Tell them again in a minute; what is known was taken.',
  });
