/** What the store must know of a process with collections of its own. */
import type { ProcessRow } from '../runtime/rows.ts';

export interface Addressee {
  /** Number of the record, where it is known. */
  patient?: string;
  phone?: string;
}

export interface ProcessStore {
  /** Key of its definition. */
  process: string;
  /** Its collections, whose indexes are made at connect. */
  models: readonly { createIndexes(): Promise<unknown> }[];
  /**
   * Writes the row that its workflow tells besides the instance's, guarded by `seq` (store/runtime/row-writing.ts).
   * @returns false when a row of another instance or facility stands under this id: it stays
   */
  write?(row: ProcessRow): Promise<boolean>;
  /** To whom its letters to `patient` go that name no record; undefined: nobody. */
  addressee?(businessKey: string): Promise<Addressee | undefined>;
  /** An instance was ended from outside and cannot tell of it itself. Safe to repeat. */
  endedOutside?(businessKey: string, endedAt: string): Promise<void>;
}
