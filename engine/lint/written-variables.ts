/** The variables a diagram writes by itself, as far as it names them: mappings, results, forms, loops, data. */
import { body, child, childrenOf, isA, type ModdleElement, text } from '../compile/element.ts';
import type { Scene } from './rule.ts';

/** What every instance has from its start, and what loops and completions add. */
export const givenVariables = [
  'businessKey facility startedAt startedBy rules completedBy loopCounter',
  'numberOfInstances numberOfActiveInstances numberOfCompletedInstances numberOfTerminatedInstances',
]
  .join(' ')
  .split(' ');

const head = (path: string | undefined): string[] => (path ? [path.replace(/^=/, '').trim().split('.')[0] ?? ''] : []);

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keys of fields, within groups and lists too. */
function keysIn(form: unknown): string[] {
  if (!isRecord(form)) return [];
  const inner = Array.isArray(form['components']) ? form['components'].flatMap(keysIn) : [];
  return [form['key'], form['path']].flatMap((key) => (typeof key === 'string' ? head(key) : [])).concat(inner);
}

function writtenAt(element: ModdleElement): string[] {
  const extensions = child(element, 'extensionElements');
  const ours = (extensions ? childrenOf(extensions, 'values') : []).flatMap((value) => [
    ...childrenOf(value, 'inputParameters').flatMap((one) => head(text(one, 'target'))),
    ...childrenOf(value, 'outputParameters').flatMap((one) => head(text(one, 'target'))),
    ...head(text(value, 'resultVariable')),
    ...head(text(value, 'outputCollection')),
  ]);
  const loop = child(element, 'loopCharacteristics');
  const around = loop && child(loop, 'extensionElements');
  const loops = (around ? childrenOf(around, 'values') : []).flatMap((value) => [
    ...head(text(value, 'inputElement')),
    ...head(text(value, 'outputCollection')),
  ]);
  const named = ['bpmn:DataObject', 'bpmn:Property', 'bpmn:DataInput', 'bpmn:DataOutput'].some((type) =>
    isA(element, type),
  );
  const assigned = isA(element, 'bpmn:Assignment') ? head(body(child(element, 'to'))) : [];
  return [...ours, ...loops, ...(named ? head(text(element, 'name')) : []), ...assigned];
}

const known = new WeakMap<Scene, ReadonlySet<string>>();

export function writtenIn(scene: Scene): ReadonlySet<string> {
  let names = known.get(scene);
  if (!names) {
    const { diagram, options } = scene;
    const drawn = diagram.all('bpmn:BaseElement').flatMap(writtenAt);
    names = new Set([...givenVariables, ...drawn, ...Object.values(options.forms ?? {}).flatMap(keysIn)]);
    known.set(scene, names);
  }
  return names;
}
