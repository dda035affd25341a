/** What the API knows of a process with requests of its own. */
import type { LocalizedText, Variables } from '../../engine/model/plan.ts';
import type { InstanceRow } from '../../store/runtime/rows.ts';
import type { Deps } from '../http/deps.ts';
import type { Person } from '../http/policy.ts';
import type { Route } from '../http/route.ts';

export interface CaseText {
  id: string;
  name: LocalizedText;
  value: string;
}

/** Something that an instance does by itself at its time, or has left out. */
export interface PlannedStep {
  id: string;
  at: string;
  what: LocalizedText;
  /** Planned, or how it ended. */
  state: LocalizedText;
  /** Why at this minute, and why not. */
  why?: LocalizedText;
}

/** A start form, submitted by somebody who may start the process. */
export interface FormStart {
  person: Person;
  facility: string;
  /** Values as the form submits them. */
  values: Variables;
  idempotencyKey: string | undefined;
  timeScale: number | undefined;
}

export interface FormStarted {
  /** Of the instance. */
  id: string;
  businessKey: string;
  /** False: started by an earlier request with the same key. */
  began: boolean;
}

export interface ProcessApi {
  /** Key of its definition. */
  process: string;
  routes(deps: Deps): Route[];
  /** Data of an instance kept outside its variables, as far as this person may see it. */
  texts?(instance: InstanceRow, person: Person): Promise<CaseText[]>;
  /** What an instance plans and has left out, in the order of time: for its explanation. */
  steps?(instance: InstanceRow): Promise<PlannedStep[]>;
  /**
   * Handles `POST /api/instances` for the process: what its start form holds is kept outside the variables.
   * @throws ProblemError with the fields of the form
   */
  start?(deps: Deps, start: FormStart): Promise<FormStarted>;
  /** The process is not started by `POST /api/instances`: a sentence that says how instead. */
  startedElsewhere?: string;
  /**
   * Whether a message or signal of this name may come from the process's own requests only, not from `POST
   * /api/messages` and `/api/signals`.
   */
  sends?(name: string): boolean;
}
