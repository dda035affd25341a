/** Properties common to all elements: id, name, flows, stage, boundary events, mappings. */
import type { ElementId, Mapping } from '../model/plan.ts';
import type { Compilation } from './context.ts';
import { compileData } from './data.ts';
import { child, childrenOf, flag, idOf, type ModdleElement, number, text } from './element.ts';
import { valueExpression } from './expressions.ts';
import { type Extensions, propertiesOf } from './extensions.ts';
import { compileLoop } from './loops.ts';

/** Removes undefined members, so that plans are small and equal plans have equal text. */
export function compact<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as T;
}

export function node(element: ModdleElement, parent: ElementId, extensions: Extensions) {
  return {
    id: idOf(element),
    name: text(element, 'name'),
    parent,
    stage: text(element, 'careloop:stage') ?? text(element, 'stage'),
    movesMoney: flag(element, 'careloop:movesMoney') || flag(element, 'movesMoney') || undefined,
    properties: propertiesOf(extensions),
  };
}

/** Incoming and outgoing flows in the order of the diagram; filled in by `flows.ts`. */
export function flowNode(element: ModdleElement, parent: ElementId, extensions: Extensions) {
  const defaultFlow = child(element, 'default');
  return {
    ...node(element, parent, extensions),
    incoming: [] as string[],
    outgoing: [] as string[],
    defaultFlow: defaultFlow && idOf(defaultFlow),
  };
}

function mappings(
  io: ModdleElement | undefined,
  list: 'inputParameters' | 'outputParameters',
  at: ModdleElement,
  c: Compilation,
): Mapping[] | undefined {
  const compiled = (io ? childrenOf(io, list) : []).flatMap((parameter): Mapping[] => {
    const target = text(parameter, 'target');
    const source = valueExpression(text(parameter, 'source'), at, `Mapping to ${target ?? '?'}`, c.report);
    if (
      !target ||
      target.includes('__proto__') ||
      !/^[\p{L}_$][\p{L}\p{N}_$]*(\.[\p{L}_$][\p{L}\p{N}_$]*)*$/u.test(target)
    ) {
      c.report.error(
        at,
        'bad-mapping',
        `A mapping has "${target ?? ''}" as its target, which is no name of a variable.`,
        {
          hint: 'Write a name, or a path of names with dots.',
        },
      );
      return [];
    }
    // The modeler writes an empty source for "nothing": the variable exists and is null.
    return [{ source: source ?? { feel: 'null' }, target }];
  });
  return compiled.length > 0 ? compiled : undefined;
}

export function ioMapping(element: ModdleElement, extensions: Extensions, c: Compilation) {
  const io = extensions.get('zeebe:IoMapping');
  return { inputs: mappings(io, 'inputParameters', element, c), outputs: mappings(io, 'outputParameters', element, c) };
}

/** BPMN 2.0.2, 10.3: what every activity may carry. */
export function activity(element: ModdleElement, parent: ElementId, extensions: Extensions, c: Compilation) {
  const start = number(element, 'startQuantity') ?? 1;
  const completion = number(element, 'completionQuantity') ?? 1;
  return {
    ...flowNode(element, parent, extensions),
    ...ioMapping(element, extensions, c),
    ...compileData(element, c),
    loop: compileLoop(element, c),
    forCompensation: flag(element, 'isForCompensation') || undefined,
    startQuantity: start === 1 ? undefined : start,
    completionQuantity: completion === 1 ? undefined : completion,
  };
}
