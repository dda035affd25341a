/** The conditions after a gateway, decided once for the rules about them. */
import { child, isA, type ModdleElement } from '../compile/element.ts';
import type { Json } from '../model/plan.ts';
import { type Decided, decide } from './conditions.ts';
import type { LintOptions } from './options.ts';
import type { Scene } from './rule.ts';

export interface Choice extends Decided {
  /** In the order of `holds`. */
  flows: ModdleElement[];
  default?: ModdleElement;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What can be chosen for a field, over all forms that have it; undefined when any of them leaves it open. */
function optionsOf(key: string, { forms }: LintOptions): Json[] | undefined {
  const fields = Object.values(forms ?? {}).flatMap((form) =>
    isRecord(form) && Array.isArray(form['components']) ? form['components'].filter(isRecord) : [],
  );
  const values: Json[] = [];
  let found = false;
  for (const field of fields) {
    if (field['key'] !== key) continue;
    const options = field['values'];
    if (!['select', 'radio'].includes(String(field['type'])) || !Array.isArray(options)) return undefined;
    found = true;
    for (const option of options.filter(isRecord)) values.push(option['value'] as Json);
  }
  return found ? values : undefined;
}

const decided = new WeakMap<Scene, Map<ModdleElement, Choice | undefined>>();

/** @returns undefined where it cannot be decided, or where nothing is chosen */
export function choiceAt(gateway: ModdleElement, scene: Scene): Choice | undefined {
  const known = decided.get(scene) ?? new Map<ModdleElement, Choice | undefined>();
  decided.set(scene, known);
  if (!known.has(gateway)) known.set(gateway, work(gateway, scene));
  return known.get(gateway);
}

function work(gateway: ModdleElement, { diagram, options }: Scene): Choice | undefined {
  if (!isA(gateway, 'bpmn:ExclusiveGateway') && !isA(gateway, 'bpmn:InclusiveGateway')) return undefined;
  const otherwise = child(gateway, 'default');
  const outgoing = diagram.outgoing(gateway).filter((flow) => flow !== otherwise);
  const flows = outgoing.filter((flow) => child(flow, 'conditionExpression'));
  // A flow without condition is taken always, whatever the others say.
  if (flows.length === 0 || flows.length < outgoing.length) return undefined;
  const result = decide(flows, (variable) => (variable.includes('.') ? undefined : optionsOf(variable, options)));
  return result && { ...result, flows, ...(otherwise && { default: otherwise }) };
}
