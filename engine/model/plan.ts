/** The plan: a drawn process compiled to plain JSON. Made once at deployment, pinned by hash, never changed. */
import type { DecisionPlan } from '../dmn/plan.ts';
import type { PlanForm } from './plan/activities.ts';
import type { PlanElement } from './plan/elements.ts';
import type { ProcessProfile } from './plan/profile.ts';
import type { ElementId, Expression, FlowId, LocalizedText } from './plan/values.ts';
import type { TemplateVariable } from './template-variable.ts';

export type * from './plan/activities.ts';
export type * from './plan/elements.ts';
export type * from './plan/event-definitions.ts';
export type * from './plan/profile.ts';
export type * from './plan/values.ts';

export interface Plan {
  format: 1;
  /** Process id of the diagram: the definition's key. */
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
  /** Job types of this diagram that others' workers do, as registered when it was deployed: a running instance keeps to them. */
  workers?: Record<string, JobWorker>;
  /** The decisions that its business rule tasks take, pinned with it. */
  decisions?: DecisionPlan[];
  /** Texts of messages to people by id (`messages.json`), where the definition brings them. */
  messageTemplates?: Record<string, MessageTemplate>;
  /** Attribute of the process: `careloop:title`, a FEEL expression for the line people see, without personal data. */
  title?: Expression;
  /** Names of the roles that its tasks go to, as they were when it was deployed. */
  roleNames?: Record<string, LocalizedText>;
  /**
   * Elements take in whatever comes: for models of others, which declare nothing (conformance suites). A deployment never sets it.
   */
  openIntake?: true;
  /** What generic code must know of the process; absent: nothing is declared. */
  profile?: ProcessProfile;
}

/** `{name}` stands for a value that the job is given. */
export interface MessageText {
  subject: string;
  body: string;
}

export interface MessageTemplate {
  zh: MessageText;
  en?: MessageText;
  /** What its values are, by name. */
  variables?: Record<string, TemplateVariable>;
}

export interface PlanFlow {
  id: FlowId;
  name?: string;
  source: ElementId;
  target: ElementId;
  condition?: Expression;
}

/** The worker of a job type that is not built in: a Temporal worker with activities of that name (docs/job-workers.md). Durations are ISO 8601. */
export interface JobWorker {
  taskQueue: string;
  /** Names of what it answers, taken in at elements without output mappings. */
  outputs?: string[];
  /** How long one attempt may take. */
  startToCloseTimeout?: string;
  /** At the latest after this an attempt under way must be heard of. */
  heartbeatTimeout?: string;
  /** Not taken by any worker for this long, it is an incident until one comes. */
  scheduleToStartTimeout?: string;
}

/** Something wrong or doubtful in a diagram. An `error` refuses the deployment; an `info` may well be meant so. */
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
  /** The constraints of the standard that are broken, as numbered by the public conformance suite (`EXT128`, `REF`). */
  constraints?: string[];
}
