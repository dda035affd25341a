/** What the API must know of a process with requests of its own. */
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

/** A start form, as somebody who may start the process has filled it in. */
export interface FormStart {
  person: Person;
  facility: string;
  /** As the form writes them. */
  values: Variables;
  idempotencyKey: string | undefined;
  timeScale: number | undefined;
}

export interface FormStarted {
  /** Of the instance. */
  id: string;
  businessKey: string;
  /** False: an earlier request with the same key had. */
  began: boolean;
}

export interface ProcessApi {
  /** Key of its definition. */
  process: string;
  routes(deps: Deps): Route[];
  /** What was told of an instance and is kept outside of its variables, as far as this person may see it. */
  texts?(instance: InstanceRow, person: Person): Promise<CaseText[]>;
  /**
   * What `POST /api/instances` does for it: what its start form holds is kept outside of the variables.
   * @throws ProblemError with the fields of the form
   */
  start?(deps: Deps, start: FormStart): Promise<FormStarted>;
  /** It is not started by `POST /api/instances`: how instead, in a sentence. */
  startedElsewhere?: string;
  /** Whether a message or signal of this name comes from its own requests only, not by `POST /api/messages` and `/api/signals`. */
  sends?(name: string): boolean;
}
