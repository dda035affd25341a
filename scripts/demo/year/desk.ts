/** The staff of the demo's year at their desks: they look through the open tasks of its chains and do each, through the public API. */
import { setTimeout as delay } from 'node:timers/promises';
import { Refused, type Session } from '../client.ts';
import type { Stage, Task } from '../play.ts';
import type { CallAnswer, Story } from './stories.ts';

export interface Desk {
  /** By the chain's business key. */
  stories: ReadonlyMap<string, Story>;
  stage: Stage;
  isOver(): boolean;
  done(story: Story, act: Act): void;
  failed(story: Story, error: Error): void;
}

export interface Act {
  element: string;
  touch?: string;
  answer?: CallAnswer;
}

const pauseMs = 80;
const overseer = 'cs-general-director';

/** Their chains, and the remarks that patients made in calls. */
const processes = ['followUp', 'remark'];

/** @returns when it is over and nobody has anything to do */
export async function workAtDesks(desk: Desk): Promise<void> {
  const session = await desk.stage.as(overseer);
  const seen = new Set<string>();
  const attempts = new Map<string, number>();
  const inHand = new Set<Promise<void>>();
  for (let isDone = false; !isDone; ) {
    isDone = desk.isOver() && inHand.size === 0;
    const lists = await Promise.all(
      processes.map((one) => session.get<{ items: Task[] }>(`/api/tasks?process=${one}&group=*&limit=200`)),
    );
    for (const task of lists.flatMap(({ items }) => items)) {
      const story = desk.stories.get(chainIn(task.instance));
      if (!story || seen.has(task.id)) continue;
      isDone = false;
      seen.add(task.id);
      const work = doTask(desk, story, task, attempts)
        .catch((error: Error) => desk.failed(story, error))
        .finally(() => inHand.delete(work));
      inHand.add(work);
    }
    await delay(pauseMs);
  }
}

/** Of `followUp/<chain>`, and of `remark/<chain>#<touch>`, whose `#` is encoded as `~23`. */
const chainIn = (instance: string): string => instance.slice(instance.indexOf('/') + 1).split('~', 1)[0] ?? '';

/** A task that has gone meanwhile, by its limit or an event, is left. */
async function doTask(desk: Desk, story: Story, task: Task, attempts: Map<string, number>): Promise<void> {
  const [role = overseer] = task.candidateGroups;
  const { stage } = desk;
  const person = await (task.assignee ? stage.as(task.assignee) : stage.personAt(role, story.facility));
  const path = `/api/tasks/${encodeURIComponent(task.id)}`;
  try {
    const act = await actAt(person, path, story, task, attempts);
    await person.post(`${path}/complete`, { variables: act.answer ?? others[task.element] ?? {} });
    desk.done(story, act);
  } catch (error) {
    if (!(error instanceof Refused) || ![404, 409].includes(error.problem.status)) throw error;
  }
}

async function actAt(
  person: Session,
  path: string,
  story: Story,
  { element }: Task,
  attempts: Map<string, number>,
): Promise<Act> {
  if (element !== 'CallPatient') return { element };
  const { variables } = await person.get<{ variables: { script?: string } | null }>(path);
  const touch = variables?.script ?? '';
  const attempt = (attempts.get(`${story.patient} ${touch}`) ?? 0) + 1;
  attempts.set(`${story.patient} ${touch}`, attempt);
  return { element, touch, answer: story.answer(touch, attempt) };
}

const others: Record<string, Record<string, string>> = {
  CheckSutures: { suturesOutcome: 'unknown' },
  CorrectNumber: { numberFound: 'corrected' },
  UrgentReview: { reviewOutcome: 'return-visit' },
  ReviewReply: { reviewOutcome: 'handled' },
  HandleRemark: { handling: 'handled', measure: '已致电说明，患者认可。' },
  CheckRemark: { solved: 'yes' },
};
