/** Whether a diagram takes in variables that it does not name: then a variable without a writer may be one of them. */
import { childrenOf, isA, type ModdleElement } from '../compile/element.ts';
import { extensionOf } from '../compile/extensions.ts';
import type { Scene } from './rule.ts';

const known = new WeakMap<Scene, boolean>();

export function bringsUnnamed(scene: Scene): boolean {
  let answer = known.get(scene);
  if (answer === undefined) {
    answer = scene.diagram.all('bpmn:FlowNode').some(brings) || !startsByForm(scene);
    known.set(scene, answer);
  }
  return answer;
}

/** Each process has a start form, whose fields are known. */
function startsByForm({ diagram, options }: Scene): boolean {
  if (!options.forms) return false;
  return diagram
    .all('bpmn:Process')
    .every((process) =>
      childrenOf(process, 'flowElements').some(
        (node) => isA(node, 'bpmn:StartEvent') && extensionOf(node, 'zeebe:FormDefinition') !== undefined,
      ),
    );
}

/** With output mappings nothing else goes out of an element; people, messages and signals bring only what is declared. */
function brings(node: ModdleElement): boolean {
  if (extensionOf(node, 'zeebe:ExecutionListeners')) return true;
  const mapping = extensionOf(node, 'zeebe:IoMapping');
  if (mapping && childrenOf(mapping, 'outputParameters').length > 0) return false;
  if (isA(node, 'bpmn:CallActivity'))
    return extensionOf(node, 'zeebe:CalledElement')?.get?.('propagateAllChildVariables') !== false;
  return extensionOf(node, 'zeebe:TaskDefinition') !== undefined;
}
