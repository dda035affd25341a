/** Presentation of an instance: current details and search attributes for the Temporal UI, and results of acts in words. */

import { defineSearchAttributeKey, type SearchAttributeUpdatePair } from '@temporalio/common';
import { dueDateOf, earliestDue, isOverdue } from '../../engine/explain/due-dates.ts';
import { describeWait, endDescriptions } from '../../engine/explain/wait-descriptions.ts';
import { incidentSummary } from '../../engine/messages/incidents.ts';
import type { LocalizedText } from '../../engine/model/plan.ts';
import { operatorRole } from '../../engine/model/roles.ts';
import type { DueReason, InstanceState, Wait } from '../../engine/model/types.ts';
import { isReached } from '../../engine/time/due.ts';
import { localTimeText, stageName } from './display-names.ts';
import { keyword, keywordList } from './search-attributes.ts';
import { elementName, englishElementName, ownIncidentsOf, type View, waitsToShow } from './view.ts';

/** Description of a wait, or of its incident with a hint, without the time. */
export function waitText({ plan }: View, wait: Wait): LocalizedText {
  const { incident } = wait;
  if (incident) {
    const zh = elementName(plan, wait.element);
    const en = englishElementName(plan, wait.element);
    const summary = incidentSummary(incident);
    return { zh: `“${zh}”停住了：${summary.zh}`, en: `"${en}" is stopped by an incident: ${summary.en}` };
  }
  return describeWait(plan, wait);
}

/** Current details (Markdown): where, since when, waiting for whom, due when. */
export function detailsText(view: View): string {
  const { state, now } = view;
  const { zone } = state.calendar;
  const time = (at: string) => localTimeText(at, zone);
  // The title comes first because Temporal does not carry a static summary over to a new run.
  const lines = [`**${view.title}**`];
  if (state.status !== 'active')
    return [...lines, `${time(state.endedAt ?? now)} ${endDescriptions[state.status].zh}`].join('\n');
  if (state.stage) lines.push(`阶段 ${stageName(view.plan, state.stage.id)}，自 ${time(state.stage.since)}`);
  for (const wait of waitsToShow(state)) {
    const due = dueDateOf(wait);
    const why = due?.reason ? whyDue(due.reason, time) : '';
    const until = due ? `，应于 ${time(due.at)} 前${why}${isReached(due.at, now) ? '（**已超期**）' : ''}` : '';
    lines.push(`- ${waitText(view, wait).zh}，自 ${time(wait.since)}${until}`);
  }
  for (const own of ownIncidentsOf(view)) lines.push(`- ${incidentSummary(own).zh}`);
  for (const clock of state.clocks) {
    if (clock.endedAt !== undefined) continue;
    lines.push(`- 时限 ${clock.name}：${time(clock.dueAt)}${clock.status === 'breached' ? '（**已超期**）' : ''}`);
  }
  if (view.timeScale.speed !== 1) lines.push(`流程时钟 ${view.timeScale.speed} 倍速，此刻为 ${time(now)}`);
  return lines.join('  \n');
}

/** Start and length only, without the counted days, which `explain` lists. */
function whyDue(reason: DueReason, time: (at: string) => string): string {
  switch (reason.kind) {
    case 'working-days':
      return `（自 ${from(reason.from, time)} 起 ${reason.days} 个工作日）`;
    case 'duration':
      return `（自 ${from(reason.from, time)} 起 ${reason.duration}）`;
    case 'date':
    case 'cycle':
      return '';
  }
}

/** A plain date stays a date. */
const from = (at: string, time: (at: string) => string): string => (at.includes('T') ? time(at) : at);

/** Search attributes that change during an instance; null without a value. */
export interface VisibilityAttributes {
  Stage: string | null;
  WaitingFor: string[] | null;
  Incident: string[] | null;
  DueAt: string | null;
  Overdue: boolean;
}

export const noAttributes: VisibilityAttributes = {
  Stage: null,
  WaitingFor: null,
  Incident: null,
  DueAt: null,
  Overdue: false,
};

export function currentAttributes(view: View): VisibilityAttributes {
  const { state, now } = view;
  const active = state.status === 'active';
  const incidents = [...Object.values(state.waits).map((wait) => wait.incident), ...ownIncidentsOf(view)];
  return {
    Stage: state.stage ? keyword(state.stage.id) : null,
    WaitingFor: active ? keywordList(waitingFor(state)) : null,
    Incident: active ? keywordList(incidents.flatMap((one) => one?.code ?? []).sort()) : null,
    DueAt: (active && earliestDue(state)) || null,
    Overdue: isOverdue(state, now),
  };
}

/**
 * `ops` for incidents, roles and people of open tasks, called processes, kinds of events. Candidates rather than the
 * claimant, so that a filter by role finds all tasks and a claim needs no write. Work of the system is named only
 * without other waits, as it is short and each change is a write.
 */
function waitingFor(state: InstanceState): string[] {
  const roles = new Set<string>();
  const others = new Set<string>();
  const waits = waitsToShow(state);
  for (const wait of waits) {
    if (wait.incident) continue;
    if (wait.kind === 'call') others.add(wait.process);
    else if (wait.kind === 'event') for (const trigger of wait.triggers) others.add(trigger.type);
    else if (wait.kind === 'task') {
      const { candidateGroups, candidateUsers, assignee } = wait.task;
      for (const one of [...candidateGroups, ...candidateUsers]) roles.add(one);
      if (candidateGroups.length + candidateUsers.length === 0 && assignee) roles.add(assignee);
    }
  }
  const ops = waits.some((wait) => wait.incident) ? [operatorRole] : [];
  const all = [...ops, ...[...roles].sort(), ...[...others].sort()];
  return all.length === 0 && waits.some((wait) => wait.kind === 'job') ? ['job'] : all;
}

const keys = {
  Stage: defineSearchAttributeKey('Stage', 'KEYWORD'),
  WaitingFor: defineSearchAttributeKey('WaitingFor', 'KEYWORD_LIST'),
  Incident: defineSearchAttributeKey('Incident', 'KEYWORD_LIST'),
  DueAt: defineSearchAttributeKey('DueAt', 'DATETIME'),
  Overdue: defineSearchAttributeKey('Overdue', 'BOOL'),
};

/** Changed values only: each visibility write is costly for the server. */
export function attributeChanges(
  before: VisibilityAttributes,
  after: VisibilityAttributes,
): SearchAttributeUpdatePair[] {
  const pairs: SearchAttributeUpdatePair[] = [];
  if (before.Stage !== after.Stage) pairs.push({ key: keys.Stage, value: after.Stage });
  for (const name of ['WaitingFor', 'Incident'] as const)
    if (!sameList(before[name], after[name])) pairs.push({ key: keys[name], value: after[name] });
  if (before.DueAt !== after.DueAt)
    pairs.push({ key: keys.DueAt, value: after.DueAt === null ? null : new Date(after.DueAt) });
  if (before.Overdue !== after.Overdue) pairs.push({ key: keys.Overdue, value: after.Overdue });
  return pairs;
}

const sameList = (one: string[] | null, other: string[] | null): boolean =>
  one?.length === other?.length && (one ?? []).every((entry, index) => entry === other?.[index]);

/** Description of new waits after an act; undefined: none. */
export function describeChange(before: InstanceState | undefined, view: View): LocalizedText | undefined {
  const { state } = view;
  if (state.status !== 'active' && before?.status === 'active') return endDescriptions[state.status];
  const fresh = waitsToShow(state).filter((wait) => !before?.waits[wait.key]?.kind || gotIncident(before, wait));
  if (fresh.length === 0) return undefined;
  const { zone } = state.calendar;
  const next = fresh.map((wait) => {
    const { zh, en } = waitText(view, wait);
    const due = dueDateOf(wait)?.at;
    return due === undefined
      ? { zh, en }
      : { zh: `${zh}，应于 ${localTimeText(due, zone)} 前`, en: `${en}, due ${localTimeText(due, zone)}` };
  });
  return {
    zh: `接下来：${next.map(({ zh }) => zh).join('；')}。`,
    en: `Next: ${next.map(({ en }) => en).join('; ')}.`,
  };
}

const gotIncident = (before: InstanceState, wait: Wait): boolean =>
  wait.incident !== undefined && before.waits[wait.key]?.incident === undefined;
