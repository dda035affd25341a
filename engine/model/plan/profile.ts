/** What generic code must know of a process, as its diagram says it in `careloop:` extensions: starters, leaders, keys, stages, columns, rules. */
import type { Expression } from './values.ts';

export interface ProcessProfile {
  /** Role ids that may start it at a facility of theirs; `*`: any employee. Empty: operators only. `careloop:candidateStarterGroups`. */
  candidateStarterGroups: string[];
  /** Role ids that lead it at their facility: they see all of it, assign, urge and correct. `careloop:leaderGroups`. */
  leaderGroups: string[];
  /** How its business keys are made, for instance `{facility}{yyyy}{MM}{serial:4}`. Absent: whoever starts it names the key, or gets a random one. */
  businessKeyPattern?: KeyPart[];
  /** In the order of the diagram's declaration. `careloop:stage`. */
  stages: ProcessStage[];
  /** What lists show and search, kept on the instance's row. `careloop:column`. */
  columns: ProcessColumn[];
  /** What only the page of an instance shows, worked out when it is opened. `careloop:column listed="false"`. */
  facts?: ProcessColumn[];
  /** Dotted paths of the rule set that it gets as `rules` (`limits.refund`); absent: none. `careloop:rules`. */
  rules?: string[];
  /** Form of the none start event (`zeebe:formDefinition`): what a start asks for. Id in `Plan.forms`. */
  startForm?: string;
}

/** One part of a business key. The serial restarts whenever the parts before it differ. */
export type KeyPart =
  | { kind: 'text'; text: string }
  | { kind: 'facility' }
  /** Of the start's instant in the facility's zone. */
  | { kind: 'date'; field: 'yyyy' | 'yy' | 'MM' | 'dd' }
  /** Digits at least; more than they hold simply makes a longer number. */
  | { kind: 'serial'; digits: number };

export interface ProcessStage {
  /** As elements name it in `careloop:stage`. */
  id: string;
  name: string;
  englishName?: string;
}

export type ColumnType = 'text' | 'choice' | 'number' | 'money' | 'date' | 'person';

export interface ProcessColumn {
  /** Name of the field in lists, filters and sorts. */
  id: string;
  name: string;
  englishName?: string;
  type: ColumnType;
  /** FEEL over the variables of the process; null or a failure: the row has no such field. */
  value: Expression;
  /** Filters and the search by text look into it. */
  searchable: boolean;
  /** Of a `choice`: the values it may have, with their names. */
  choices?: { value: string; name: string; englishName?: string }[];
}
