/** The flow of a scope as a graph: where tokens begin, where they may go, and where one becomes several or chooses. */
import {
  body,
  child,
  childrenOf,
  eventDefinitionsOf,
  flag,
  isA,
  type ModdleElement,
  text,
} from '../compile/element.ts';
import { type Diagram, isEventSubProcess, nodesOf } from '../compile/rules/rule.ts';

export interface Edge {
  from: ModdleElement;
  to: ModdleElement;
  /** Absent: a boundary event begins, a link jumps, a handler is called. */
  flow?: ModdleElement;
}

/**
 * A place where a token takes one of its branches (`one`), any number of them (`some`) or all (`all`). A branch is a group of edges
 * that are taken together.
 */
export interface Split {
  at: ModdleElement;
  takes: 'one' | 'some' | 'all';
  branches: Edge[][];
}

export interface Graph {
  scope: ModdleElement;
  nodes: ModdleElement[];
  roots: ModdleElement[];
  next(node: ModdleElement): Edge[];
  into(node: ModdleElement): Edge[];
  splits: Split[];
}

const graphs = new WeakMap<Diagram, Map<ModdleElement, Graph>>();

/** @param scope a process or subprocess */
export function graphOf(scope: ModdleElement, diagram: Diagram): Graph {
  let known = graphs.get(diagram);
  if (!known) {
    known = new Map();
    graphs.set(diagram, known);
  }
  let graph = known.get(scope);
  if (!graph) {
    graph = build(scope, diagram);
    known.set(scope, graph);
  }
  return graph;
}

export const definitionTypes = (event: ModdleElement): string[] =>
  eventDefinitionsOf(event).map((definition) => definition.$type.replace(/^bpmn:|EventDefinition$/g, ''));

export const isInterrupting = (boundary: ModdleElement): boolean => boundary.get?.('cancelActivity') !== false;

/** A condition that is the constant false: the flow is never taken. */
const neverTaken = (flow: ModdleElement): boolean =>
  body(child(flow, 'conditionExpression'))?.replace(/^=/, '').trim() === 'false';

const linkName = (event: ModdleElement): string | undefined => {
  const link = eventDefinitionsOf(event).find((definition) => definition.$type === 'bpmn:LinkEventDefinition');
  return link && (text(link, 'name') ?? text(event, 'name'));
};

function build(scope: ModdleElement, diagram: Diagram): Graph {
  const nodes = nodesOf(scope);
  const inScope = new Set(nodes);
  const edges = new Map<ModdleElement, Edge[]>();
  const back = new Map<ModdleElement, Edge[]>();
  const add = (edge: Edge): void => {
    if (!inScope.has(edge.from) || !inScope.has(edge.to)) return;
    edges.set(edge.from, [...(edges.get(edge.from) ?? []), edge]);
    back.set(edge.to, [...(back.get(edge.to) ?? []), edge]);
  };
  for (const node of nodes) {
    for (const flow of diagram.outgoing(node)) {
      const to = child(flow, 'targetRef');
      if (to && !neverTaken(flow)) add({ from: node, to, flow });
    }
    const host = isA(node, 'bpmn:BoundaryEvent') ? child(node, 'attachedToRef') : undefined;
    if (host) add({ from: host, to: node });
    if (isA(node, 'bpmn:ThrowEvent') && linkName(node) !== undefined)
      for (const target of nodes)
        if (isA(target, 'bpmn:CatchEvent') && linkName(target) === linkName(node)) add({ from: node, to: target });
  }
  for (const association of childrenOf(scope, 'artifacts')) {
    const [from, to] = [child(association, 'sourceRef'), child(association, 'targetRef')];
    if (from && to && isA(from, 'bpmn:BoundaryEvent') && isA(to, 'bpmn:Activity')) add({ from, to });
  }
  const next = (node: ModdleElement): Edge[] => edges.get(node) ?? [];
  const into = (node: ModdleElement): Edge[] => back.get(node) ?? [];
  return {
    scope,
    nodes,
    roots: rootsOf(scope, nodes, diagram),
    next,
    into,
    splits: nodes.flatMap((node) => splitsAt(node, next)),
  };
}

/** Start events; without any, every node that nothing leads to (BPMN 2.0.2, 13.3.2). Event subprocesses begin by themselves. */
function rootsOf(scope: ModdleElement, nodes: ModdleElement[], diagram: Diagram): ModdleElement[] {
  const starts = nodes.filter((node) => isA(node, 'bpmn:StartEvent'));
  const implicit = starts.length === 0 || isA(scope, 'bpmn:AdHocSubProcess');
  return nodes.filter((node) => {
    if (isA(node, 'bpmn:StartEvent') || isEventSubProcess(node) || flag(node, 'instantiate')) return true;
    if (isA(node, 'bpmn:BoundaryEvent') || flag(node, 'isForCompensation')) return false;
    return implicit && diagram.incoming(node).length === 0 && !(isA(node, 'bpmn:CatchEvent') && linkName(node));
  });
}

function splitsAt(node: ModdleElement, next: (node: ModdleElement) => Edge[]): Split[] {
  const edges = next(node);
  const flows = edges.filter((edge) => edge.flow);
  const single = flows.map((edge) => [edge]);
  const splits: Split[] = [];
  if (flows.length > 1) splits.push({ at: node, takes: takenBy(node, flows), branches: single });
  const boundary = edges.filter((edge) => !edge.flow && isA(edge.to, 'bpmn:BoundaryEvent') && !isCompensation(edge.to));
  const ending = boundary.filter((edge) => isInterrupting(edge.to));
  const beside = boundary.filter((edge) => !isInterrupting(edge.to));
  if (ending.length > 0 && flows.length > 0)
    splits.push({ at: node, takes: 'one', branches: [flows, ...ending.map((edge) => [edge])] });
  if (beside.length > 0)
    splits.push({ at: node, takes: 'some', branches: [[...flows, ...ending], ...beside.map((edge) => [edge])] });
  return splits;
}

const isCompensation = (event: ModdleElement): boolean => definitionTypes(event).includes('Compensate');

function takenBy(node: ModdleElement, flows: Edge[]): Split['takes'] {
  if (isA(node, 'bpmn:ExclusiveGateway')) return 'one';
  if (isA(node, 'bpmn:EventBasedGateway')) return text(node, 'eventGatewayType') === 'Parallel' ? 'all' : 'one';
  if (isA(node, 'bpmn:ParallelGateway')) return 'all';
  if (isA(node, 'bpmn:InclusiveGateway') || isA(node, 'bpmn:ComplexGateway')) return 'some';
  return flows.some((edge) => edge.flow && child(edge.flow, 'conditionExpression')) ? 'some' : 'all';
}

/** Edges a token passes that begins with these, without going on from the nodes given. */
export function passed(graph: Graph, begin: Edge[], without: readonly ModdleElement[] = []): Set<Edge> {
  const seen = new Set<Edge>(begin);
  const queue = [...begin];
  for (let edge = queue.pop(); edge; edge = queue.pop()) {
    if (without.includes(edge.to)) continue;
    for (const further of graph.next(edge.to)) {
      if (seen.has(further)) continue;
      seen.add(further);
      queue.push(further);
    }
  }
  return seen;
}

/** Nodes a token may come to. */
export function reached(graph: Graph): Set<ModdleElement> {
  const begin = graph.roots.flatMap((root) => graph.next(root));
  return new Set([...graph.roots, ...[...passed(graph, begin)].map((edge) => edge.to)]);
}
