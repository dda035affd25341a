/** The variables that the elements of a diagram read, and in how many expressions. */
import { analyse } from '../feel/analyse.ts';
import { isFeelFunction } from '../feel/compiled.ts';
import type { Scene } from './rule.ts';
import { sourcesOf } from './sources.ts';

const known = new WeakMap<Scene, ReadonlyMap<string, number>>();

export function readIn(scene: Scene): ReadonlyMap<string, number> {
  let counted = known.get(scene);
  if (!counted) {
    counted = count(scene);
    known.set(scene, counted);
  }
  return counted;
}

function count({ diagram }: Scene): Map<string, number> {
  const times = new Map<string, number>();
  const nodes = [...diagram.all('bpmn:FlowNode'), ...diagram.all('bpmn:SequenceFlow')];
  for (const { source, results } of nodes.flatMap(sourcesOf)) {
    // What an element brings may be named there as well.
    if (results) continue;
    for (const { name, filterOnly } of analyse(source).reads)
      if (!filterOnly && !isFeelFunction(name)) times.set(name, (times.get(name) ?? 0) + 1);
  }
  return times;
}
