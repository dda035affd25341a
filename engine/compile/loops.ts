/** Loop markers of activities (BPMN 2.0.2, 10.3.8): standard loop and multi-instance. */
import type { EventDefinition, MultiInstance, StandardLoop } from '../plan.ts';
import type { Compilation } from './context.ts';
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

function multiInstance(loop: ModdleElement, element: ModdleElement, c: Compilation): MultiInstance {
  const { report } = c;
  const zeebe = extensionsOf(loop, ['zeebe:LoopCharacteristics'], report).get('zeebe:LoopCharacteristics');
  const cardinality = feelExpression(body(child(loop, 'loopCardinality')), element, 'Loop cardinality', report);
  const inputCollection = valueExpression(zeebe && text(zeebe, 'inputCollection'), element, 'Input collection', report);
  const outputElement = valueExpression(zeebe && text(zeebe, 'outputElement'), element, 'Output element', report);
  const completion = feelExpression(body(child(loop, 'completionCondition')), element, 'Completion condition', report);
  const behavior = behaviors[(text(loop, 'behavior') ?? 'All') as keyof typeof behaviors] ?? 'all';
  if (!cardinality && !inputCollection)
    report.error(
      element,
      'no-loop-size',
      'A multi-instance activity has neither a cardinality nor an input collection.',
      {
        hint: 'Give a loop cardinality or an input collection.',
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
  const inputElement = zeebe && text(zeebe, 'inputElement');
  const outputCollection = zeebe && text(zeebe, 'outputCollection');
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
