/** The touches of a chain, read from its variables: planned ones, and outcomes of the others. */
import type { Json, Variables } from '../../../engine/model/plan.ts';
import type { Touch } from '../../../store/processes/followUp/follow-up-row.ts';
import { defined, numberOf, recordOf, textOf } from '../../runtime/variable-readers.ts';

const listOf = (value: Json | undefined): Variables[] => (Array.isArray(value) ? value.map(recordOf) : []);

/** In order of due time. */
export function touchesOf(variables: Variables): Touch[] {
  const stopReason = textOf(variables['stopReason']);
  const planned = listOf(variables['plan']).map((one) =>
    touchOf(one, stopReason === undefined ? 'planned' : 'stopped', stopReason),
  );
  const begun = listOf(variables['touches']).map((one) => {
    const state = textOf(one['result']) ?? 'open';
    return state === 'open' && stopReason !== undefined
      ? touchOf(one, 'stopped', stopReason)
      : touchOf(one, state, textOf(one['whyNot']));
  });
  return [...begun, ...planned].sort((a, b) => compare(a.dueAt, b.dueAt) || compare(a.id, b.id));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function touchOf(one: Variables, state: string, because: string | undefined): Touch {
  const channel = textOf(one['channel']);
  const on = textOf(one['on']);
  const answers = recordOf(one['answers']);
  return defined<Touch>({
    id: textOf(one['id']) ?? '',
    touch: textOf(one['touch']) ?? '',
    channel: channel === 'call' || channel === 'task' ? channel : 'message',
    dueAt: textOf(one['dueAt']) ?? '',
    state,
    begunAt: textOf(one['begunAt']),
    endedAt: textOf(one['endedAt']),
    because,
    score: numberOf(one['score']),
    redFlag: one['redFlag'] === true ? true : undefined,
    caseNumber: textOf(one['caseNumber']),
    from:
      on === undefined
        ? undefined
        : {
            anchor: textOf(one['anchor']) ?? '',
            on,
            offset: textOf(one['offset']) ?? '',
            at: textOf(one['at']) ?? '',
          },
    late: one['late'] === true ? true : undefined,
    questionnaire: textOf(one['questionnaire']),
    answers: Object.keys(answers).length > 0 ? textsOf(answers) : undefined,
    urgentAt: textOf(one['urgentAt']),
  });
}

const unfinished = ['moved', 'replaced', 'overdue', 'skipped', 'stopped', 'no-number'];

export const isWithoutTouch = ({ state }: Touch): boolean => unfinished.includes(state);

const textsOf = (answers: Variables): Record<string, string> =>
  Object.fromEntries(Object.entries(answers).map(([name, value]) => [name, String(value)]));
