/** The staff of the demo's year: whoever a task of a chain is for does it, and what comes out of it, through the public API. */
import { Refused } from '../client.ts';
import { type Stage, type Task, untilThere } from '../play.ts';
import { closeComplaint } from './complaint.ts';
import { type CallAnswer, chainOf, type Story } from './stories.ts';

export interface Act {
  element: string;
  touch?: string;
  answer?: CallAnswer;
}

export interface Desk {
  stage: Stage;
  say(what: string): void;
  done(act: Act): void;
}

const overseer = 'cs-general-director';

/**
 * @param tries of each kind of call, counted on here
 * @returns whether something was remarked that is tracked in a process of its own
 */
export async function doTask(desk: Desk, story: Story, id: string, tries: Map<string, number>): Promise<boolean> {
  const { stage, say, done } = desk;
  const path = `/api/tasks/${encodeURIComponent(id)}`;
  try {
    const { element, assignee, candidateGroups } = await (await stage.as(overseer)).get<Task>(path);
    const [role = overseer] = candidateGroups;
    const person = await (assignee ? stage.as(assignee) : stage.personAt(role, story.facility));
    let act: Act = { element };
    if (element === 'CallPatient') {
      const { variables } = await person.get<{ variables: { script?: string } | null }>(path);
      const touch = variables?.script ?? '';
      tries.set(touch, (tries.get(touch) ?? 0) + 1);
      act = { element, touch, answer: story.answer(touch, tries.get(touch) ?? 1) };
    }
    await person.post(`${path}/complete`, { variables: act.answer ?? others[element] ?? {} });
    done(act);
    if (act.answer?.openComplaint) await closeComplaint(stage, story, say);
    return act.answer !== undefined && isRemarked(act.answer);
  } catch (error) {
    // Gone meanwhile, by its limit or an event.
    if (!(error instanceof Refused) || ![404, 409].includes(error.problem.status)) throw error;
    return false;
  }
}

const isRemarked = ({ outcome, remark, overall, openComplaint }: CallAnswer): boolean =>
  outcome === 'reached' && !openComplaint && (remark !== undefined || (overall !== undefined && Number(overall) <= 3));

/** What was remarked is handled, and found to be solved. */
export async function solveRemark(stage: Stage, story: Story): Promise<void> {
  const { facility } = story;
  const chain = chainOf(story);
  for (const element of ['HandleRemark', 'CheckRemark']) {
    const { id, candidateGroups } = await untilThere(`followUp/${chain}`, `“${element}” of ${chain}`, async () => {
      const session = await stage.as(overseer);
      const { items } = await session.get<{ items: Task[] }>(
        `/api/tasks?process=remark&facility=${facility}&group=*&limit=200`,
      );
      return items.find((one) => one.element === element && one.instance.startsWith(`remark/${chain}~`));
    });
    const [role = overseer] = candidateGroups;
    const person = await stage.personAt(role, facility);
    await person.post(`/api/tasks/${encodeURIComponent(id)}/complete`, { variables: others[element] });
  }
}

const others: Record<string, Record<string, string>> = {
  CheckSutures: { suturesOutcome: 'unknown' },
  CorrectNumber: { numberFound: 'corrected' },
  UrgentReview: { reviewOutcome: 'return-visit' },
  ReviewReply: { reviewOutcome: 'handled' },
  HandleRemark: { handling: 'handled', measure: '已致电说明，患者认可。' },
  CheckRemark: { solved: 'yes' },
};
