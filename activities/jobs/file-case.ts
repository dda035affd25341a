/** Filing of a closed case (domain section 1, step 9): its row for the statistics, copies to gm-office and medical-affairs. */
import type { Variables } from '../../engine/model/plan.ts';
import { enqueueMessage } from '../../store/messaging/outbox.ts';
import { fileCaseStatistics } from '../../store/processes/complaint/case-statistics.ts';
import type { Job } from '../types.ts';
import { optionalText } from './input.ts';

const copiesTo = ['gm-office', 'medical-affairs'];

export const fileCase: Job = async (input, { instance, key, facility, businessKey, now }) => {
  const caseNumber = optionalText(input['caseNumber']) ?? businessKey;
  await fileCaseStatistics({ _id: caseNumber, facility, filedAt: now, figures: figuresOf(input) });
  for (const role of copiesTo)
    await enqueueMessage({
      instance,
      key,
      touch: role,
      facility,
      to: role,
      channel: 'copy',
      subject: `结案归档（${caseNumber}）`,
      body: `案件 ${caseNumber} 已结案归档，统计数据已生成。`,
      createdAt: now,
      dueAt: new Date().toISOString(),
    });
  return { filedAt: now };
};

/** The rule set is known by the case's date; it is no figure of the case. */
function figuresOf(input: Variables): Variables {
  const { rules: _rules, ...figures } = input;
  return figures;
}
