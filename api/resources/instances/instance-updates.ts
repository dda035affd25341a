/** Acts of people on a running process: one update each, answered after its rows are written; refusals become problems. */

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
 * Update id, by which Temporal recognises repeats: person, path, body and key. Without a key each request is new. The
 * body is included, so that a key reused for something else does not return the first result.
 */
export function updateIdOf(staff: string, address: string, body: unknown, idempotencyKey: string | undefined): string {
  return digestOf(staff, address, body ?? null, idempotencyKey ?? crypto.randomUUID());
}

/**
 * Sends the update and waits for its rows, so that people read what they just did.
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

/** A person who repeats an act is told that they did it themselves. */
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

/** With the texts of the process, the name of who was first, and each invalid field with its path. */
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
        ? `${message.en} You ${how ?? 'closed'} it yourself at ${at}: your request was sent twice.`
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
