/**
 * Authorisation of rows and acts, by role and facility together (docs/domain.md#roles); routes declare theirs in
 * `access`. A role allows something at the facilities where it is held; a role of the whole group (facility `*`) at
 * all.
 */

import type { RoleAt } from '../../store/organisation/role-at.ts';
import type { Duty } from '../../store/organisation/roles.ts';
import type { InstanceSource } from '../../store/runtime/instance-filter.ts';
import type { RowAccess } from '../../store/runtime/readable-rows.ts';
import type { TaskSource } from '../../store/runtime/tasks.ts';
import type { ProblemCode } from './problem-codes.ts';

/** A held role with its duties. */
export type HeldRole = RoleAt & { duties?: readonly Duty[] };

/** The authenticated person. */
export interface Person {
  id: string;
  name: string;
  roles: HeldRole[];
  /** Staff ids of absent people this person substitutes; read only where tasks are concerned. */
  represents?: readonly string[];
}

/** Facility codes this person sees; undefined: all of the group. */
export function facilitiesOf(person: Person): string[] | undefined {
  if (person.roles.some((held) => held.facility === '*')) return undefined;
  return [...new Set(person.roles.map((held) => held.facility))];
}

export function maySee(person: Person, facility: string): boolean {
  return person.roles.some((held) => held.facility === facility || held.facility === '*');
}

/** Facilities at which a person may use a route (`reachOf` of route-policy.ts); `undefined`: all. Handlers check every row against it. */
export type Reach = readonly string[] | undefined;

/** Whether the facility of a row is within reach. */
export const covers = (reach: Reach, facility: string): boolean => reach === undefined || reach.includes(facility);

/** Facilities of a list query: the requested ones within reach. */
export function narrowed(reach: Reach, asked?: string): string[] | undefined {
  if (asked === undefined) return reach && [...reach];
  return covers(reach, asked) ? [asked] : [];
}

/** Roles held at a facility, local roles before group roles. */
export function rolesAt(person: Person, facility: string): string[] {
  const own = person.roles.filter((held) => held.facility === facility);
  const group = person.roles.filter((held) => held.facility === '*');
  return [...new Set([...own, ...group].map((held) => held.role))];
}

/** Whether the person has the duty at the facility, or for the whole group. */
export function hasDuty(person: Person, duty: Duty, facility: string): boolean {
  return person.roles.some(
    (held) => (held.facility === facility || held.facility === '*') && held.duties?.includes(duty) === true,
  );
}

/** Facilities at which the person has the duty; undefined: all of the group. */
export function facilitiesWithDuty(person: Person, duty: Duty): Reach {
  const held = person.roles.filter((one) => one.duties?.includes(duty) === true).map((one) => one.facility);
  return held.includes('*') ? undefined : [...new Set(held)];
}

/** What decides who may read an instance. */
export interface InstanceRights {
  facility: string;
  /** Roles that lead its process, or are candidates of an open task. */
  groups?: string[];
  /** People who started it, are working or have worked on it. */
  participants?: string[];
}

/**
 * An instance with its explanation, journal and variables may be read, at its facility, by those who lead its process,
 * by candidates of its open tasks, by those who started or worked on it, and by overseers.
 */
export function mayRead(person: Person, { facility, groups = [], participants = [] }: InstanceRights): boolean {
  const held = rolesAt(person, facility);
  if (held.length === 0) return false;
  return (
    hasDuty(person, 'oversee', facility) ||
    held.some((role) => groups.includes(role)) ||
    participants.includes(person.id)
  );
}

/**
 * The same condition for lists and counts, as store queries.
 * @param facility restricts them to one facility
 */
export function readableInstances(person: Person, facility?: string): InstanceSource[] {
  const facilities = narrowed(facilitiesOf(person), facility);
  if (!facilities) {
    const everywhere = rolesAt(person, '*');
    if (hasDuty(person, 'oversee', '*')) return [{ by: 'facility' }];
    const own = facilitiesWithRoles(person).flatMap((one) => sourceAt(person, one));
    return [{ by: 'groups', groups: everywhere }, ...own, { by: 'participant', staff: person.id }];
  }
  if (facilities.length === 0) return [];
  const own = facilities.flatMap((one) => sourceAt(person, one));
  const all = own.every((source) => source.by === 'facility');
  return all ? own : [...own, { by: 'participant', staff: person.id, facilities }];
}

/**
 * The same for rows of a process beside its instances.
 * @param also facilities at which another rule lets the person read all of them
 */
export function readableRows(person: Person, facility?: string, also: Reach = []): RowAccess {
  const overseen = facilitiesWithDuty(person, 'oversee');
  const all = overseen && also && [...new Set([...overseen, ...also])];
  return { all, sources: readableInstances(person, facility) };
}

function sourceAt(person: Person, facility: string): InstanceSource[] {
  const groups = rolesAt(person, facility);
  return [hasDuty(person, 'oversee', facility) ? { by: 'facility', facility } : { by: 'groups', groups, facility }];
}

/** Roles per facility. */
const facilitiesWithRoles = (person: Person): string[] => [
  ...new Set(person.roles.map((held) => held.facility).filter((facility) => facility !== '*')),
];

/**
 * A file may be read by the readers of its instance; one without an existing instance by its uploader only.
 * @param instance of the file
 */
export const mayReadFile = (
  person: Person,
  file: { facility: string; uploadedBy: string },
  instance: InstanceRights | undefined,
): boolean => (instance ? mayRead(person, instance) : file.uploadedBy === person.id && maySee(person, file.facility));

/** A file of an instance may be withdrawn by its uploader and those who lead the process there. */
export const mayWithdrawFile = (
  person: Person,
  file: { facility: string; uploadedBy: string },
  leaders: readonly string[],
): boolean => file.uploadedBy === person.id || rolesAt(person, file.facility).some((role) => leaders.includes(role));

/** Retry, skip, cancel, migrate, correct variables. */
export const mayOperate = (person: Person, facility: string): boolean => hasDuty(person, 'operate', facility);

/**
 * Who may decode Temporal payloads: for an instance, overseers of its facility; for anything else, overseers of the
 * group.
 * @param facility of the instance; absent: of none
 */
export const mayDecode = (person: Person, facility: string | undefined): boolean =>
  hasDuty(person, 'oversee', facility ?? '*');

/** What decides about acts on a task. */
export interface TaskRights {
  facility: string;
  assignee: string | null;
  candidateGroups: string[];
  leaderGroups?: string[];
  candidateUsers: string[];
  excludedUsers: string[];
}

type NamedFor = Pick<TaskRights, 'assignee' | 'candidateGroups' | 'candidateUsers'>;

const isNamed = ({ id }: Pick<Person, 'id'>, { assignee, candidateUsers }: NamedFor): boolean =>
  assignee === id || candidateUsers.includes(id);

/**
 * A substitute may take over a task that names the absent person and no role. A task of a role is for its holders only,
 * so that substitution grants no roles.
 */
export const takesOver = ({ represents = [] }: Pick<Person, 'represents'>, task: NamedFor): boolean =>
  task.candidateGroups.length === 0 && represents.some((id) => isNamed({ id }, task));

/**
 * The data of a task (the values its form shows) may be read by its candidates and assignee, those who lead its
 * process, and overseers and operators of its facility. The existence of a task and its candidates are visible to the
 * whole facility (docs/domain.md#roles).
 */
export function mayReadTask(person: Person, task: TaskRights): boolean {
  const held = rolesAt(person, task.facility);
  if (held.length === 0) return false;
  return (
    isNamed(person, task) ||
    takesOver(person, task) ||
    held.some((role) => task.candidateGroups.includes(role) || task.leaderGroups?.includes(role) === true) ||
    hasDuty(person, 'oversee', task.facility) ||
    mayOperate(person, task.facility)
  );
}

/** Recipients of task change events: those who find it in a list; without candidates, everybody of its facility. */
export const mayFollowTask = (person: Person, task: TaskRights): boolean =>
  mayReadTask(person, task) ||
  (task.candidateGroups.length === 0 && task.candidateUsers.length === 0 && maySee(person, task.facility));

/**
 * Facilities at which a person sees the tasks of a group: where they hold it, or oversee.
 * @param group `*`: any group
 */
export function groupTasks(person: Person, group: string): TaskSource[] {
  return person.roles.flatMap(({ role, facility, duties }): TaskSource[] => {
    const at = facility === '*' ? {} : { facility };
    if (duties?.includes('oversee') || duties?.includes('operate'))
      return [group === '*' ? { by: 'facility', ...at } : { by: 'group', group, ...at }];
    return group === '*' || group === role ? [{ by: 'group', group: role, ...at }] : [];
  });
}

export type TaskAct = 'claim' | 'unclaim' | 'assign' | 'complete' | 'return';
export type Allowed = { ok: true; role?: string } | { ok: false; code: ProblemCode; detail: string; hint: string };

/** The assignee, and candidates at its facility; those who lead the process there and operators may assign it to others too. */
export function mayAct(person: Person, task: TaskRights, act: TaskAct): Allowed {
  if (task.excludedUsers.includes(person.id))
    return {
      ok: false,
      code: 'own-application',
      detail: 'You may not act on your own application.',
      hint: 'Leave it to another person of the role.',
    };
  const held = rolesAt(person, task.facility);
  const role = held.find((one) => task.candidateGroups.includes(one));
  if (role) return { ok: true, role };
  const named = isNamed(person, task) || (act === 'assign' && takesOver(person, task));
  const leads = act === 'assign' ? held.find((one) => task.leaderGroups?.includes(one)) : undefined;
  if (named || leads !== undefined || (act === 'assign' && mayOperate(person, task.facility))) {
    const as = leads ?? held[0];
    return { ok: true, ...(as && { role: as }) };
  }
  return {
    ok: false,
    code: 'not-a-candidate',
    detail: `This task is for ${task.candidateGroups.join(', ') || 'the person it is assigned to'} at ${task.facility}.`,
    hint: 'Ask one of them, or have it assigned to you.',
  };
}

/**
 * At a facility of theirs, with a role that the process names (`*`: any), or as an operator.
 * @param starters of the process's profile; none: operators only
 */
export function mayStart(person: Person, facility: string, starters: readonly string[]): Allowed {
  const held = rolesAt(person, facility);
  const role = held.find((one) => starters.includes(one)) ?? (starters.includes('*') ? held[0] : undefined);
  if (role !== undefined) return { ok: true, role };
  if (mayOperate(person, facility)) return { ok: true };
  const who = starters.includes('*') ? 'whoever works' : starters.join(', ') || 'the operators';
  return {
    ok: false,
    code: 'not-a-starter',
    detail: `This process is started by ${who} at ${facility}.`,
    hint: 'Ask one of them to start it.',
  };
}
