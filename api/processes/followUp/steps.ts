/** The touches of a chain as the explanation of its instance has them: why each is planned for its minute, why one was left out. */
import { findFollowUp } from '../../../store/processes/followUp/follow-up-store.ts';
import type { InstanceRow } from '../../../store/runtime/rows.ts';
import type { PlannedStep } from '../process-api.ts';
import { touchView } from './touch-view.ts';

export async function touchSteps({ businessKey }: InstanceRow): Promise<PlannedStep[]> {
  const row = await findFollowUp(businessKey);
  return (row?.touches ?? []).map((touch) => {
    const { id, name, stateName, endedAt, dueAt, why } = touchView(touch);
    return { id, at: endedAt ?? dueAt, what: name, state: stateName, ...(why && { why }) };
  });
}
