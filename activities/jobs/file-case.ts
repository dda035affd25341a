/** Filing of a closed case (docs/complaint-process.md): its row for the statistics, and copies to whom the diagram names. */
import { z } from 'zod';
import { enqueueMessage } from '../../store/messaging/outbox.ts';
import { fileCaseStatistics } from '../../store/processes/complaint/case-statistics.ts';
import { listOfTexts, messageTemplate, text } from './fields.ts';
import { badInput, defineJob } from './job.ts';
import { figuresOf, messageText } from './message-text.ts';

export const fileCase = defineJob({
  type: 'file-case',
  description: 'Files a closed case: its figures for the statistics, and a copy to each role that is to know.',
  execution: { kind: 'local' },
  input: z.looseObject({
    caseNumber: text().optional().describe('Absent: the business key.'),
    copiesTo: listOfTexts()
      .default([])
      .describe('Role ids that get a copy; a list, or one text with commas.')
      .meta({ reference: 'role' }),
    template: messageTemplate().optional().describe('The text of the copies in `messages.json`; needed for them.'),
  }),
  headers: ['copiesTo', 'template'],
  output: z.object({ filedAt: z.string().describe('ISO 8601.') }),
  async work(input, context) {
    const { instance, key, facility, businessKey, now } = context;
    // The rule set is known by the case's date; it is no figure of the case.
    const { copiesTo, template, rules: _rules, ...figures } = input;
    const caseNumber = input.caseNumber ?? businessKey;
    await fileCaseStatistics({ _id: caseNumber, facility, filedAt: now, figures });
    if (copiesTo.length === 0) return { filedAt: now };
    if (template === undefined) throw badInput('file-case: template: is needed for the copies.');
    const values = { ...figuresOf(figures), caseNumber };
    const { subject, body } = await messageText(context, { template, language: 'zh', values });
    for (const role of copiesTo)
      await enqueueMessage({
        instance,
        key,
        touch: role,
        facility,
        to: role,
        channel: 'copy',
        template,
        subject: `${subject}（${caseNumber}）`,
        body,
        createdAt: now,
        dueAt: new Date().toISOString(),
      });
    return { filedAt: now };
  },
});
