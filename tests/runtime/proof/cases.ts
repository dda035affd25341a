/** The conformance cases through a real worker: what is logged, how it ends and the journal must be those of the core. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ApplicationFailure } from '@temporalio/common';
import type { Job } from '../../../activities/types.ts';
import { compile } from '../../../engine/compile/index.ts';
import { incidentMessage } from '../../../engine/messages/incidents.ts';
import type { Plan } from '../../../engine/model/plan.ts';
import { type Case, caseName, compare, type Entry, outcome } from '../../conformance/cases.ts';
import { runScript } from '../../conformance/scripts.ts';
import { newWorld, type Observed } from '../../conformance/world.ts';
import { jobTypeOf, type Lab, type Mode } from './lab.ts';
import { differenceFromCore } from './refold.ts';

/** How long a case may take before it counts as stuck, beside the time its own timers take. */
const patienceMs = 60_000;

interface Running {
  plans: Plan[];
  speed: number;
  log: Map<string, string[]>;
  marked: boolean;
  spans: { from: number; to: number }[];
}

const running = new Map<string, Running>();

/** Does what the scripts say; a job that is sent out again logs once. */
export const scripts: Job = async (input, { instance, key, element, headers }) => {
  const process = instance.slice(0, instance.indexOf('/'));
  const found = running.get(process);
  const plan = found?.plans.find((one) => one.key === process);
  if (!found || !plan) throw new Error(`There is no case of ${process}.`);
  const from = Date.now();
  const result = runScript(
    headers['script'] ?? '',
    plan.elements[element]!,
    plan.elements[process],
    (name) => input[name],
  );
  if (result.takesMs > 0) await new Promise((resolve) => setTimeout(resolve, result.takesMs / found.speed));
  found.log.set(`${instance}#${key}`, result.log);
  if (result.marks) found.marked = true;
  if (result.timed) found.spans.push({ from, to: Date.now() });
  if (result.fails)
    throw ApplicationFailure.nonRetryable('The script threw an error.', 'BpmnError', result.fails.errorCode);
  return result.variables;
};

export interface ProofCase {
  name: string;
  entry: Entry;
  one: Case;
  mode: Mode;
  job: keyof typeof jobTypeOf;
  /** It rests on time, so that its clock must not run too fast. */
  timed: boolean;
}

export function proofCases(folder: string, entries: Entry[], modes: Mode[]): ProofCase[] {
  return entries.flatMap((entry, n) => {
    const timed = /timerEventDefinition|TEN_SECONDS|TIMESTAMP/.test(readFileSync(join(folder, entry.file), 'utf8'));
    return entry.cases.flatMap((one, m) =>
      modes.map((mode, k) => ({
        name: `${caseName(entry, one)} [${mode}]`,
        entry,
        one,
        mode,
        // A local job that takes seconds would hold its workflow up, timers too: the catalogue allows it no such job.
        job: timed || (n + m + k) % 2 === 0 ? ('normal' as const) : ('local' as const),
        timed,
      })),
    );
  });
}

let counter = 0;

/** Names of processes, messages and signals are made this case's own, because all cases share a server. */
function ownNames(xml: string, tag: string): string {
  const processes = [...xml.matchAll(/<(?:\w+:)?(?:process|global\w*Task)\s[^>]*?\bid="([^"]+)"/g)].map(
    (match) => match[1] as string,
  );
  const named = xml.replace(/(<(?:\w+:)?(?:message|signal)\s[^>]*?\bname=")([^"]*)"/g, `$1$2${tag}"`);
  return processes.reduce(
    (text, id) => text.replace(new RegExp(`(["':>])${id}(["'<])`, 'g'), `$1${id}${tag}$2`),
    named,
  );
}

/** @returns why the case fails */
export async function runProof(lab: Lab, folder: string, proof: ProofCase): Promise<string | undefined> {
  const { entry, one, mode, timed } = proof;
  const tag = `-${++counter}`;
  const xml = ownNames(readFileSync(join(folder, entry.file), 'utf8'), tag);
  const { plans, problems } = await compile(xml, { scriptJobType: jobTypeOf[proof.job] });
  if (problems.some((problem) => problem.severity === 'error'))
    return compare(one.expect, ['ERROR_deployment']) && 'the file is refused';
  const main = plans.find((plan) => plan.key === entry.name + tag) ?? plans[0];
  const other = one.alsoStarts === undefined ? undefined : plans.find((plan) => plan.key === one.alsoStarts + tag);
  if (!main) return 'there is no process';
  const world = newWorld(plans);
  world.start(main, one.variables);
  if (other) world.start(other, one.variables);
  const core = world.run(one.waitMs);

  const speed = timed ? 2 : 1;
  const mine: Running = { plans, speed, log: new Map(), marked: false, spans: [] };
  for (const plan of plans) running.set(plan.key, mine);
  await lab.deploy(plans);
  // Whoever only waits is there first: a signal is heard by those who are there (10.5.5).
  if (other) {
    const { workflowId } = await lab.start({ plan: other, mode, variables: one.variables, speed });
    while (!lab.look(workflowId)) await lab.news();
  }
  await lab.start({ plan: main, mode, variables: one.variables, speed });
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const { problem, isOver } = look(lab, mine, core);
    if (!problem) return undefined;
    if (isOver || Date.now() > deadline) return problem;
    await lab.news();
  }
}

function look(lab: Lab, mine: Running, core: Observed): { problem?: string; isOver: boolean } {
  const ids = mine.plans.flatMap((plan) => lab.instancesOf(plan.key).map((id) => ({ plan, id })));
  const all = ids.flatMap(({ plan, id }) => {
    const seen = lab.look(id);
    return seen ? [{ plan, seen }] : [];
  });
  const isOver = all.length === core.instances.length && all.every(({ seen }) => seen.state.status !== 'active');
  const overlap = mine.spans.some((a, i) => mine.spans.some((b, k) => k > i && a.from < b.to && b.from < a.to));
  const observed: Observed = {
    log: [
      ...[...mine.log.values()].flat(),
      ...(mine.marked ? ['MARKER_exists'] : []),
      ...(overlap ? ['EXECUTION_parallel'] : []),
    ],
    incidents: all.flatMap(({ seen: { state } }) =>
      Object.values(state.waits).flatMap(({ incident, element }) =>
        incident ? [{ code: incident.code, element, message: incidentMessage(incident.params).zh }] : [],
      ),
    ),
    errors: all.flatMap(({ seen: { state } }) => (state.status === 'failed' ? [state.error?.code ?? 'unknown'] : [])),
    instances: all.map(({ seen: { state, journal } }) => ({ status: state.status, journal })),
  };
  const problem =
    compare(outcome(core), outcome(observed)) ??
    compare(told(core), told(observed)) ??
    all.map(({ plan, seen }) => differenceFromCore(plan, seen)).find((difference) => difference !== undefined);
  return { ...(problem !== undefined && { problem }), isOver };
}

/** Status and journal without what depends on the moment: whose turn it was among equals. */
function told({ instances }: Observed): string[] {
  return instances.flatMap(({ status, journal }) => [
    status,
    ...journal.filter(({ kind }) => kind !== 'act-refused').map(({ kind, element }) => `${kind} ${element ?? ''}`),
  ]);
}
