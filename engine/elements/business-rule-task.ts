import { type Failure, fail, failedExpression } from '../core/failure.ts';
import { complete } from '../core/moves.ts';
import { addJournalEntry } from '../core/run.ts';
import type { ElementBehaviour, Run, Token } from '../core/run-types.ts';
import { lookupAt, lookupStartOf } from '../core/token.ts';
import { evaluate, visible } from '../core/variables.ts';
import { evaluateDecision } from '../dmn/evaluate.ts';
import { takesDecision } from '../dmn/lookup.ts';
import { tagOf } from '../model/binding.ts';
import type { ElementOf } from '../model/plan.ts';
import { jobWait, startJob } from './job.ts';

type BusinessRuleTask = ElementOf<'businessRuleTask'>;

/**
 * Business rule task: a rule engine is called and its result completes the task (BPMN 2.0.2, 10.3.3 and 13.3.3). A
 * decision is evaluated here with all variables visible to the task, declared by the decision or not; the matched rules
 * are journaled.
 */
export const businessRuleTask: ElementBehaviour<BusinessRuleTask> = {
  enter(token, run) {
    const { job, decision } = token.element;
    if (job) return startJob(token, run, job);
    if (decision) return take(token, run, decision);
    return fail('unsupported', { reason: 'decision-missing' });
  },
  ...jobWait,
};

function take(
  token: Token<BusinessRuleTask>,
  run: Run,
  decision: NonNullable<BusinessRuleTask['decision']>,
): Failure | undefined {
  const id = evaluate(run, decision.id, lookupAt(run, token));
  if (!id.ok) return failedExpression('decision', decision.id, id);
  const name = String(id.value);
  const tag = tagOf(decision.binding);
  const plan = run.plan.decisions?.find((one) => takesDecision(one, name, tag));
  if (!plan)
    return fail('decision-failed', {
      reason: 'decision-unknown',
      decision: name,
      ...(tag !== undefined && { tag }),
    });
  const result = evaluateDecision(plan, name, visible(run, token.variables, lookupStartOf(token)), run.context, {
    openInputs: true,
  });
  if (!result.ok) {
    const { element, missing } = result;
    const about = { decision: name, ...(element !== undefined && { element }) };
    return missing
      ? fail('missing-variable', { reason: 'decision-variables', ...about, missing })
      : fail('decision-failed', { reason: 'decision-evaluation', ...about, code: result.code, cause: result.message });
  }
  // Ids only, as inputs of the rules may be personal data.
  const tables = result.matched.map(({ decision: element, table, rules }) => ({
    element,
    table,
    rules: rules.map(({ index, id: rule }) => ({ index, id: rule })),
  }));
  addJournalEntry(run, 'decision-made', token.element.id, token.key, { decision: name, tables });
  complete(run, token, { [decision.resultVariable]: result.value });
  return undefined;
}
