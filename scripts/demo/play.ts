/** One case of the demo in play: the staff log in, look into their inboxes and do what waits there, all through the public API. */
import { setTimeout as delay } from 'node:timers/promises';
import type { DemoCase } from './cases.ts';
import { logIn, type Session } from './client.ts';

export interface Stage {
  url: string;
  password: string;
  /** Process time of the cases that run past their limits. */
  speed: number;
  as(staff: string): Promise<Session>;
  /** The person who holds a role at a facility, or for the whole group. */
  personAt(role: string, facility: string): Promise<Session>;
  /** Payments applied for by this run, not used again. */
  taken: Set<string>;
}

/** Known by the role itself, and the second of the operators. */
const ofGroup = [
  'cs-general-director',
  'group-medical-affairs',
  'gm-office',
  'gm',
  'legal',
  'hr',
  'ops',
  'ops2',
  'group-callback',
];

export function aStage(url: string, password: string, speed: number): Stage {
  const sessions = new Map<string, Promise<Session>>();
  const as = (staff: string): Promise<Session> => {
    const session = sessions.get(staff) ?? logIn(url, staff, password);
    sessions.set(staff, session);
    return session;
  };
  return {
    url,
    password,
    speed,
    taken: new Set(),
    as,
    personAt: (role, facility) => as(ofGroup.includes(role) ? role : `${role}-${facility.toLowerCase()}`),
  };
}

export interface Task {
  id: string;
  element: string;
  instance: string;
  formId?: string;
  assignee?: string | null;
  candidateGroups: string[];
}

interface Page<Item> {
  items: Item[];
}

export interface CaseView {
  caseNumber: string;
  facility: string;
  stage: string;
  status: string;
  overdue: boolean;
  dueAt?: string;
  outcome?: string;
  waits: { elementName: string; kind: string; waitingFor: string[]; dueAt?: string }[];
  clocks: { id: string; name: string; status: string }[];
  incidents: { code: string; elementName: string; message: string }[];
  refunds: { id: string; status: string; amountCents: number }[];
}

/** What the staff go by. */
export type Case = Pick<DemoCase, 'facility' | 'classification' | 'demandCents'>;

export interface Play {
  case: Case;
  caseNumber: string;
  /** Set when the installation prevented continuing; the case stays where it is. */
  note?: string;
  /** The person with this role at the case's facility. */
  person(role: string): Promise<Session>;
  /** The task opens in the inbox of the role, and is done. */
  does(role: string, element: string, variables?: object): Promise<void>;
  /** Open tasks of the case and its refunds, whoever may do them. */
  openTasks(): Promise<Task[]>;
  view(): Promise<CaseView>;
  until<T>(what: string, ask: () => Promise<T | undefined | false>, withinMs?: number): Promise<T>;
}

const overseer = 'cs-general-director';

export async function begin(stage: Stage, about: DemoCase, timeScale?: number): Promise<Play> {
  const desk = await stage.personAt('intake', about.facility);
  const { facility, channel, patient, complainant, people, narrative, demand, demandCents } = about;
  const { caseNumber } = await desk.post<{ caseNumber: string }>('/api/complaints', {
    facility,
    channel,
    patient,
    ...(complainant && { complainant }),
    peopleInvolved: people.map((name) => ({ name, role: name })),
    text: narrative,
    demand,
    ...(demandCents !== undefined && { demandCents }),
    ...(timeScale !== undefined && { timeScale }),
  });
  return playOf(stage, about, caseNumber);
}

export function playOf(stage: Stage, about: Case, caseNumber: string): Play {
  const person = (role: string) => stage.personAt(role, about.facility);
  const play: Play = {
    case: about,
    caseNumber,
    person,
    async does(role, element, variables = {}) {
      const session = await person(role);
      const task = await play.until(`“${element}” in the inbox of ${role}`, async () => {
        const { items } = await session.get<Page<Task>>(`/api/tasks?q=${caseNumber}&limit=200`);
        return items.find((one) => one.element === element);
      });
      await session.post(`/api/tasks/${task.id}/complete`, { variables });
    },
    async openTasks() {
      const session = await person(overseer);
      return (await session.get<Page<Task>>(`/api/tasks?q=${caseNumber}&group=*&limit=200`)).items;
    },
    view: async () => (await person(overseer)).get<CaseView>(`/api/complaints/${caseNumber}`),
    until: (what, ask, withinMs) => untilThere(`complaint/${caseNumber}`, what, ask, withinMs),
  };
  return play;
}

/** @param instance that it is about */
export async function untilThere<T>(
  instance: string,
  what: string,
  ask: () => Promise<T | undefined | false>,
  withinMs = 90_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (let pause = 60; ; pause = Math.min(pause * 1.5, 700)) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline)
      throw new Error(
        `${what}: not there after ${Math.round(withinMs / 1000)} s. GET /api/instances/${encodeURIComponent(instance)}/explain says what it waits for; ./careloop status whether the worker runs.`,
      );
    await delay(pause);
  }
}
