/** Evaluates the nodes of a plan: each once, with what it requires (DMN 1.5, 10.4). */
import { scopeOf } from '../feel/scope.ts';
import { anyType, coerce, type Type, withSignature } from '../feel/types.ts';
import { type FeelContext, type FeelValue, FunctionValue, functionOf } from '../feel/values.ts';
import { functionDefinition, logic } from './logic.ts';
import type { Builder, DecisionRunning, Flaw, NodeEvaluator, NodeRun, Place } from './place.ts';
import type { DecisionNode, DecisionPlan, NodeKey, Requirement } from './plan.ts';
import { newBuilder, shapeOfRequirements, typeAt, typed } from './program.ts';

export interface Program {
  plan: DecisionPlan;
  flaws: Flaw[];
  types: Builder['types'];
  evaluators: Map<NodeKey, NodeEvaluator>;
}

/** Values from outside, by the key of input data; in a call of a service also of its input decisions. */
export type Given = ReadonlyMap<NodeKey, FeelValue>;

const programs = new WeakMap<DecisionPlan, Program>();

/** The same plan object gives the same program. */
export function programOf(plan: DecisionPlan): Program {
  const known = programs.get(plan);
  if (known) return known;
  const flaws: Flaw[] = [];
  const builder = newBuilder(plan, flaws);
  const evaluators = new Map<NodeKey, NodeEvaluator>();
  const program: Program = { plan, flaws, types: builder.types, evaluators };
  for (const node of Object.values(plan.nodes)) evaluators.set(node.key, evaluatorOf(node, program, builder));
  programs.set(plan, program);
  return program;
}

/** Starts a run over values given from outside. */
function runOf(program: Program, given: Given, running: DecisionRunning): NodeRun {
  const values = new Map<NodeKey, FeelValue>(given);
  const active = new Set<NodeKey>();
  const run: NodeRun = {
    running,
    remember: (key, value) => void values.set(key, value),
    value(key) {
      const known = values.get(key);
      if (known !== undefined) return known;
      const evaluator = program.evaluators.get(key);
      if (!evaluator || active.has(key)) {
        running.problem('requirement-cycle', `"${program.plan.nodes[key]?.name ?? key}" requires itself.`);
        return null;
      }
      const outer = running.element;
      running.element = program.plan.nodes[key]?.id ?? key;
      active.add(key);
      const value = evaluator(run);
      active.delete(key);
      running.element = outer;
      values.set(key, value);
      return value;
    },
  };
  return run;
}

function variables(requires: Requirement[], run: NodeRun): FeelContext {
  const made: FeelContext = new Map();
  for (const { key, name, scope } of requires) {
    const value = run.value(key);
    if (scope === undefined) {
      made.set(name, value);
      continue;
    }
    const inner = made.get(scope);
    if (inner instanceof Map) inner.set(name, value);
    else made.set(scope, new Map([[name, value]]));
  }
  return made;
}

function evaluatorOf(node: DecisionNode, program: Program, builder: Builder): NodeEvaluator {
  const place: Place = { node, shape: shapeOfRequirements(node, builder), builder };
  const type = typeAt(node.type, place);
  switch (node.kind) {
    case 'input':
      return ({ running }) => {
        running.fail(`The input "${node.name}" was not given.`);
        return null;
      };
    case 'decision': {
      const evaluate = node.logic ? logic(node.logic, place) : () => null;
      return (run) => {
        const value = evaluate(scopeOf(variables(node.requires, run), run.running));
        return typed(value, type, `The result of "${node.name}"`, run.running);
      };
    }
    case 'knowledge': {
      const result = type.is === 'function' ? (type.result ?? anyType) : type;
      const make = node.logic ? functionDefinition(node.logic, place, result) : () => null;
      return (run) => {
        const names: FeelContext = new Map();
        const fn = make(scopeOf(names, run.running));
        run.remember(node.key, fn);
        names.set(node.name, fn);
        for (const [name, value] of variables(node.requires, run)) names.set(name, value);
        return fn;
      };
    }
    case 'service':
      return service(node, program, builder, type);
  }
}

/** A decision service is a function of its input data and input decisions (DMN 1.5, 10.4). */
function service(
  node: Extract<DecisionNode, { kind: 'service' }>,
  program: Program,
  builder: Builder,
  type: Type,
): NodeEvaluator {
  const result = type.is === 'function' ? (type.result ?? anyType) : type;
  return ({ running: outer }) => {
    const parameters = node.parameters.map(({ key, name }) => ({ key, name, type: typeOfNode(key, builder) }));
    const fn = functionOf(
      parameters.map(({ name, type: parameter }) => ({
        name,
        accept: (value: FeelValue) => coerce(value, parameter),
      })),
      (args, running) => {
        const given = new Map(parameters.map(({ key }, index) => [key, args[index] ?? null]));
        const run = runOf(program, given, { ...outer, depth: running.depth });
        const values = node.outputs.map(({ key, name }) => [name, run.value(key)] as const);
        const [single] = values;
        const value = values.length === 1 && single ? single[1] : new Map(values);
        return typed(value, result, `The result of "${node.name}"`, running);
      },
    );
    return withSignature(
      fn,
      parameters.map((parameter) => parameter.type),
      result,
    );
  };
}

const typeOfNode = (key: NodeKey, { plan, types }: Builder): Type => {
  const node = plan.nodes[key];
  return (node && types.named(node.type, node.namespace)) ?? anyType;
};

/** What a decision or service comes to; a business knowledge model or input has no value by itself. */
export function decide(program: Program, node: DecisionNode, given: Given, running: DecisionRunning): FeelValue {
  const run = runOf(program, given, running);
  const value = run.value(node.key);
  if (!(value instanceof FunctionValue) || node.kind !== 'service') return value;
  running.element = node.id;
  return value.positional(
    node.parameters.map(({ key }) => given.get(key) ?? null),
    running,
  );
}
