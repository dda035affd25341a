/** What activities are given besides their kind: mappings and data, loops, jobs, the people and forms of user tasks, listeners. */
import type { EventDefinition } from './event-definitions.ts';
import type { Expression, Json } from './values.ts';

/** `source` is evaluated in the inner scope (inputs: the outer one) and written to `target`, a dotted path. */
export interface Mapping {
  source: Expression;
  target: string;
}

export interface DataAssociation {
  source?: string;
  target: string;
  assignments?: { from: Expression; to: Expression }[];
  transformation?: Expression;
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

export interface JobDefinition {
  /** `zeebe:taskDefinition type`, the name of the activity that does it. */
  type: Expression;
  retries?: Expression;
  headers?: Record<string, string>;
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

/** Of a user task's life (`zeebe:taskListeners`). */
export type TaskListenerEvent = 'creating' | 'assigning' | 'updating' | 'completing' | 'canceling';
/** What a listener may hear; `beforeAll` is for a multi-instance as a whole, `cancel` for the process (`zeebe:executionListeners`). */
export type ListenerEvent = 'start' | 'end' | 'beforeAll' | 'cancel' | TaskListenerEvent;
