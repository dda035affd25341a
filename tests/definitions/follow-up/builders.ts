/** Follow-up chains for stories: an episode with its days, and a patient who may be contacted. */
import type { Variables } from '../../../engine/model/plan.ts';
import { aStory, type Story, type StorySettings } from '../../kit/index.ts';

export type Days = Record<string, { on: string; ref: string }[]>;

const noDays: Days = {
  firstVisit: [],
  revisit: [],
  dressing: [],
  surgery: [],
  suturesDue: [],
  suturesRemoved: [],
  treatmentDue: [],
  treated: [],
  courseEnded: [],
  noShow: [],
  lastVisit: [],
};

export const day = (on: string, ref: string) => [{ on, ref }];

export interface Episode {
  department?: string;
  kind?: string;
  inpatient?: boolean;
  need?: string;
  round?: number;
  revision?: number;
  days?: Partial<Days>;
}

export function facts(about: Episode = {}): Variables {
  const { days = {}, ...more } = about;
  return {
    patient: 'P-1',
    episode: 'BJ-E1',
    department: 'plastic-surgery',
    kind: 'surgical',
    inpatient: false,
    need: 'C',
    round: 0,
    revision: 1,
    ...more,
    anchors: { ...noDays, ...days } as Days,
  };
}

export const reachable = { mayContact: true, whyNot: '', complaintOpen: false, owner: '' };
export const jobsOfChains = {
  'look-at-patient': reachable,
  'open-complaint': { caseNumber: 'BJ2027030001' },
  'record-sutures': { recorded: true },
};

/** A chain as its first event begins it, on Monday 2027-03-01 at 15:00. */
export const aChain = (about: Episode = {}, settings: Partial<StorySettings> = {}): Promise<Story> =>
  aStory({
    definition: 'followUp',
    startEvent: 'EpisodeBegun',
    businessKey: 'BJ-E1',
    now: '2027-03-01T15:00',
    jobs: jobsOfChains,
    variables: facts(about),
    ...settings,
  });

/** What is told next of the episode: `patient` is known from the start. */
export function told(about: Episode): Variables {
  const { patient: _, episode: _key, ...rest } = facts(about);
  return rest;
}

interface TouchVariable {
  id: string;
  channel: string;
  result: string;
  dueAt: string;
  begunAt?: string;
}
export const touchesIn = (story: Story): TouchVariable[] => story.variable('touches') as unknown as TouchVariable[];
export const planIn = (story: Story): TouchVariable[] => story.variable('plan') as unknown as TouchVariable[];
/** How a touch ended, by the beginning of its id. */
export const resultOf = (story: Story, touch: string): string | undefined =>
  touchesIn(story).find((one) => one.id.startsWith(touch))?.result;
export const sentTemplates = (story: Story): unknown[] =>
  story.jobs.filter((one) => one.type === 'send-message').map((one) => one.input['template']);
