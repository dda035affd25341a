/** A greeting to each patient whose birthday it is today: one letter per patient and day. Greetings count as marketing, which needs consent. */
import { z } from 'zod';
import { localDate } from '../../engine/time/zone.ts';
import { enqueueMessage } from '../../store/messaging/outbox.ts';
import { withBirthday } from '../../store/patients/patients.ts';
import { isBirthday } from './birthdays.ts';
import { marketingTemplate, text } from './fields.ts';
import { defineJob } from './job.ts';
import { messageText } from './message-text.ts';
import { ownFacility } from './own-facility.ts';

export const greetBirthdays = defineJob({
  type: 'greet-birthdays',
  description: {
    zh: '向院区当天生日的患者发送祝福，按患者习惯的公历或农历。',
    en: 'Writes to every patient of the facility whose birthday it is today, by the sun or by the moon as they prefer.',
  },
  execution: { kind: 'local' },
  input: z.object({
    template: marketingTemplate().describe('Which text of `messages.json`.'),
    channel: text().default('sms').describe('How it goes out.'),
  }),
  headers: ['template', 'channel'],
  output: z.object({ greeted: z.number().describe('How many letters were written.') }),
  async work({ template, channel }, context) {
    const { instance, startedAt, key, facility, businessKey, now } = context;
    const { zone } = await ownFacility('greet-birthdays', facility);
    const today = localDate(now, zone);
    const { subject, body } = await messageText(context, { template, language: 'zh', values: {} });
    let greeted = 0;
    for await (const { _id: patient, details } of withBirthday(facility)) {
      if (!isBirthday(details, today)) continue;
      await enqueueMessage({
        instance,
        ...(startedAt !== undefined && { startedAt }),
        key,
        touch: patient,
        facility,
        to: 'patient',
        patient,
        lane: 'marketing',
        channel,
        template,
        subject: `${subject}（${businessKey}）`,
        body,
        createdAt: now,
      });
      greeted += 1;
    }
    return { greeted };
  },
});
