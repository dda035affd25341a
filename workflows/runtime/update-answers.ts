/** How a refusal leaves a workflow; the client's side is temporal/outcomes.ts. */
import { ApplicationFailure } from '@temporalio/common';
import type { Refusal } from '../../engine/model/types.ts';
import { refusedType } from './instance-messages.ts';

/** What a handler or validator throws. */
export function refused(refusal: Refusal): ApplicationFailure {
  return ApplicationFailure.nonRetryable(refusal.message.en, refusedType, refusal);
}
