/**
 * One look at the database for all who follow changes through this program. While nobody follows, nothing is asked. Every program of the
 * API looks for itself: which of them a browser is connected to makes no difference.
 */
import type { Logger } from 'pino';
import { findRowChanges, type RowChange } from '../../../store/runtime/row-changes.ts';

/** Rows may be written so much later than they say, or by a clock that is so far behind. */
export const lookBackMs = 5000;
const everyMs = 1000;
/** More rows than that since the last look: whoever follows reads everything anew. */
const mostAtOnce = 2000;

export interface Follower {
  changed(changes: RowChange[]): void;
  /** Changes may have been passed over. */
  lost(): void;
}

export class ChangeFeed {
  readonly #followers = new Set<Follower>();
  readonly #log: Logger;
  /** Known rows as they were, by when they were written. */
  readonly #known = new Map<string, number>();
  #since = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(log: Logger) {
    this.#log = log;
  }

  /** @returns ends it */
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
      // What was missed is found by the next look that succeeds.
      this.#log.debug({ err: error instanceof Error ? error.name : 'unknown' }, 'changes not read');
    }
    if (this.#followers.size > 0) this.#next();
  }

  #unknownOf(rows: RowChange[]): RowChange[] {
    const fresh = rows.filter((row) => this.#known.get(keyOf(row)) !== row.writtenAt);
    for (const row of fresh) {
      this.#known.set(keyOf(row), row.writtenAt);
      // A clock that is ahead does not hide what others write.
      this.#since = Math.max(this.#since, Math.min(row.writtenAt, Date.now()));
    }
    for (const [key, writtenAt] of this.#known) if (writtenAt < this.#since - lookBackMs) this.#known.delete(key);
    return fresh;
  }
}

const keyOf = ({ kind, _id }: RowChange): string => `${kind} ${_id}`;
