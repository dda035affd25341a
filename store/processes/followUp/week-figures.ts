/** Weekly satisfaction figures of a facility (docs/domain.md#follow-up-chains): numbers by question, no texts or people. */
import { InstanceModel } from '../../runtime/instances.ts';
import type { Touch } from './follow-up-row.ts';
import { FollowUpModel } from './follow-up-store.ts';
import type { QuestionFigures, WeekFigures } from './week-reports.ts';

const twoHours = 2 * 3_600_000;
const percent = (part: number, whole: number): number => Math.round((part / whole) * 100);
const meanOf = (values: number[]): number | undefined =>
  values.length === 0 ? undefined : Math.round((values.reduce((sum, one) => sum + one, 0) / values.length) * 10) / 10;

/** @param from instants; the end is exclusive */
export async function weekFigures(facility: string, from: string, until: string): Promise<WeekFigures> {
  const touches = await endedTouches(facility, from, until);
  const calls = touches.filter(({ channel, state }) => channel === 'call' && isCarriedOut(state));
  const flagged = touches.filter(({ urgentAt }) => urgentAt !== undefined);
  const before = new Date(Date.parse(from) - 28 * 86_400_000).toISOString();
  const meanScore = meanOf(scoresOf(touches));
  const meanScoreBefore = meanOf(scoresOf(await endedTouches(facility, before, from)));
  const remarks = { process: 'remark', facility };
  const [remarksOpen, remarksSolved] = await Promise.all([
    InstanceModel.countDocuments({ ...remarks, status: 'active' }),
    InstanceModel.countDocuments({ ...remarks, status: 'completed', endedAt: { $gte: from, $lt: until } }),
  ]);
  return {
    calls: calls.length,
    sameDay: calls.filter(({ dueAt, endedAt = '' }) => Date.parse(endedAt) - Date.parse(dueAt) < 12 * 3_600_000).length,
    reached: calls.filter(({ state }) => state === 'reached').length,
    messagesInstead: calls.filter(({ state }) => state === 'message-instead').length,
    answered: scoresOf(touches).length,
    ...(meanScore !== undefined && { meanScore }),
    ...(meanScoreBefore !== undefined && { meanScoreBefore }),
    redFlags: flagged.length,
    redFlagsInTime: flagged.filter(
      ({ urgentAt = '', endedAt = '' }) => Date.parse(endedAt) - Date.parse(urgentAt) <= twoHours,
    ).length,
    complaints: touches.filter(({ caseNumber }) => caseNumber !== undefined).length,
    remarksOpen,
    remarksSolved,
    questions: questionsOf(touches),
  };
}

const isCarriedOut = (state: string): boolean => ['reached', 'refused', 'message-instead', 'no-number'].includes(state);

const scoresOf = (touches: Touch[]): number[] => touches.flatMap(({ score }) => (score === undefined ? [] : [score]));

async function endedTouches(facility: string, from: string, until: string): Promise<Touch[]> {
  // A touch ends with a step of its chain, which writes the row.
  const chains = FollowUpModel.find({ facility, updatedAt: { $gte: from } }, { touches: 1 })
    .lean()
    .cursor();
  const found: Touch[] = [];
  for await (const { touches } of chains)
    for (const touch of touches)
      if (touch.endedAt !== undefined && touch.endedAt >= from && touch.endedAt < until) found.push(touch);
  return found;
}

function questionsOf(touches: Touch[]): QuestionFigures[] {
  const marks = new Map<string, number[]>();
  for (const { questionnaire, answers = {} } of touches)
    for (const [question, answer] of Object.entries(answers)) {
      if (questionnaire === undefined || question === 'recommend' || !/^[1-5]$/.test(answer)) continue;
      const key = `${questionnaire} ${question}`;
      marks.set(key, [...(marks.get(key) ?? []), Number(answer)]);
    }
  return [...marks]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, given]) => {
      const [questionnaire = '', question = ''] = key.split(' ');
      return {
        questionnaire,
        question,
        count: given.length,
        mean: meanOf(given) ?? 0,
        satisfied: percent(given.filter((mark) => mark >= 4).length, given.length),
      };
    });
}
