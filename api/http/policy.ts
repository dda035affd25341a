/**
 * Who may see and do what: every row and every act is decided here and nowhere else (roles × facilities, docs/domain.md#roles), every route
 * in its `access`. A person sees only the facilities they belong to; roles of the whole group (facility `*`) see all. Role and facility
 * are one question: what a role allows, it allows where it is held.
 */

import type { RoleAt } from '../../store/organisation/role-at.ts';
import type { Duty } from '../../store/organisation/roles.ts';
import type { InstanceSource } from '../../store/runtime/instance-filter.ts';
import type { TaskSource } from '../../store/runtime/tasks.ts';
import type { ProblemCode } from './problem-codes.ts';

/** A role that somebody holds, with the duties it brings. */
export type HeldRole = RoleAt & { duties?: readonly Duty[] };

/** Who is asking. */
export interface Person {
  id: string;
  name: string;
  roles: HeldRole[];
  /** Staff ids of those who are away and for whom this person stands in; asked for where tasks are concerned. */
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

/**
 * The facilities at which somebody may use a route (`reachOf` of route-policy.ts); `undefined`: all of the group. A handler asks with it
 * about every row.
 */
export type Reach = readonly string[] | undefined;

/** Whether a row of this facility is within reach. */
export const covers = (reach: Reach, facility: string): boolean => reach === undefined || reach.includes(facility);

/** The facilities a list looks in: what was asked for, as far as it is within reach. */
export function narrowed(reach: Reach, asked?: string): string[] | undefined {
  if (asked === undefined) return reach && [...reach];
  return covers(reach, asked) ? [asked] : [];
}

/** Roles held at a facility, those of the facility before those of the group. */
export function rolesAt(person: Person, facility: string): string[] {
  const own = person.roles.filter((held) => held.facility === facility);
  const group = person.roles.filter((held) => held.facility === '*');
  return [...new Set([...own, ...group].map((held) => held.role))];
}

/** Whether a role the person holds at the facility, or for the whole group, has the duty. */
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

/** What decides who reads an instance. */
export interface InstanceRights {
  facility: string;
  /** Roles that lead its process, or may do one of its open tasks. */
  groups?: string[];
  /** Who started it, works or worked on it. */
  participants?: string[];
}

/**
 * An instance with its explanation, journal and variables is read, at its facility, by those who lead its process, who may do one of its
 * open tasks, who started it, work or worked on it, and by the overseers. Role and facility are one question.
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
 * The same for lists and counts, as narrow queries.
 * @param facility only there
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

function sourceAt(person: Person, facility: string): InstanceSource[] {
  const groups = rolesAt(person, facility);
  return [hasDuty(person, 'oversee', facility) ? { by: 'facility', facility } : { by: 'groups', groups, facility }];
}

/** Those of single facilities. */
const facilitiesWithRoles = (person: Person): string[] => [
  ...new Set(person.roles.map((held) => held.facility).filter((facility) => facility !== '*')),
];

/**
 * A file is seen by the readers of its instance; one that is of no instance yet, or of one that is not there yet, by whoever uploaded it.
 * @param instance whose file it is
 */
export const mayReadFile = (
  person: Person,
  file: { facility: string; uploadedBy: string },
  instance: InstanceRights | undefined,
): boolean => (instance ? mayRead(person, instance) : file.uploadedBy === person.id && maySee(person, file.facility));

/** Retries, skips, cancels, migrates, corrects variables. */
export const mayOperate = (person: Person, facility: string): boolean => hasDuty(person, 'operate', facility);

/**
 * Whether somebody reads what went through Temporal: of an instance, who oversees its facility; anything else, who does for the group.
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
 * Whoever stands in for somebody takes over a task that names that person and no role; one of a role is for those who hold it, so that
 * nobody comes to a role by being named.
 */
export const takesOver = ({ represents = [] }: Pick<Person, 'represents'>, task: NamedFor): boolean =>
  task.candidateGroups.length === 0 && represents.some((id) => isNamed({ id }, task));

/**
 * What a task holds (the values its form shows) is read by whoever it is for, who leads its process, and the overseers and operators of
 * its facility. That there is a task, and for whom, everybody of the facility may know (docs/domain.md#roles).
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

/** Who is told that a task has changed: who finds it in a list, and where it has no candidates, everybody of its facility. */
export const mayFollowTask = (person: Person, task: TaskRights): boolean =>
  mayReadTask(person, task) ||
  (task.candidateGroups.length === 0 && task.candidateUsers.length === 0 && maySee(person, task.facility));

/**
 * Where somebody finds the tasks of a group in the inbox: at the facilities at which they belong to it, or oversee the work of others.
 * @param group `*`: of any group
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

/** The one who has it, its candidates at its facility; who leads the process there, and operators, also give it to somebody else. */
export function mayAct(person: Person, task: TaskRights, act: TaskAct): Allowed {
  if (task.excludedUsers.includes(person.id))
    return {
      ok: false,
      code: 'own-application',
      detail: 'You may not act here: the application is your own.',
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
 * At a facility of theirs, in a role that the process names (`*`: any), or as an operator.
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
