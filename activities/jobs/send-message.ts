/** Messages to people: written into the outbox once per instance, element key and receiver; the worker's gateway sends them. */
import { z } from 'zod';
import { processNow, type TimeScale } from '../../engine/time/time-scale.ts';
import { enqueueMessage } from '../../store/messaging/outbox.ts';
import { language, listOfTexts, messageTemplate, text } from './fields.ts';
import { badInput, defineJob } from './job.ts';
import { figuresOf, messageText } from './message-text.ts';

export const sendMessage = defineJob({
  type: 'send-message',
  description: {
    zh: '向人员或患者发送消息：使用流程定义的文案，或自拟的标题和正文。',
    en: 'Sends a message to people: one of the definition’s texts, or a subject and a body of its own.',
  },
  execution: { kind: 'local' },
  input: z.looseObject({
    to: listOfTexts()
      .describe('Who gets it: role ids, `patient`, or staff ids worked out in FEEL; a list, or one text with commas.')
      .meta({ reference: 'receiver' }),
    template: messageTemplate().optional().describe('Which text of `messages.json`.'),
    channel: text().default('notice').describe('How it goes out, for instance `sms`.'),
    language: language().describe('Language of the text, where the definition has it.'),
    patient: text().optional().describe('Number of the record: whom a message to `patient` goes to.'),
    lane: z
      .enum(['urgent', 'service', 'marketing'])
      .default('service')
      .describe('`urgent` goes first and at any hour, `marketing` last, with consent and within its limits only.'),
    subject: text().optional().describe('Instead of the text’s own. The business key is added to it.'),
    body: text().optional().describe('Instead of the text’s own; without a text the subject says it all.'),
  }),
  headers: ['to', 'template', 'channel', 'language', 'lane', 'subject'],
  output: z.object({ sentTo: z.array(z.string()).describe('Whom it was written to.') }),
  async work(input, context) {
    const { to, template, channel, language, lane, subject: ownSubject, body: ownBody, ...others } = input;
    const { patient } = others;
    const { instance, startedAt, key, facility, businessKey, now, clock } = context;
    if (to.length === 0) throw badInput('send-message: to: names nobody.');
    const values = figuresOf(others);
    const words = template === undefined ? undefined : await messageText(context, { template, language, values });
    const subject = ownSubject ?? words?.subject ?? '流程通知';
    const body = ownBody ?? words?.body ?? subject;
    for (const receiver of to)
      await enqueueMessage({
        instance,
        ...(startedAt !== undefined && { startedAt }),
        key,
        touch: receiver,
        facility,
        to: receiver,
        lane,
        channel,
        ...(receiver === 'patient' && patient !== undefined && { patient }),
        ...(template !== undefined && { template }),
        subject: `${subject}（${businessKey}）`,
        body,
        data: values,
        createdAt: now,
        ...(clock && { aheadMs: aheadOf(clock) }),
      });
    return { sentTo: to };
  },
});

const aheadOf = (clock: TimeScale): number => {
  const now = Date.now();
  return Date.parse(processNow(clock, new Date(now).toISOString())) - now;
};
