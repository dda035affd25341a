/** The plan: a drawn process compiled to plain JSON. Made once at deployment, pinned by hash, never changed. */

import type { DecisionPlan } from './dmn/plan.ts';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Variables = Record<string, Json>;

export type ElementId = string;
export type FlowId = string;

/** FEEL source without its leading `=`, or a constant that was written as such. */
export type Expression = { feel: string } | { literal: string };

/** Words a person reads, Chinese first. */
export interface Words {
  zh: string;
  en: string;
}

/** `source` is evaluated in the inner scope (inputs: the outer one) and written to `target`, a dotted path. */
export interface Mapping {
  source: Expression;
  target: string;
}

export interface PlanFlow {
  id: FlowId;
  name?: string;
  source: ElementId;
  target: ElementId;
  condition?: Expression;
}

export interface TimerDefinition {
  kind: 'date' | 'duration' | 'cycle';
  value: Expression;
}

/** A timer that is a promise: crossing it makes the instance overdue and is told to the roles (`careloop:limit`). */
export interface LimitDefinition {
  /** Stable id, for instance `firstContact`, `closure`. */
  id: string;
  name: string;
  /** Role ids told at the breach. */
  tell: string[];
}

/** Event definitions (BPMN 2.0.2, 10.5.5). A none event has an empty list. */
export type EventDefinition =
  | { type: 'message'; name: Expression; correlationKey?: Expression }
  | { type: 'timer'; timer: TimerDefinition; limit?: LimitDefinition }
  | { type: 'error'; code?: Expression; codeVariable?: string; messageVariable?: string }
  | { type: 'escalation'; code?: Expression; codeVariable?: string }
  | { type: 'signal'; name: Expression }
  | { type: 'conditional'; condition: Expression }
  | { type: 'compensate'; activity?: ElementId; waitForCompletion: boolean }
  | { type: 'link'; name: string }
  | { type: 'cancel' }
  | { type: 'terminate' };

export type EventType = EventDefinition['type'];

/** A field of a form: what a completion must bring. Taken from form-js schemas. */
export interface FormField {
  key: string;
  type: 'text' | 'number' | 'boolean' | 'date' | 'datetime' | 'choice' | 'choices' | 'object' | 'list';
  label: string;
  required: boolean;
  options?: { value: Json; label: string }[];
  min?: number;
  max?: number;
  minLength?: number;
  maxLength?: number;
  pattern?: string;
  /** FEEL: the field is hidden (and not demanded) when this holds over the variables and the values given. */
  hiddenWhen?: string;
}

export interface PlanForm {
  id: string;
  name?: string;
  fields: FormField[];
}

export interface StandardLoop {
  type: 'standard';
  testBefore: boolean;
  condition?: Expression;
  maximum?: Expression;
}

export interface MultiInstance {
  type: 'multi';
  sequential: boolean;
  cardinality?: Expression;
  inputCollection?: Expression;
  inputElement?: string;
  outputCollection?: string;
  outputElement?: Expression;
  completionCondition?: Expression;
  behavior: 'all' | 'one' | 'none' | 'complex';
  noneEvent?: EventDefinition;
  oneEvent?: EventDefinition;
  complex?: { condition: Expression; event: EventDefinition }[];
}

/** Of a user task's life (`zeebe:taskListeners`). */
export type TaskListenerEvent = 'creating' | 'assigning' | 'updating' | 'completing' | 'canceling';
/** What a listener may hear; `beforeAll` is for a multi-instance as a whole, `cancel` for the process (`zeebe:executionListeners`). */
export type ListenerEvent = 'start' | 'end' | 'beforeAll' | 'cancel' | TaskListenerEvent;

interface Node {
  id: ElementId;
  /** The user's words from the drawing. */
  name?: string;
  /** The enclosing scope element; null for the process itself. */
  parent: ElementId | null;
  /** `careloop:stage`: the stage of the business process that begins here. */
  stage?: string;
  /** `zeebe:properties`, kept for whoever reads the plan. */
  properties?: Record<string, string>;
  /** Jobs that run before the element goes on, in their order. */
  listeners?: Partial<Record<ListenerEvent, JobDefinition[]>>;
}

interface FlowNode extends Node {
  incoming: FlowId[];
  outgoing: FlowId[];
  defaultFlow?: FlowId;
}

/** What every activity may carry (BPMN 2.0.2, 10.3). */
interface Activity extends FlowNode {
  boundary?: ElementId[];
  inputs?: Mapping[];
  outputs?: Mapping[];
  loop?: StandardLoop | MultiInstance;
  forCompensation?: boolean;
  startQuantity?: number;
  completionQuantity?: number;
  dataInputs?: DataAssociation[];
  dataOutputs?: DataAssociation[];
}

export interface DataAssociation {
  source?: string;
  target: string;
  assignments?: { from: Expression; to: Expression }[];
  transformation?: Expression;
}

export interface JobDefinition {
  /** `zeebe:taskDefinition type`, the name of the activity that does it. */
  type: Expression;
  retries?: Expression;
  headers?: Record<string, string>;
}

/** Who does a kind of job that is not built in: a Temporal worker with activities of that name (docs/job-workers.md). Durations are ISO 8601. */
export interface JobWorker {
  taskQueue: string;
  /** How long one attempt may take. */
  startToCloseTimeout?: string;
  /** At the latest after this an attempt under way must be heard of. */
  heartbeatTimeout?: string;
  /** Not taken by any worker for this long, it is an incident until one comes. */
  scheduleToStartTimeout?: string;
}

export interface UserTaskDefinition {
  assignee?: Expression;
  candidateGroups?: Expression;
  candidateUsers?: Expression;
  /** `careloop:excludedUsers`: staff ids that may not act, for instance the applicant of a refund. */
  excludedUsers?: Expression;
  dueDate?: Expression;
  followUpDate?: Expression;
  priority?: Expression;
  formId?: string;
  /** For its listeners. */
  headers?: Record<string, string>;
}

interface ScopeNode extends Activity {
  /** Where tokens begin: the none start event, or the nodes without incoming flow (BPMN 2.0.2, 13.3.2 implicit start). */
  starts: ElementId[];
  eventSubProcesses?: ElementId[];
  properties?: Record<string, string>;
  /** Data objects and properties. */
  data?: { id: string; name: string; isCollection: boolean; property?: true }[];
}

export type PlanElement =
  | ({ kind: 'process'; executable: boolean } & Omit<ScopeNode, 'boundary' | 'loop'>)
  | ({ kind: 'subProcess' | 'transaction' } & ScopeNode)
  | ({ kind: 'eventSubProcess' } & ScopeNode)
  | ({
      kind: 'adHocSubProcess';
      ordering: 'parallel' | 'sequential';
      completionCondition?: Expression;
      cancelRemaining: boolean;
      activeElements?: Expression;
    } & ScopeNode)
  | ({ kind: 'task' | 'manualTask' } & Activity)
  | ({ kind: 'userTask'; user: UserTaskDefinition } & Activity)
  | ({ kind: 'serviceTask'; job: JobDefinition } & Activity)
  | ({
      kind: 'sendTask';
      job?: JobDefinition;
      /** Without a job: what it publishes itself (BPMN 2.0.2, 10.3.3 messageRef). */
      message?: { name: Expression; correlationKey?: Expression };
    } & Activity)
  | ({
      kind: 'scriptTask';
      script?: { source: Expression; resultVariable?: string; format?: string };
      job?: JobDefinition;
    } & Activity)
  | ({
      kind: 'businessRuleTask';
      decision?: { id: Expression; resultVariable: string; binding: string };
      job?: JobDefinition;
    } & Activity)
  | ({
      kind: 'receiveTask';
      message: { name: Expression; correlationKey?: Expression };
      instantiate: boolean;
    } & Activity)
  | ({
      kind: 'callActivity';
      process: Expression;
      binding: string;
      /** `careloop:businessKey`; absent: `<business key of this instance>-<wait key>`. */
      businessKey?: Expression;
      propagateAllParent: boolean;
      propagateAllChild: boolean;
    } & Activity)
  | ({ kind: 'exclusiveGateway' | 'parallelGateway' | 'inclusiveGateway' } & FlowNode)
  | ({ kind: 'complexGateway'; activationCondition?: Expression } & FlowNode)
  | ({ kind: 'eventBasedGateway'; instantiate: boolean; parallel: boolean } & FlowNode)
  | ({ kind: 'startEvent'; events: EventDefinition[]; interrupting: boolean; parallelMultiple: boolean } & FlowNode & {
        outputs?: Mapping[];
        dataOutputs?: DataAssociation[];
        /** `careloop:facilities`: where a timer begins the process; absent: at every facility. */
        facilities?: string[];
      })
  | ({ kind: 'intermediateCatchEvent'; events: EventDefinition[]; parallelMultiple: boolean } & FlowNode & {
        inputs?: Mapping[];
        outputs?: Mapping[];
        dataOutputs?: DataAssociation[];
      })
  | ({
      kind: 'boundaryEvent';
      events: EventDefinition[];
      interrupting: boolean;
      parallelMultiple: boolean;
      attachedTo: ElementId;
      /** The activity a compensation boundary event is associated with (BPMN 2.0.2, 10.7.1). */
      handler?: ElementId;
    } & FlowNode & { outputs?: Mapping[]; dataOutputs?: DataAssociation[] })
  | ({ kind: 'intermediateThrowEvent' | 'endEvent'; events: EventDefinition[]; job?: JobDefinition } & FlowNode & {
        inputs?: Mapping[];
        dataInputs?: DataAssociation[];
        outputs?: Mapping[];
      });

export type ElementKind = PlanElement['kind'];
export type ElementOf<K extends ElementKind> = PlanElement extends infer E
  ? E extends PlanElement
    ? [Extract<E['kind'], K>] extends [never]
      ? never
      : E
    : never
  : never;

export interface Plan {
  format: 1;
  /** Process id of the drawing: the definition's key. */
  key: ElementId;
  name: string;
  versionTag?: string;
  /** Every element by id, the process itself under `key`. */
  elements: Record<ElementId, PlanElement>;
  flows: Record<FlowId, PlanFlow>;
  forms: Record<string, PlanForm>;
  /** English names by element id (`*.en.json`), where the definition brings them. */
  englishNames?: Record<ElementId, string>;
  /** Inclusive joins: per gateway and incoming flow, the elements from which a token can still reach that flow. */
  reach?: Record<ElementId, Record<FlowId, ElementId[]>>;
  /** Job types of this drawing that others' workers do, as registered when it was deployed: a running instance keeps to them. */
  workers?: Record<string, JobWorker>;
  /** The decisions that its business rule tasks take, pinned with it. */
  decisions?: DecisionPlan[];
  /** Attribute of the process: `careloop:title`, a FEEL expression for the line people see, without personal data. */
  title?: Expression;
}

/** Something wrong or doubtful in a drawing. An `error` refuses the deployment; an `info` may well be meant so. */
export interface Problem {
  severity: 'error' | 'warning' | 'info';
  /** Stable, for instance `unsupported-element`, `unresolved-reference`, `bad-expression`. */
  code: string;
  element?: ElementId;
  elementName?: string;
  message: string;
  /** What to do about it. */
  hint?: string;
  position?: { line: number; column: number };
  /** The constraint of the standard that is broken, as numbered by the public conformance suite (`EXT128`, `REF`). */
  constraint?: string;
}
