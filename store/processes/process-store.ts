/** What the store knows of a process with collections of its own. */
import type { ProcessRow } from '../runtime/rows.ts';

export interface Addressee {
  /** Record number, if known. */
  patient?: string;
  phone?: string;
}

export interface ProcessStore {
  /** Key of its definition. */
  process: string;
  /** Its collections, whose indexes are created at connect. */
  models: readonly { createIndexes(): Promise<unknown> }[];
  /**
   * Writes the process's own row besides the instance's, guarded by `seq` (store/runtime/row-writing.ts).
   * @returns false when a row of another instance or facility has this id, which is kept
   */
  write?(row: ProcessRow): Promise<boolean>;
  /** Recipient of letters to `patient` without a record number; undefined: nobody. */
  addressee?(businessKey: string): Promise<Addressee | undefined>;
  /** Cleans up after an instance that was terminated from outside. Idempotent. */
  endedOutside?(businessKey: string, endedAt: string): Promise<void>;
}
