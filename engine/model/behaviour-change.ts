/** An entry of the two registers of behaviour changes: `engine/core/revision.ts` and `workflows/runtime/command-changes.ts`. */
export interface BehaviourChange {
  /** Consecutive within its register and never used again, also when the entry's code is gone. */
  number: number;
  /** What running instances keep doing, and what instances do from this change on. */
  what: string;
  /** Day it was made, YYYY-MM-DD. */
  since: string;
  /** Name of a file of tests/histories (without `.json`) of an instance from before the change. */
  history: string;
  /** When the branch for instances of before may be removed. */
  removable: string;
  /** Day the branch was removed, YYYY-MM-DD. The entry stays, so that its number and id are not used again. */
  removed?: string;
}

/** Ids of a register whose branch still exists: only these can be queried. */
export type ActiveChange<Register> = {
  [Id in keyof Register]: Register[Id] extends { removed: string } ? never : Id;
}[keyof Register] &
  string;
