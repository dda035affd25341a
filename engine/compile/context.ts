/** State shared by all parts of the compiler while it compiles one process. */
import type { DecisionPlan } from '../dmn/plan.ts';
import type { JobWorker, LocalizedText, MessageTemplate, Plan } from '../model/plan.ts';
import type { ModdleElement } from './element.ts';
import type { Report } from './report.ts';

export interface CompileOptions {
  /** form-js schemas by form id; if given, an unknown form refuses the diagram. */
  forms?: Record<string, unknown>;
  /** English names by element id. */
  englishNames?: Record<string, string>;
  /** Texts of messages to people by id. */
  messageTemplates?: Readonly<Record<string, MessageTemplate>>;
  /** Known job types; if given, an unknown constant job type refuses the diagram. */
  jobTypes?: readonly string[];
  /** Job types done by workers of others, pinned in the plan; `*` for every type that is not known otherwise. */
  workers?: Readonly<Record<string, JobWorker>>;
  /** Ids of the roles that exist; a role that is named without being among them refuses the diagram. Absent: not checked. */
  roles?: readonly string[];
  /** Display names of roles, for the roles of the plan's tasks. */
  roleNames?: Readonly<Record<string, LocalizedText>>;
  /** Role of user tasks without candidates. */
  groupOfLastResort?: string;
  /**
   * Job type that runs scripts written in other languages than FEEL: it gets them as headers `script` and `scriptFormat`.
   * Without it such scripts refuse the diagram.
   */
  scriptJobType?: string;
  /** Compiled DMN files of the deployment (`compileDmn`); a constant decision id that is not among them refuses the diagram. */
  decisions?: readonly DecisionPlan[];
}

export interface Compilation {
  readonly plan: Plan;
  /** The form-js schemas of the forms in the plan. */
  readonly schemas: Record<string, unknown>;
  readonly definitions: ModdleElement;
  readonly options: CompileOptions;
  readonly report: Report;
  /** Innermost lane by the id of a flow node. */
  readonly laneOf: Map<string, ModdleElement>;
}
