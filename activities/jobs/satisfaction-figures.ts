/** The satisfaction figures of the week that ends now, kept as a report of the facility. */
import { z } from 'zod';
import { localDate } from '../../engine/time/zone.ts';
import { weekFigures } from '../../store/processes/followUp/week-figures.ts';
import { saveWeekReport } from '../../store/processes/followUp/week-reports.ts';
import { defineJob } from './job.ts';
import { ownFacility } from './own-facility.ts';

const weekMs = 7 * 86_400_000;

export const satisfactionFigures = defineJob({
  type: 'satisfaction-figures',
  description: {
    zh: '统计截至当前一周的满意度，并保存为院区报告。',
    en: 'Works out the satisfaction figures of the week that ends now, and keeps them as a report of the facility.',
  },
  execution: { kind: 'local' },
  input: z.object({}),
  output: z.object({
    report: z.string().describe('Id of the report: facility and day.'),
    calls: z.number(),
    reached: z.number(),
    meanScore: z.string().describe('20 to 100, or `–`.'),
    redFlags: z.number(),
    remarksOpen: z.number(),
  }),
  async work(_input, { facility, now }) {
    const { zone } = await ownFacility('satisfaction-figures', facility);
    const from = new Date(Date.parse(now) - weekMs).toISOString();
    const figures = await weekFigures(facility, from, now);
    const report = `${facility}/${localDate(now, zone)}`;
    await saveWeekReport({ _id: report, facility, from, until: now, figures });
    const { calls, reached, meanScore, redFlags, remarksOpen } = figures;
    return {
      report,
      calls,
      reached,
      meanScore: meanScore === undefined ? '–' : String(meanScore),
      redFlags,
      remarksOpen,
    };
  },
});
