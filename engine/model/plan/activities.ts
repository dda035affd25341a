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
  /** `careloop:bulkCompletion`: several may be completed at once with the same answers. */
  bulkCompletion?: true;
  dueDate?: Expression;
  followUpDate?: Expression;
  priority?: Expression;
  formId?: string;
  /** For its listeners. */
  headers?: Record<string, string>;
}

/** What a field takes. `computed` is worked out on the server; `list` has rows of fields of its own; `files` is a list of ids of files. */
export type FieldType =
  | 'text'
  | 'number'
  | 'boolean'
  | 'date'
  | 'time'
  | 'datetime'
  | 'choice'
  | 'choices'
  | 'files'
  | 'list'
  | 'computed';

export interface FieldOption {
  value: Json;
  label: string;
}

/** A field of a form, as its form-js component says it (`engine/compile/form-components.ts`). Components that only show are not in the plan. */
export interface FormField {
  /** Dotted path from the form, or from the row of its list; the paths of the groups around it come first. */
  key: string;
  type: FieldType;
  label: string;
  required: boolean;
  options?: FieldOption[];
  /** Options that come from elsewhere: a variable as the task finds it, or FEEL over what is being filled in. */
  optionsFrom?: { variable: string } | { feel: string };
  default?: Json;
  /** Shown, but not to be written: always, or when this holds. */
  readonly?: true | { feel: string };
  min?: number | { feel: string };
  max?: number | { feel: string };
  minLength?: number | { feel: string };
  maxLength?: number | { feel: string };
  /** JavaScript, somewhere in the text. */
  pattern?: string;
  format?: 'email' | 'phone';
  decimalDigits?: number;
  /** A decimal number; values are whole multiples of it. */
  increment?: string;
  /** The number is kept as text. */
  asText?: true;
  /** No day before today at the facility. */
  notPast?: true;
  /** How times are written: with an offset, in UTC (`Z`), or without zone. Absent: any of them. */
  zone?: 'offset' | 'utc' | 'none';
  /** Conditions over `value` and what else is filled in, each with what is said when it does not hold. */
  custom?: { condition: { feel: string }; message: string | { feel: string } }[];
  /** FEEL: the field is hidden, and not demanded, when this holds over the variables and the values given. */
  hiddenWhen?: string;
  /** Of files: what a file dialog offers (`image/*`, `.pdf`, with commas between). */
  accept?: string;
  /** Of files: more than one, always or when this holds. */
  multiple?: true | { feel: string };
  /** Of a list: the fields of each row. */
  fields?: FormField[];
  /** Number of initial rows of a list whose rows cannot be added or removed. */
  fixedRows?: number;
  /** Of a computed field. */
  expression?: { feel: string };
}

export interface PlanForm {
  id: string;
  name?: string;
  fields: FormField[];
}

/** Of a user task's life (`zeebe:taskListeners`). */
export type TaskListenerEvent = 'creating' | 'assigning' | 'updating' | 'completing' | 'canceling';
/** Events of execution listeners; `beforeAll` is for a multi-instance as a whole, `cancel` for the process (`zeebe:executionListeners`). */
export type ListenerEvent = 'start' | 'end' | 'beforeAll' | 'cancel' | TaskListenerEvent;
