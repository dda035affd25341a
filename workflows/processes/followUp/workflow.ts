/** Workflow type `followUp`: a follow-up chain (docs/domain.md#follow-up-chains) with its query `followUpStatus` and its row. */
import { defineQuery, setHandler } from '@temporalio/workflow';
import type { FollowUpRow } from '../../../store/processes/followUp/follow-up-row.ts';
import type { Outcome, StartInput } from '../../runtime/instance-messages.ts';
import { runInstance } from '../../runtime/run-instance.ts';
import { defined, textOf } from '../../runtime/variable-readers.ts';
import type { View } from '../../runtime/view.ts';
import { type FollowUpStatus, followUpStatusQuery } from './messages.ts';
import { isWithoutTouch, touchesOf } from './touches.ts';

export function followUp(input: StartInput): Promise<Outcome> {
  return runInstance(input, {
    row: followUpRow,
    handlers(instance) {
      setHandler(defineQuery<FollowUpStatus>(followUpStatusQuery), () => followUpStatus(instance.view()), {
        description:
          '计划了哪些回访、完成了哪些、哪些没有做及原因 · which touches are planned, done, or not done and why',
      });
    },
  });
}

function followUpRow({ state, variables, input, now }: View, seq: number): FollowUpRow {
  const touches = touchesOf(variables);
  return defined<FollowUpRow>({
    _id: input.businessKey,
    seq,
    instance: state.id,
    facility: input.facility,
    episode: textOf(variables['episode']) ?? input.businessKey,
    patient: textOf(variables['patient']) ?? '',
    status: state.status,
    touches,
    nextDueAt: state.status === 'active' ? touches.find((one) => one.state === 'planned')?.dueAt : undefined,
    stopReason: textOf(variables['stopReason']),
    incident: Object.values(state.waits).some((wait) => wait.incident),
    updatedAt: now,
  });
}

function followUpStatus({ state, variables, input }: View): FollowUpStatus {
  const touches = touchesOf(variables);
  return defined<FollowUpStatus>({
    episode: textOf(variables['episode']) ?? input.businessKey,
    facility: input.facility,
    patient: textOf(variables['patient']) ?? '',
    status: state.status,
    planned: touches.filter((one) => one.state === 'planned'),
    done: touches.filter((one) => one.state !== 'planned' && !isWithoutTouch(one)),
    whyNot: touches.filter(isWithoutTouch),
    stopReason: textOf(variables['stopReason']),
  });
}
