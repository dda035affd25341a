/** What is looked at before a drawing is deployed, and all that is said of it; the same with and without deploying. */
import { withDiagram } from '../engine/compile/diagram.ts';
import { asUtf8 } from '../engine/compile/parse.ts';
import { sentByPlan } from '../engine/lint/index.ts';
import type { Plan, Problem } from '../engine/plan.ts';
import { findPlan, listDefinitions } from '../store/definitions.ts';
import { registeredWorkers } from './job-workers.ts';
import { type Drawing, lintDrawing } from './linting.ts';
import { timerStartProblems } from './start-events.ts';

export interface Checked {
  /** Empty when any problem is an error. */
  plans: Plan[];
  problems: Problem[];
  /** What came, as text: whether something changed is told by it. */
  source: string;
  /** What is kept: the same with a diagram to show. */
  xml: string;
}

export async function checkDrawing(drawing: Drawing): Promise<Checked> {
  const workers = await registeredWorkers();
  const alone = await lintDrawing(drawing, { workers });
  const { plans, problems, drawn, options } = alone.problems.some(({ code }) => code === 'message-nobody-sends')
    ? await lintDrawing(drawing, { workers, sentMessages: await sentElsewhere(alone.plans) })
    : alone;
  const refused = await Promise.all(plans.map((plan) => timerStartProblems(plan, new Date().toISOString())));
  if (plans.length === 0 || refused.flat().length > 0)
    return { plans: [], problems: [...problems, ...refused.flat()], source: '', xml: '' };
  const source = asUtf8(drawing.xml);
  return { plans, problems, source, xml: drawn ? source : await withDiagram(source, options) };
}

/** Messages that the newest versions of the other definitions send. */
async function sentElsewhere(plans: Plan[]): Promise<string[]> {
  const own = plans.map(({ key }) => key);
  const keys = new Set((await listDefinitions()).map((row) => row.process));
  const others = await Promise.all([...keys].filter((key) => !own.includes(key)).map((key) => findPlan<Plan>(key)));
  return others.flatMap((found) => (found ? sentByPlan(found.plan) : []));
}
