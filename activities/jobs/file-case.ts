/** Filing of a closed case (docs/complaint-process.md): its row for the statistics, and copies to whom the diagram names. */
import { z } from 'zod';
import { enqueueMessage } from '../../store/messaging/outbox.ts';
import { fileCaseStatistics } from '../../store/processes/complaint/case-statistics.ts';
import { listOfTexts, messageTemplate } from './fields.ts';
import { badInput, defineJob } from './job.ts';
import { figuresOf, messageText } from './message-text.ts';

export const fileCase = defineJob({
  type: 'file-case',
  description: {
    zh: '归档已结案的事项：计入统计，并抄送需要知晓的角色。',
    en: 'Files a closed case: its figures for the statistics, and a copy to each role that is to know.',
  },
  execution: { kind: 'local' },
  input: z.looseObject({
    copiesTo: listOfTexts()
      .default([])
      .describe('Role ids that get a copy; a list, or one text with commas.')
      .meta({ reference: 'role' }),
    template: messageTemplate().optional().describe('The text of the copies in `messages.json`; needed for them.'),
  }),
  headers: ['copiesTo', 'template'],
  output: z.object({ filedAt: z.string().describe('ISO 8601.') }),
  async work(input, context) {
    const { instance, startedAt, key, facility, businessKey, now } = context;
    // The rule set is known by the case's date; it is no figure of the case.
    const { copiesTo, template, rules: _rules, ...figures } = input;
    await fileCaseStatistics({ _id: businessKey, facility, filedAt: now, figures });
    if (copiesTo.length === 0) return { filedAt: now };
    if (template === undefined) throw badInput('file-case: template: is needed for the copies.');
    const values = { ...figuresOf(figures), caseNumber: businessKey };
    const { subject, body } = await messageText(context, { template, language: 'zh', values });
    for (const role of copiesTo)
      await enqueueMessage({
        instance,
        ...(startedAt !== undefined && { startedAt }),
        key,
        touch: role,
        facility,
        to: role,
        channel: 'copy',
        template,
        subject: `${subject}（${businessKey}）`,
        body,
        createdAt: now,
      });
    return { filedAt: now };
  },
});
