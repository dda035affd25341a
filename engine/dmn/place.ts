/** What the parts of a plan that is made ready share: where they stand, and what an evaluation of decisions carries along. */
import type { Shape } from '../feel/names.ts';
import type { Scope } from '../feel/scope.ts';
import type { Type } from '../feel/types.ts';
import type { FeelValue, Running } from '../feel/values.ts';
import type { DecisionNode, DecisionPlan, NodeKey } from './plan.ts';
import type { Types } from './types.ts';

/** @returns the value of a variable outside of the model, undefined where there is none */
export type OpenInputs = (name: string, type: Type) => FeelValue | undefined;

/** A table that was evaluated and the rules that made its result. */
export interface MatchedTable {
  decision: string;
  table: string;
  rules: { index: number; id: string }[];
}

export interface Flaw {
  code: string;
  message: string;
  /** Id of its node. */
  element: string;
  /** Name that was not found. */
  variable?: string;
}

/** What an evaluation of decisions carries along besides what FEEL does. */
export interface DecisionRunning extends Running {
  /** Node whose logic is being evaluated. */
  element: string;
  matched: MatchedTable[];
  /** Where names that nothing declares may be read. */
  open?: OpenInputs;
  problem(code: string, message: string, variable?: string): void;
}

export const decisionRunning = (scope: Scope): DecisionRunning => scope.running as DecisionRunning;

/** Location of an expression during the compilation of a plan. */
export interface Place {
  node: DecisionNode;
  shape: Record<string, Shape>;
  builder: Builder;
}

export interface Builder {
  plan: DecisionPlan;
  types: Types;
  flaw(node: DecisionNode, code: string, message: string): void;
}

export type NodeEvaluator = (run: NodeRun) => FeelValue;

/** Values of nodes within one evaluation, or within one call of a decision service. */
export interface NodeRun {
  running: DecisionRunning;
  value(key: NodeKey): FeelValue;
  /** For what may call itself: known before all it requires is. */
  remember(key: NodeKey, value: FeelValue): void;
}
