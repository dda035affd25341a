/** An act of a person on a running process: one update, answered when its rows can be read, a refusal as a problem in words. */

import type { Refusal } from '../../../engine/model/types.ts';
import { findNames } from '../../../store/organisation/staff.ts';
import { untilWritten } from '../../../store/runtime/written-rows.ts';
import type { Processes } from '../../../temporal/processes.ts';
import type { Answer } from '../../../workflows/runtime/instance-messages.ts';
import { digestOf } from '../../http/digest.ts';
import { ProblemError } from '../../http/problem.ts';
import { isProblemCode } from '../../http/problem-codes.ts';
import { z } from '../../http/zod.ts';

export interface UpdateRequest {
  processes: Processes;
}

/**
 * The id Temporal tells repeats by: the same person, address, body and key make the same act; without a key each request is new.
 * The body is part of it, so that a key used twice for different things is never answered with the first one's result.
 */
export function updateIdOf(staff: string, address: string, body: unknown, idempotencyKey: string | undefined): string {
  return digestOf(staff, address, body ?? null, idempotencyKey ?? crypto.randomUUID());
}

/**
 * Does it, and answers when its rows are there: people read what they just did.
 * @throws ProblemError as the process refused it (403, 409, 422), or 503 when no worker answers
 */
export async function sendUpdate(
  { processes }: UpdateRequest,
  instance: string,
  update: { name: string; argument: unknown; id: string },
  whenGone: () => Promise<ProblemError>,
): Promise<Answer> {
  const outcome = await processes.update(instance, update.name, update.argument, update.id);
  switch (outcome.kind) {
    case 'gone':
      throw await whenGone();
    case 'refused':
      throw await refusalProblem(outcome.refusal, askerOf(update.argument));
    case 'done':
      if (outcome.answer.rowsPending) await untilWritten(instance, outcome.answer.seq);
      return outcome.answer;
  }
}

const statusByCode: Record<string, 403 | 409 | 422> = {
  'own-application': 403,
  'not-a-candidate': 403,
  'wrong-role': 403,
  'form-invalid': 422,
  'identity-fixed': 422,
  'money-element': 422,
  'not-declared': 422,
  'reason-missing': 422,
  malformed: 422,
};

/** Whoever sends it twice is told that it was they who did it. */
function askerOf(argument: unknown): string | undefined {
  return z.object({ by: z.object({ id: z.string() }) }).safeParse(argument).data?.by.id;
}

const closedBy = z.looseObject({
  how: z.string().optional(),
  at: z.string(),
  by: z.object({ id: z.string(), role: z.string().optional() }).optional(),
});
const fieldProblems = z.array(
  z.object({ field: z.string(), code: z.string(), message: z.object({ zh: z.string(), en: z.string() }) }),
);

/** In words of the process; who was first by name, and each wrong field with its path. */
export async function refusalProblem(refusal: Refusal, asker?: string): Promise<ProblemError> {
  const { code, message, hint, details } = refusal;
  const base = {
    status: statusByCode[code] ?? 409,
    code: isProblemCode(code) ? code : ('refused' as const),
    detail: message.en,
    hint: hint.en,
    words: { zh: `${message.zh}${hint.zh}`, en: `${message.en} ${hint.en}` },
  };
  const closed = closedBy.safeParse(details);
  if (closed.success) {
    const { by, at, how } = closed.data;
    const who = by && { ...by, name: (await findNames([by.id]))[by.id] };
    const detail = !who
      ? `${message.en} It ended at ${at}.`
      : who.id === asker
        ? `${message.en} You ${how ?? 'closed'} it yourself at ${at}: your request has come twice.`
        : `${message.en} ${who.name ?? who.id} (${who.id}) ${how ?? 'did it'} at ${at}.`;
    return new ProblemError({ ...base, detail, more: { by: who, at, how } });
  }
  const fields = fieldProblems.safeParse(details);
  if (fields.success)
    return new ProblemError({
      ...base,
      errors: fields.data.map((one) => ({
        path: `body.variables.${one.field}`,
        code: one.code,
        message: one.message.en,
        words: one.message,
      })),
    });
  return new ProblemError({ ...base, ...(details !== undefined && { more: { details } }) });
}
