/** Input of presentation and rows: the engine's state and the runtime's additions. */
import type { ElementId, Plan, Variables } from '../../engine/model/plan.ts';
import { operatorRole } from '../../engine/model/roles.ts';
import type { Incident, InstanceState, Wait, WaitOf } from '../../engine/model/types.ts';
import type { TimeScale } from '../../engine/time/time-scale.ts';
import type { Columns } from './columns.ts';
import type { StartInput } from './instance-messages.ts';

export interface View {
  plan: Plan;
  state: InstanceState;
  /** Variables of the process scope; after the end, the final ones. */
  variables: Variables;
  title: string;
  input: StartInput;
  timeScale: TimeScale;
  /** Process time. */
  now: string;
  /** Data a process keeps beside the engine's state (hooks); plain JSON. */
  memory: Record<string, unknown>;
  /** Absent: the process declares none. */
  readonly columns?: Columns | undefined;
  /** Staff who have claimed or completed a task of it. */
  workers?: ReadonlySet<string>;
  /** Of the workflow. */
  run?: string;
  /** Last journal line of a previous run of the same id. */
  journalFrom?: number;
  /** Incident codes of the instance itself: state too large for continue-as-new, rows refused by the database. */
  ownIncidents?: readonly Incident[];
}

/** Incidents of the instance itself while it runs. */
export const ownIncidentsOf = ({ state, ownIncidents = [] }: View): readonly Incident[] =>
  state.status === 'active' ? ownIncidents : [];

export const elementName = (plan: Plan, id: ElementId): string => plan.elements[id]?.name ?? id;
export const englishElementName = (plan: Plan, id: ElementId): string =>
  plan.englishNames?.[id] ?? elementName(plan, id);

export const openTasks = (state: InstanceState): WaitOf<'task'>[] =>
  Object.values(state.waits).filter((wait) => wait.kind === 'task');

/** Waits shown to people: without internal ones and without clocks, which are listed separately. */
export function waitsToShow(state: InstanceState): Wait[] {
  return Object.values(state.waits).filter((wait) => {
    if (wait.incident) return true;
    switch (wait.kind) {
      case 'task':
      case 'job':
      case 'call':
      case 'stuck':
        return true;
      case 'event':
        return wait.host === undefined || state.waits[wait.host]?.kind === 'gateway';
      default:
        return false;
    }
  });
}

/** Who must act: role ids and staff ids; operators for an incident. */
export function candidatesOf(wait: Wait): string[] {
  if (wait.incident) return [operatorRole];
  if (wait.kind !== 'task') return [];
  return wait.task.assignee ? [wait.task.assignee] : [...wait.task.candidateGroups, ...wait.task.candidateUsers];
}
