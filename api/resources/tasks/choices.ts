/** Consequences of each choice in a task's form, in words: who decides next is known in advance. */
import { foreseeChoices } from '../../../engine/explain/foresee.ts';
import { namesFor } from '../../../engine/explain/names.ts';
import { describeWait } from '../../../engine/explain/wait-descriptions.ts';
import { createEvaluator } from '../../../engine/feel/evaluator.ts';
import { formWords } from '../../../engine/model/form-texts.ts';
import type { Plan } from '../../../engine/model/plan.ts';
import type { InstanceState } from '../../../engine/model/types.ts';
import { findFormSchema } from '../../../store/definitions/definitions.ts';
import { findPinnedPlan } from '../../../store/definitions/plans.ts';
import { findNames } from '../../../store/organisation/staff.ts';
import { findInstance } from '../../../store/runtime/instances.ts';
import type { TaskRow } from '../../../store/runtime/rows.ts';
import { queryNames } from '../../../workflows/runtime/instance-messages.ts';
import type { Deps } from '../../http/deps.ts';
import type { Person } from '../../http/policy.ts';

/** @param role in which the person would complete it */
export async function choicesOf({ processes }: Deps, row: TaskRow, person: Person, role: string | undefined) {
  const instance = await findInstance(row.instance);
  if (!instance || row.status !== 'open') return [];
  const { key, version, hash } = instance.definition;
  const [plan, outcome] = await Promise.all([
    findPinnedPlan<Plan>(key, version, hash),
    processes.query<InstanceState>(row.instance, queryNames.state),
  ]);
  if (!plan || outcome.kind !== 'done') return [];
  const env = { now: new Date().toISOString(), evaluator: createEvaluator(plan) };
  const by = { id: person.id, ...(role !== undefined && { role }) };
  const choices = foreseeChoices(plan, outcome.answer, row.key, by, env);
  const waits = choices.flatMap(({ next }) => next);
  const [first] = choices;
  if (!first) return [];
  const [people, schema] = await Promise.all([
    findNames(
      waits.flatMap((wait) =>
        wait.kind === 'task' ? [wait.task.assignee ?? [], wait.task.candidateUsers].flat() : [],
      ),
    ),
    findFormSchema(key, version, first.form),
  ]);
  const wordsOf = formWords(schema);
  const names = namesFor(plan, { people });
  return choices.map(({ field, value, label, ends, next }) => ({
    field,
    value,
    label: wordsOf(label),
    ends,
    next: next.map((wait) => ({ element: wait.element, kind: wait.kind, what: describeWait(plan, wait, names) })),
  }));
}
