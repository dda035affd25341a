/** Loop markers of activities (BPMN 2.0.2, 10.3.8): standard loop and multi-instance. */
import type { EventDefinition, MultiInstance, StandardLoop } from '../model/plan.ts';
import type { Compilation } from './context.ts';
import { variableOf } from './data.ts';
import { body, child, childrenOf, eventDefinitionsOf, flag, isA, type ModdleElement, text } from './element.ts';
import { compileEventDefinition } from './event-definitions.ts';
import { feelExpression, valueExpression } from './expressions.ts';
import { extensionsOf } from './extensions.ts';

const behaviors = { All: 'all', One: 'one', None: 'none', Complex: 'complex' } as const;

export function compileLoop(element: ModdleElement, c: Compilation): StandardLoop | MultiInstance | undefined {
  const loop = child(element, 'loopCharacteristics');
  if (!loop) return undefined;
  return isA(loop, 'bpmn:StandardLoopCharacteristics')
    ? standardLoop(loop, element, c)
    : multiInstance(loop, element, c);
}

function standardLoop(loop: ModdleElement, element: ModdleElement, c: Compilation): StandardLoop {
  extensionsOf(loop, [], c.report);
  const condition = feelExpression(body(child(loop, 'loopCondition')), element, 'Loop condition', c.report);
  const maximum = loopMaximum(loop);
  return {
    type: 'standard',
    testBefore: flag(loop, 'testBefore'),
    ...(condition && { condition }),
    ...(maximum && { maximum: { feel: maximum } }),
  };
}

/** The schema makes it an attribute with an integer; the text of the standard (table 10.28) an expression. */
function loopMaximum(loop: ModdleElement): string | undefined {
  return text(loop, 'loopMaximum') ?? body(child(loop, 'loopMaximum'));
}

/**
 * Collection, items and results in the standard's notation (table 10.29): the source of the loop's data input, or the
 * data object it names, and the target of its data output.
 */
function dataOf(loop: ModdleElement, element: ModdleElement) {
  const end = (name: string, associations: string, inner: string, outer: string): string | undefined => {
    const data = child(loop, name);
    if (!data) return undefined;
    const ends = (entry: ModdleElement, side: string) => [child(entry, side), ...childrenOf(entry, side)];
    const joined = childrenOf(element, associations).find((entry) => ends(entry, inner).includes(data));
    const other = joined && ends(joined, outer).find((candidate) => candidate !== undefined);
    return variableOf(other ?? data);
  };
  const item = (name: string): string | undefined => {
    const data = child(loop, name);
    return data && variableOf(data);
  };
  return {
    inputCollection: end('loopDataInputRef', 'dataInputAssociations', 'targetRef', 'sourceRef'),
    inputElement: item('inputDataItem'),
    outputCollection: end('loopDataOutputRef', 'dataOutputAssociations', 'sourceRef', 'targetRef'),
    outputElement: item('outputDataItem'),
  };
}

function multiInstance(loop: ModdleElement, element: ModdleElement, c: Compilation): MultiInstance {
  const { report } = c;
  const zeebe = extensionsOf(loop, ['zeebe:LoopCharacteristics'], report).get('zeebe:LoopCharacteristics');
  const cardinality = feelExpression(body(child(loop, 'loopCardinality')), element, 'Loop cardinality', report);
  const data = dataOf(loop, element);
  const read = (name: string, own: string | undefined, what: string) =>
    valueExpression((zeebe && text(zeebe, name)) ?? (own && `=${own}`), element, what, report);
  const inputCollection = read('inputCollection', cardinality ? undefined : data.inputCollection, 'Input collection');
  const outputElement = read('outputElement', data.outputElement, 'Output element');
  const completion = feelExpression(body(child(loop, 'completionCondition')), element, 'Completion condition', report);
  const behavior = behaviors[(text(loop, 'behavior') ?? 'All') as keyof typeof behaviors] ?? 'all';
  if (!cardinality && !inputCollection)
    report.error(
      element,
      'no-loop-size',
      'A multi-instance activity has neither a cardinality nor an input collection.',
      {
        hint: 'Give a loop cardinality, a loop data input or an input collection.',
        constraint: 'EXT067',
      },
    );
  const eventOf = (name: string): EventDefinition | undefined => {
    const reference = child(loop, name);
    return reference && compileEventDefinition(reference, element, c, 'throw');
  };
  const noneEvent = eventOf('noneBehaviorEventRef');
  const oneEvent = eventOf('oneBehaviorEventRef');
  const complex = childrenOf(loop, 'complexBehaviorDefinition').flatMap((definition) => {
    const condition = feelExpression(body(child(definition, 'condition')), element, 'Behavior condition', report);
    const thrown = child(definition, 'event');
    const [first] = thrown ? eventDefinitionsOf(thrown) : [];
    const event = first && compileEventDefinition(first, element, c, 'throw');
    return condition && event ? [{ condition, event }] : [];
  });
  const inputElement = (zeebe && text(zeebe, 'inputElement')) ?? (inputCollection && data.inputElement);
  const outputCollection = (zeebe && text(zeebe, 'outputCollection')) ?? data.outputCollection;
  if ((outputCollection === undefined) !== (outputElement === undefined))
    report.warning(
      element,
      'incomplete-collection',
      outputElement
        ? 'It names what each instance brings, but no collection for it: nothing is collected.'
        : 'It names a collection, but not what each instance brings to it: its entries stay null.',
      { hint: 'Give the loop both an output collection and an output element, or neither.' },
    );
  return {
    type: 'multi',
    sequential: flag(loop, 'isSequential'),
    ...(cardinality && { cardinality }),
    ...(inputCollection && { inputCollection }),
    ...(inputElement && { inputElement }),
    ...(outputCollection && { outputCollection }),
    ...(outputElement && { outputElement }),
    ...(completion && { completionCondition: completion }),
    behavior,
    ...(noneEvent && { noneEvent }),
    ...(oneEvent && { oneEvent }),
    ...(complex.length > 0 && { complex }),
  };
}
