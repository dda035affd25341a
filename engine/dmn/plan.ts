/** The decisions of a file and its imports as plain JSON: made once at deployment, pinned with the process, never changed. */

/** Key of a node in the plan: its id, in imported models behind the namespace (`<namespace>#<id>`). */
export type NodeKey = string;

export interface DecisionPlan {
  format: 1;
  /** Id and name of the definitions. */
  id: string;
  name: string;
  namespace: string;
  /** Input data, decisions, business knowledge models and decision services of the file and all it imports. */
  nodes: Record<NodeKey, DecisionNode>;
  /** Types by name; those of imported models as `<import>.<name>`. Per namespace, as each model names types by itself. */
  types: Record<string, Record<string, DataType>>;
  /** Per namespace the names under which it imports other models. */
  imports: Record<string, Record<string, string>>;
}

interface Node {
  key: NodeKey;
  id: string;
  /** The variable's, as FEEL sees it. */
  name: string;
  /** The element's own, where it is another. */
  label?: string;
  namespace: string;
  /** Type of the variable. */
  type?: string;
  /** `zeebe:versionTag` of a decision or decision service. */
  versionTag?: string;
}

/** What a node may read, under which name. `scope` is the name of its import. */
export interface Requirement {
  key: NodeKey;
  name: string;
  scope?: string;
}

export type DecisionNode =
  | ({ kind: 'input' } & Node)
  | ({ kind: 'decision'; requires: Requirement[]; logic?: Boxed } & Node)
  | ({ kind: 'knowledge'; requires: Requirement[]; logic?: BoxedFunction } & Node)
  | ({
      kind: 'service';
      outputs: Requirement[];
      /** Decisions that are worked out inside. */
      encapsulated: Requirement[];
      /** Its parameters, in order: input decisions after input data (DMN 1.5, 10.4). */
      parameters: (Requirement & { type?: string })[];
    } & Node);

export type DataType = {
  /** A FEEL type or another named type; absent with components. */
  type?: string;
  /** Entries of a structure. */
  components?: { name: string; type: DataType }[];
  isCollection: boolean;
  /** Unary tests that the value (of a collection: each entry) must pass. */
  allowedValues?: string;
  /** Unary tests over the whole value (DMN 1.5, 7.3.3). */
  typeConstraint?: string;
  function?: { parameters: { name: string; type?: string }[]; result?: string };
};

export type HitPolicy = 'UNIQUE' | 'FIRST' | 'PRIORITY' | 'ANY' | 'COLLECT' | 'RULE ORDER' | 'OUTPUT ORDER';

export type Aggregation = 'SUM' | 'COUNT' | 'MIN' | 'MAX';

interface Expression {
  id?: string;
  /** Declared type of the result. */
  type?: string;
}

export interface DecisionTable extends Expression {
  kind: 'table';
  id: string;
  hitPolicy: HitPolicy;
  aggregation?: Aggregation;
  inputs: { text: string; type?: string; allowed?: string }[];
  outputs: { name?: string; type?: string; allowed?: string; default?: string }[];
  rules: { id: string; inputs: string[]; outputs: string[] }[];
}

export interface BoxedFunction extends Expression {
  kind: 'function';
  language: 'FEEL' | 'Java' | 'PMML';
  parameters: { name: string; type?: string }[];
  body?: Boxed;
}

/** Boxed expressions (DMN 1.5, 7.3 and 10.2). */
export type Boxed =
  | ({ kind: 'literal'; text: string } & Expression)
  | DecisionTable
  | ({ kind: 'context'; entries: { name?: string; type?: string; value: Boxed }[] } & Expression)
  | ({ kind: 'list'; entries: Boxed[] } & Expression)
  | ({ kind: 'relation'; columns: { name: string; type?: string }[]; rows: Boxed[][] } & Expression)
  | ({ kind: 'invocation'; called: string; arguments: { name: string; value: Boxed }[] } & Expression)
  | BoxedFunction
  | ({ kind: 'conditional'; condition: Boxed; whenTrue: Boxed; otherwise: Boxed } & Expression)
  | ({ kind: 'for' | 'some' | 'every'; variable: string; in: Boxed; body: Boxed } & Expression)
  | ({ kind: 'filter'; in: Boxed; match: Boxed } & Expression);
