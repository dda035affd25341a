/**
 * What a diagram takes in from outside must be declared, and nothing may write what an instance is known by: both refuse a deployment,
 * because at run time the one would wait for a variable that never comes in, and the other would be without effect.
 */
import { isGivenAtStart, namesIn, startNames } from '../core/intake.ts';
import { isFeelFunction } from '../feel/compiled.ts';
import type { Expression, Plan, PlanElement, PlanFlow, Problem } from '../model/plan.ts';
import { givenVariables } from './written-variables.ts';

const head = (path: string): string => path.split('.')[0] ?? path;

export function intakeProblems(plan: Plan): Problem[] {
  const elements = Object.values(plan.elements);
  const known = new Set([
    ...givenVariables,
    ...elements.flatMap((element) => [...writtenAt(element), ...inputsOf(element)]),
  ]);
  for (const name of Object.values(plan.forms).flatMap(fieldsOf)) known.add(name);
  for (const { id, kind } of elements)
    if (kind === 'startEvent') for (const name of startNames(plan, id)) known.add(name);
  for (const name of startNames(plan)) known.add(name);
  return elements.flatMap((element) => [...identityWritten(plan, element), ...undeclared(plan, element, known)]);
}

const fieldsOf = ({ fields }: Plan['forms'][string]): string[] => fields.map(({ key }) => head(key));

function identityWritten(plan: Plan, element: PlanElement): Problem[] {
  const mapped = 'outputs' in element && (element.outputs?.length ?? 0) > 0;
  const formId =
    element.kind === 'userTask' && !mapped
      ? element.user.formId
      : element.id === plan.key
        ? plan.profile?.startForm
        : undefined;
  const form = formId === undefined ? undefined : plan.forms[formId];
  const names = [...new Set([...writtenAt(element), ...(form ? fieldsOf(form) : [])])].filter(isGivenAtStart);
  return names.map((name) => ({
    ...about(element),
    severity: 'error',
    code: 'identity-written',
    message: `"${name}" is set when an instance begins and is never written.`,
    hint: 'Write another variable.',
  }));
}

/** Variables of its scope that an element writes by itself, as far as the diagram names them. */
function writtenAt(element: PlanElement): string[] {
  const mapped = 'outputs' in element ? (element.outputs ?? []).map(({ target }) => head(target)) : [];
  const data = 'dataOutputs' in element ? (element.dataOutputs ?? []).map(({ target }) => head(target)) : [];
  const loop = 'loop' in element && element.loop?.type === 'multi' ? [element.loop.outputCollection ?? []].flat() : [];
  const result =
    element.kind === 'scriptTask'
      ? [element.script?.resultVariable ?? []].flat()
      : element.kind === 'businessRuleTask'
        ? [element.decision?.resultVariable ?? []].flat()
        : [];
  const collected = element.kind === 'adHocSubProcess' && element.collects ? [element.collects.into] : [];
  const held = 'data' in element ? (element.data ?? []).map(({ name }) => name) : [];
  const codes = ('events' in element ? element.events : []).flatMap((event) =>
    [
      'codeVariable' in event ? (event.codeVariable ?? []) : [],
      'messageVariable' in event ? (event.messageVariable ?? []) : [],
    ].flat(),
  );
  return [...mapped, ...data, ...loop, ...result, ...collected, ...held, ...codes];
}

function inputsOf(element: PlanElement): string[] {
  const mapped = 'inputs' in element ? (element.inputs ?? []).map(({ target }) => head(target)) : [];
  const loop = 'loop' in element && element.loop?.type === 'multi' ? [element.loop.inputElement ?? []].flat() : [];
  return [...mapped, ...loop];
}

/**
 * A user task without a form, or an event from outside, that declares nothing, and behind it a condition reads what nothing writes: it was
 * meant to bring that.
 */
function undeclared(plan: Plan, element: PlanElement, known: ReadonlySet<string>): Problem[] {
  if (!bringsNothing(element) || Object.values(plan.elements).some(bringsUnnamed)) return [];
  const names = conditionsBehind(plan, element)
    .flatMap(namesIn)
    .filter((name) => !known.has(name) && !isFeelFunction(name));
  return [...new Set(names)].map((name) => ({
    ...about(element),
    severity: 'error',
    code: 'undeclared-intake',
    message: `What follows it reads "${name}", which comes in nowhere: it declares nothing that it takes in.`,
    hint: `Give it ${element.kind === 'userTask' ? 'a form, or ' : ''}an output mapping: <zeebe:output source="=${name}" target="${name}" />.`,
  }));
}

function bringsNothing(element: PlanElement): boolean {
  if ('outputs' in element && (element.outputs?.length ?? 0) > 0) return false;
  if ('dataOutputs' in element && (element.dataOutputs?.length ?? 0) > 0) return false;
  if (element.listeners !== undefined) return false;
  if (element.kind === 'userTask') return element.user.formId === undefined;
  if (element.kind === 'receiveTask') return true;
  const catches = element.kind === 'intermediateCatchEvent' || element.kind === 'boundaryEvent';
  return catches && element.events.some(({ type }) => type === 'message' || type === 'signal');
}

/** Jobs and calls without mappings, and listeners, may bring names that the diagram does not have. */
function bringsUnnamed(element: PlanElement): boolean {
  if (element.listeners !== undefined) return true;
  if ('outputs' in element && (element.outputs?.length ?? 0) > 0) return false;
  return (
    ('job' in element && element.job !== undefined) || (element.kind === 'callActivity' && element.propagateAllChild)
  );
}

/** Of the flows that leave it, and of those of the gateways they lead to. */
function conditionsBehind(plan: Plan, element: PlanElement): Expression[] {
  const behind = outgoing(plan, element).flatMap((flow) => {
    const target = plan.elements[flow.target];
    // A complex gateway has variables of its own.
    const isGateway = target?.kind.endsWith('Gateway') === true && target.kind !== 'complexGateway';
    return target && isGateway ? [flow, ...outgoing(plan, target)] : [flow];
  });
  return behind.flatMap(({ condition }) => condition ?? []);
}

const outgoing = (plan: Plan, element: PlanElement): PlanFlow[] =>
  'outgoing' in element ? element.outgoing.flatMap((id) => plan.flows[id] ?? []) : [];

const about = ({ id, name }: PlanElement): Pick<Problem, 'element' | 'elementName'> => ({
  element: id,
  ...(name !== undefined && { elementName: name }),
});
