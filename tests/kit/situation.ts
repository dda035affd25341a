/** Where the instances of a story are and what they wait for, in lines a person reads: what a failing test says. */

import { createEvaluator } from '../../engine/feel/evaluator.ts';
import { explain } from '../../engine/index.ts';
import { incidentMessage } from '../../engine/messages/incidents.ts';
import type { WaitExplanation } from '../../engine/model/types.ts';
import { localDateTime } from '../../engine/time/zone.ts';
import type { Running } from './running.ts';

/** How many of the elements passed last are told. */
const lastSteps = 8;

/** As a person reads it: `2026-11-06 10:00`. */
export const localTime = (instant: string, zone: string): string =>
  localDateTime(instant, zone).slice(0, 16).replace('T', ' ');

export const explained = (running: Running, now: string) =>
  explain(running.plan, running.state, { now, evaluator: createEvaluator(running.plan) });

export function situation(everyone: Running[], now: string): string {
  return everyone.map((running) => instanceLines(running, now).join('\n')).join('\n');
}

function instanceLines(running: Running, now: string): string[] {
  const { state, journal } = running;
  const { zone } = state.calendar;
  const clock = `${localTime(now, zone)} (${zone})`;
  const steps = journal.flatMap((line) => (line.kind === 'element-completed' && line.element ? [line.element] : []));
  const came = steps.length > 0 ? [`    it came by ${steps.slice(-lastSteps).join(' → ')}`] : [];
  if (state.status !== 'active') {
    const reason = state.error ? `: ${state.error.code} ${state.error.message}` : '';
    return [`  ${state.id} is ${state.status}${reason}`, ...came];
  }
  const { waits } = explained(running, now);
  return [
    `  ${state.id}, ${clock}, waits for:`,
    ...waits.map((wait) => `    · ${wait.element}: ${waitWords(wait, zone)}`),
    ...came,
  ];
}

function waitWords(wait: WaitExplanation, zone: string): string {
  const parts = [wait.what.en];
  if (wait.until !== undefined) parts.push(`until ${localTime(wait.until, zone)}`);
  if (wait.overdue) parts.push('overdue');
  if (wait.incident) parts.push(`incident ${wait.incident.code}: ${incidentMessage(wait.incident.params).zh}`);
  else if (wait.problem) parts.push(wait.problem.en);
  return parts.join(', ');
}

/** The name most like the one written, when it is a slip of the pen. */
export function nearest(written: string, names: string[]): string | undefined {
  const ranked = names
    .map((name) => ({ name, far: distance(written.toLowerCase(), name.toLowerCase()) }))
    .sort((a, b) => a.far - b.far)[0];
  return ranked && ranked.far <= Math.max(2, written.length / 3) ? ranked.name : undefined;
}

/** Levenshtein distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    row = next;
  }
  return row[b.length]!;
}
