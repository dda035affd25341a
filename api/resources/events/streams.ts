/**
 * Open change streams of this process. Each belongs to one person and carries the rows that person finds in lists. It
 * ends with the session; roles and substitutions that begin or end by date take effect within seconds.
 */
import type { Response } from 'express';
import type { Json } from '../../../engine/model/plan.ts';
import { findSessions } from '../../../store/organisation/sessions.ts';
import { findRowChanges, type RowChange } from '../../../store/runtime/row-changes.ts';
import type { Deps } from '../../http/deps.ts';
import { maskedAnswer } from '../../http/masking.ts';
import { mayFollowTask, mayRead, type Person } from '../../http/policy.ts';
import { ProblemError } from '../../http/problem.ts';
import { asPerson, sessionIdOf } from '../../http/session.ts';
import { withRepresented } from '../tasks/represented.ts';
import { ChangeFeed, lookBackMs } from './feed.ts';
import type { Change } from './schemas.ts';

const perPerson = 10;
const heartbeatMs = 15_000;
const sessionsEveryMs = 5000;
/** Replay window: a client that was away longer, or missed more, reloads everything. */
const resumableMs = 10 * 60_000;
const mostResumed = 1000;
/** Buffer limit of a slow client. */
const mostUnsent = 1 << 20;

interface Stream {
  session: string;
  person: Person;
  response: Response;
}

export interface Opening {
  person: Person;
  token: string;
  /** Timestamp of the last event received, in milliseconds. */
  after?: number;
}

export class ChangeStreams {
  readonly #open = new Set<Stream>();
  readonly #feed: ChangeFeed;
  #sessionTimer: NodeJS.Timeout | undefined;

  constructor({ log, stopping }: Pick<Deps, 'log' | 'stopping'>) {
    this.#feed = new ChangeFeed(log);
    stopping?.addEventListener('abort', () => {
      for (const { response } of this.#open) response.end();
    });
  }

  /** @throws ProblemError 429 */
  requirePlace(person: Person): void {
    const count = [...this.#open].filter((one) => one.person.id === person.id).length;
    if (count < perPerson) return;
    throw new ProblemError({
      status: 429,
      code: 'too-many-requests',
      detail: `You have ${count} streams of changes open; more are not opened.`,
      hint: 'Close one of them, or poll the lists with ETags.',
      headers: { 'Retry-After': '60' },
    });
  }

  open(response: Response, { person, token, after }: Opening): void {
    const stream: Stream = { session: sessionIdOf(token), person, response };
    this.#open.add(stream);
    if (this.#open.size === 1) this.#watchSessions();
    const unfollow = this.#feed.follow({
      changed: (changes) => tell(stream, changes),
      lost: () => send(response, 'reset', Date.now()),
    });
    const heartbeat = setInterval(() => response.write(': still here\n\n'), heartbeatMs).unref();
    response.once('close', () => {
      clearInterval(heartbeat);
      unfollow();
      this.#open.delete(stream);
      if (this.#open.size === 0) clearTimeout(this.#sessionTimer);
    });
    response.write('retry: 3000\n');
    if (after === undefined) send(response, 'ready', Date.now());
    else void resume(stream, after);
  }

  #watchSessions(): void {
    clearTimeout(this.#sessionTimer);
    this.#sessionTimer = setTimeout(() => void this.#checkSessions(), sessionsEveryMs).unref();
  }

  async #checkSessions(): Promise<void> {
    try {
      const ids = [...new Set([...this.#open].map((one) => one.session))];
      const found = await findSessions(ids, new Date());
      const people = await Promise.all(
        found.map(
          async ({ _id, ...one }) => [_id, await withRepresented(await asPerson({ ...one, id: one.staff }))] as const,
        ),
      );
      const personOf = new Map(people);
      for (const stream of this.#open) {
        const person = personOf.get(stream.session);
        if (person) stream.person = person;
        else if (ids.includes(stream.session)) {
          send(stream.response, 'logged-out', Date.now());
          stream.response.end();
        }
      }
    } catch {
      // While the database is unavailable there is nothing to send.
    }
    if (this.#open.size > 0) this.#watchSessions();
  }
}

/** Missed changes, or a reset. */
async function resume(stream: Stream, after: number): Promise<void> {
  const { response } = stream;
  const missed =
    Date.now() - after > resumableMs
      ? undefined
      : await findRowChanges(after - lookBackMs, mostResumed).catch(() => undefined);
  if (!missed || missed.length >= mostResumed) send(response, 'reset', Date.now());
  else {
    send(response, 'ready', after);
    tell(stream, missed);
  }
}

function tell({ person, response }: Stream, changes: RowChange[]): void {
  for (const one of changes)
    if (mayFollow(person, one)) send(response, 'change', Math.min(one.writtenAt, Date.now()), changeOf(one));
  // A client that does not read is disconnected, and resumes.
  if (response.writableLength > mostUnsent) response.destroy();
}

const mayFollow = (person: Person, row: RowChange): boolean =>
  row.kind === 'task' ? mayFollowTask(person, row) : mayRead(person, row);

function changeOf(row: RowChange): Change {
  const { _id: id, process, facility } = row;
  if (row.kind === 'instance') return { kind: 'instance', id, process, facility, status: row.status };
  const { instance, status, assignee, closedAt, closedBy } = row;
  return {
    kind: 'task',
    id,
    instance,
    process,
    facility,
    status,
    assignee,
    ...(closedAt !== undefined && { closedAt }),
    ...(closedBy !== undefined && { closedBy }),
  };
}

function send(response: Response, event: string, id: number, data: Change | Record<string, never> = {}): void {
  if (response.writableEnded) return;
  const { value } = maskedAnswer(data as Json);
  response.write(`event: ${event}\nid: ${id}\ndata: ${JSON.stringify(value)}\n\n`);
}
