/**
 * Loops that nothing waits in, or timers of less than a second only: they run in one step, or as fast as the worker can,
 * and one that cannot end is cut by an incident.
 */
import { body, child, childrenOf, eventDefinitionsOf, isA, type ModdleElement, text } from '../../compile/element.ts';
import { extensionOf } from '../../compile/extensions.ts';
import { fixedMsOf, monthsOf, parseDuration } from '../../time/duration.ts';
import { TimeError } from '../../time/error.ts';
import { definitionTypes, type Graph, graphOf, reached } from '../graph.ts';
import { called, type LintRule } from '../rule.ts';

/** Passed without waiting. */
function straight(node: ModdleElement): boolean {
  if (extensionOf(node, 'zeebe:TaskDefinition')) return false;
  if (isA(node, 'bpmn:EventBasedGateway')) return false;
  if (isA(node, 'bpmn:Gateway') || isA(node, 'bpmn:IntermediateThrowEvent')) return true;
  if (isA(node, 'bpmn:IntermediateCatchEvent')) return isLink(node) || isHasty(node);
  return ['bpmn:Task', 'bpmn:ManualTask', 'bpmn:ScriptTask', 'bpmn:BusinessRuleTask'].includes(node.$type);
}

/** The catching end of a link. */
const isLink = (node: ModdleElement): boolean => definitionTypes(node).every((type) => type === 'Link');

const shortestMs = 1000;

/** A timer that waits for almost nothing. */
function isHasty(node: ModdleElement): boolean {
  const [timer, ...more] = eventDefinitionsOf(node);
  const written = timer && body(child(timer, 'timeDuration'));
  if (written === undefined || written.startsWith('=') || more.length > 0) return false;
  try {
    const duration = parseDuration(written);
    return monthsOf(duration) <= 0 && fixedMsOf(duration) < shortestMs;
  } catch (error) {
    // The compiler says so.
    if (error instanceof TimeError) return false;
    throw error;
  }
}

const changes = (node: ModdleElement): boolean =>
  isA(node, 'bpmn:ScriptTask') ||
  isA(node, 'bpmn:BusinessRuleTask') ||
  childrenOf(extensionOf(node, 'zeebe:IoMapping') ?? node, 'outputParameters').length > 0 ||
  childrenOf(node, 'dataOutputAssociations').length > 0;

/** Nodes that can come back to themselves through straight nodes only, in groups. */
function loops(graph: Graph): ModdleElement[][] {
  const nodes = graph.nodes.filter(straight);
  const inside = new Set(nodes);
  const from = new Map(nodes.map((node) => [node, onwards(node, graph, inside)]));
  const found: ModdleElement[][] = [];
  const seen = new Set<ModdleElement>();
  for (const node of nodes) {
    if (seen.has(node) || !from.get(node)?.has(node)) continue;
    const loop = nodes.filter((other) => from.get(node)?.has(other) && from.get(other)?.has(node));
    for (const member of loop) seen.add(member);
    found.push(loop);
  }
  return found;
}

function onwards(node: ModdleElement, graph: Graph, inside: Set<ModdleElement>): Set<ModdleElement> {
  const seen = new Set<ModdleElement>();
  const queue = [node];
  for (let current = queue.pop(); current; current = queue.pop())
    for (const { to } of graph.next(current))
      if (inside.has(to) && !seen.has(to)) {
        seen.add(to);
        queue.push(to);
      }
  return seen;
}

const clock = /\b(now|today)\s*\(/;

/** Beyond this many nodes in one scope nothing is said: the check must stay quick on any file. */
const maxNodes = 2000;

export const endlessLoop: LintRule = {
  code: 'endless-loop',
  severity: 'warning',
  hint: 'Let the loop wait for somebody or something, longer than a moment, or change what its condition reads.',
  of: 'bpmn:FlowElementsContainer',
  find(scope, { diagram }) {
    const graph = graphOf(scope, diagram);
    if (graph.nodes.length > maxNodes) return [];
    const there = reached(graph);
    return loops(graph).flatMap((loop) => {
      const [first] = loop;
      if (!first || !there.has(first)) return [];
      const edges = loop.flatMap((node) => graph.next(node));
      const exits = edges.filter((edge) => !loop.includes(edge.to));
      const name = `The loop through ${loop.slice(0, 3).map(called).join(', ')}`;
      if (exits.length === 0) return [{ at: first, message: `${name} never ends: no flow leads out of it.` }];
      const conditions = edges.map((edge) => (edge.flow && body(child(edge.flow, 'conditionExpression'))) ?? '');
      if (loop.some(changes) || conditions.some((source) => clock.test(source))) return [];
      // A parallel split leads out and round at the same time, whatever holds.
      const decides = exits.some(({ from }) => !isA(from, 'bpmn:ParallelGateway') && text(from, 'id') !== undefined);
      const hasty = loop.find((node) => isA(node, 'bpmn:IntermediateCatchEvent') && !isLink(node));
      if (hasty)
        return [{ at: hasty, message: `${name} goes round without a pause: its timers wait for less than a second.` }];
      return [
        {
          at: first,
          message: decides
            ? `${name} never ends once it goes round: nothing in it waits, or changes what its conditions read.`
            : `${name} goes round for ever: the gateway leads out of it and round at the same time.`,
        },
      ];
    });
  },
};
