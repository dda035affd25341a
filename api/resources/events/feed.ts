/**
 * Polls the database once per API process on behalf of all open change streams; not at all while there are none. Each
 * process polls for itself, so it does not matter which one a browser is connected to.
 */
import type { Logger } from 'pino';
import { findRowChanges, type RowChange } from '../../../store/runtime/row-changes.ts';

/** Overlap of polls: the maximum delay of writes and clock skew. */
export const lookBackMs = 5000;
const everyMs = 1000;
/** With more changed rows than this per poll, clients reload everything. */
const mostAtOnce = 2000;

export interface Follower {
  changed(changes: RowChange[]): void;
  /** Changes may have been missed. */
  lost(): void;
}

export class ChangeFeed {
  readonly #followers = new Set<Follower>();
  readonly #log: Logger;
  /** Known rows with their write time. */
  readonly #known = new Map<string, number>();
  #since = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** @returns unsubscribes */
  follow(follower: Follower): () => void {
    this.#followers.add(follower);
    if (this.#followers.size === 1) this.#begin();
    return () => {
      this.#followers.delete(follower);
      if (this.#followers.size === 0) clearTimeout(this.#timer);
    };
  }

  #begin(): void {
    this.#known.clear();
    this.#since = Date.now();
    this.#next();
  }

  #next(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), everyMs).unref();
  }

  async #look(): Promise<void> {
    try {
      const rows = await findRowChanges(this.#since - lookBackMs, mostAtOnce);
      const all = [...this.#followers];
      if (rows.length >= mostAtOnce) {
        this.#known.clear();
        this.#since = Date.now();
        for (const one of all) one.lost();
      } else {
        const fresh = this.#unknownOf(rows);
        if (fresh.length > 0) for (const one of all) one.changed(fresh);
      }
    } catch (error) {
      // The next successful poll catches up.
      this.#log.debug({ err: error instanceof Error ? error.name : 'unknown' }, 'changes not read');
    }
    if (this.#followers.size > 0) this.#next();
  }

  #unknownOf(rows: RowChange[]): RowChange[] {
    const fresh = rows.filter((row) => this.#known.get(keyOf(row)) !== row.writtenAt);
    for (const row of fresh) {
      this.#known.set(keyOf(row), row.writtenAt);
      // A skewed clock must not hide other writers' changes.
      this.#since = Math.max(this.#since, Math.min(row.writtenAt, Date.now()));
    }
    for (const [key, writtenAt] of this.#known) if (writtenAt < this.#since - lookBackMs) this.#known.delete(key);
    return fresh;
  }
}

const keyOf = ({ kind, _id }: RowChange): string => `${kind} ${_id}`;
