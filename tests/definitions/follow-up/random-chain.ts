/** A random chain played to its end beside the oracle: visits, moves, re-operations, doubled and late facts, calls of every outcome. */
import { expect } from 'vitest';
import type { LoadedDefinition } from '../../kit/load-definition.ts';
import { type Story, tell } from '../../kit/story.ts';
import { type Days, type Episode, facts, jobsOfChains, planIn, touchesIn } from './builders.ts';
import {
  anOracle,
  callGivenUpAt,
  dayText,
  endsAt,
  nextTryAt,
  type OracleChain,
  type OracleFacts,
  planAnew,
  takeNext,
  withdrawn,
} from './oracle.ts';

const dayMinutes = 1440;
const beijing = 8 * 60;
const minuteOf = (instant: string): number => Date.parse(instant) / 60_000 + beijing;
const instantOf = (minute: number): string => new Date((minute - beijing) * 60_000).toISOString();

/** mulberry32: the same numbers for the same seed. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Player {
  random: () => number;
  story: Story;
  oracle: OracleChain;
  revision: number;
  /** Facts told before, to be told again late. */
  earlier: Episode[];
  now: number;
  /** Calls and checks that nobody has ended, with the minute from which nobody can any more: the kit completes the only one there is. */
  open: Map<string, number>;
  /** Calls that were not answered, with the minute of the second try. */
  tries: Map<string, number>;
  results: Map<string, string>;
  checks: number;
}

const told = ({ days, ...more }: OracleFacts, revision: number): Episode => ({
  ...more,
  revision,
  days: Object.fromEntries(
    Object.entries(days).map(([name, all]) => [name, all.map(({ on, ref }) => ({ on: dayText(on), ref }))]),
  ) as Days,
});

const firstDay = 20_878;

function beginning(random: () => number): { facts: OracleFacts; now: number } {
  const pick = <T>(...all: T[]): T => all[Math.floor(random() * all.length)] as T;
  const day = firstDay + Math.floor(random() * 400);
  const now = day * dayMinutes + Math.floor(random() * dayMinutes);
  const visit = [{ on: day - pick(0, 0, 0, 1, 2), ref: 'V0' }];
  return {
    now,
    facts: {
      kind: pick('consultation', 'non-surgical', 'surgical'),
      department: pick('dermatology', 'plastic-surgery'),
      inpatient: random() < 0.4,
      need: pick('A', 'B', 'C'),
      round: 0,
      days: { firstVisit: visit, lastVisit: visit },
    },
  };
}

/** What happens next in the episode: one of the things hospitals do. */
function somethingHappens(facts: OracleFacts, today: number, random: () => number, n: number): OracleFacts {
  const next: OracleFacts = { ...facts, days: { ...facts.days } };
  const { days } = next;
  const soon = today + Math.floor(random() * 15);
  const ago = today - Math.floor(random() * 3);
  const add = (name: string, on: number, ref: string) => {
    days[name] = [...(days[name] ?? []), { on, ref }];
  };
  const came = (on: number) => {
    if ((days['lastVisit']?.[0]?.on ?? 0) <= on) days['lastVisit'] = [{ on, ref: `V${n}` }];
  };
  const move = (name: string, on: number) => {
    days[name] = (days[name] ?? []).map((one) => ({ ...one, on }));
  };
  switch (Math.floor(random() * 13)) {
    case 0:
      add('revisit', ago, `V${n}`);
      came(ago);
      break;
    case 1:
      add('dressing', soon, `A${n}`);
      break;
    case 2:
      move('dressing', soon);
      break;
    case 3:
    case 4: {
      if ((days['surgery'] ?? []).length > 0) next.round += 1;
      next.kind = 'surgical';
      const ref = `R${next.round}`;
      days['surgery'] = [{ on: ago, ref }];
      days['suturesDue'] = random() < 0.8 ? [{ on: today + 5 + Math.floor(random() * 5), ref }] : [];
      days['suturesRemoved'] = [];
      came(ago);
      break;
    }
    case 5:
      move('suturesDue', soon);
      break;
    case 6:
      if ((days['surgery'] ?? []).length === 0) break;
      days['suturesRemoved'] = [{ on: ago, ref: `R${next.round}` }];
      days['suturesDue'] = [];
      break;
    case 7:
      add('noShow', ago, `A${n}`);
      break;
    case 8:
      add('treated', ago, `V${n}`);
      add('treatmentDue', soon, `A${n}`);
      came(ago);
      break;
    case 9:
      days['courseEnded'] = [{ on: ago, ref: 'R0' }];
      break;
    case 10:
      add('sampled', today, `S${n}`);
      break;
    case 11:
      days['treatmentDue'] = [];
      break;
    default:
      move('surgery', ago);
  }
  return next;
}

/** @returns how many comparisons were made @throws with the seed's chain in words where they differ */
export function playChain(definitions: LoadedDefinition[], seed: number): number {
  const random = randomNumbers(seed);
  const { facts: first, now } = beginning(random);
  const episode = told(first, 1);
  const story = tell(definitions, {
    definition: 'followUp',
    startEvent: 'EpisodeBegun',
    businessKey: 'BJ-E1',
    now: instantOf(now),
    jobs: jobsOfChains,
    variables: facts(episode),
  });
  const player: Player = {
    random,
    story,
    oracle: anOracle(first, now),
    revision: 1,
    earlier: [episode],
    now,
    open: new Map(),
    tries: new Map(),
    results: new Map(),
    checks: 0,
  };
  const happenings = Array.from(
    { length: Math.floor(random() * 9) },
    () => now + Math.floor(random() * 200 * dayMinutes),
  );
  for (const at of happenings.sort((a, b) => a - b)) {
    touchesUntil(player, at);
    moveTo(player, at);
    happen(player, player.earlier.length);
  }
  const stops = random() < 0.25;
  touchesUntil(player, stops ? player.now + Math.floor(random() * 60 * dayMinutes) : Number.POSITIVE_INFINITY);
  if (stops && story.status() === 'active') stop(player);
  else if (story.status() === 'active') {
    moveTo(player, endsAt(player.oracle, player.now));
    // Checks that nobody has made keep it open, and nothing else.
    expect([...new Set(story.waitingAt())].filter((one) => one !== 'CheckSutures')).toEqual([]);
    if (story.waitingAt().length === 0) expect(story.status()).toBe('completed');
  }
  compareEnd(player);
  return player.checks;
}

function moveTo(player: Player, at: number): void {
  const { story, tries } = player;
  for (let next = firstOf(tries); next && next[1] <= at; next = firstOf(tries)) {
    const [id, tryAt] = next;
    const calls = () => story.waitingAt().filter((one) => one === 'CallPatient').length;
    if (tryAt > player.now) {
      story.advanceTo(instantOf(tryAt - 1));
      const before = calls();
      const givenUp = [...player.open.values()].filter((until) => until === tryAt).length;
      const tried = [...tries.values()].filter((one) => one === tryAt).length;
      const begun = player.oracle.plan.filter((one) => one.isCall && one.at === tryAt).length;
      story.advanceTo(instantOf(tryAt));
      expect([id, calls()]).toEqual([id, before + tried + begun - givenUp]);
    }
    player.now = Math.max(player.now, tryAt);
    tries.delete(id);
    if (calls() === 1 && player.random() < 0.7) {
      story.complete('CallPatient', { outcome: 'off' });
      player.results.set(id, 'message-instead');
    } else player.open.set(id, callGivenUpAt(tryAt));
    player.checks += 1;
  }
  story.advanceTo(instantOf(at));
  player.now = Math.max(player.now, at);
  for (const [id, until] of player.open)
    if (until <= player.now) {
      player.open.delete(id);
      player.results.set(id, 'message-instead');
    }
}

const firstOf = (times: Map<string, number>): [string, number] | undefined =>
  [...times].sort(([a, m], [b, n]) => m - n || (a < b ? -1 : 1))[0];

/** Facts are told, now and then twice, or with older ones after them. */
function happen(player: Player, n: number): void {
  const { oracle, story, random } = player;
  if (story.status() !== 'active') return;
  const next = somethingHappens(oracle.facts, Math.floor(player.now / dayMinutes), random, n);
  player.revision += 1;
  const episode = told(next, player.revision);
  const { patient: _, episode: _key, ...variables } = facts(episode);
  story.message('episodeEvent', 'BJ-E1', variables);
  if (random() < 0.3) story.message('episodeEvent', 'BJ-E1', variables);
  const old = player.earlier[Math.floor(random() * player.earlier.length)];
  if (old && random() < 0.3) story.message('episodeEvent', 'BJ-E1', facts(old));
  player.earlier.push(episode);
  oracle.facts = next;
  const { replaced, moved } = withdrawn(oracle, [...player.open.keys(), ...player.tries.keys()]);
  for (const id of [...replaced, ...moved]) {
    player.open.delete(id);
    player.tries.delete(id);
  }
  for (const id of replaced) oracle.replaced.add(id);
  // A day that comes back is planned anew.
  for (const id of moved) {
    oracle.begun.delete(id);
    oracle.moved.add(id);
  }
  planAnew(oracle, player.now);
  touchesUntil(player, player.now);
  comparePlan(player);
}

/** All that falls due until then, each at its minute. */
function touchesUntil(player: Player, until: number): void {
  const { oracle, story } = player;
  for (let next = oracle.plan[0]; next && next.at <= until; next = oracle.plan[0]) {
    if (next.at > player.now) {
      moveTo(player, next.at - 1);
      expect([next.id, touchesIn(story).some(({ id }) => id === next?.id)]).toEqual([next.id, false]);
      moveTo(player, next.at);
    }
    const taken = takeNext(oracle);
    const begun = touchesIn(story).find(({ id }) => id === taken.id);
    expect([taken.id, begun?.begunAt && minuteOf(begun.begunAt)]).toEqual([taken.id, taken.at]);
    player.checks += 2;
    carryOut(player, taken.id, taken.isCall, taken.isTask);
    if ((oracle.plan[0]?.at ?? Number.POSITIVE_INFINITY) > taken.at) comparePlan(player);
  }
}

function carryOut(player: Player, id: string, isCall: boolean, isTask: boolean): void {
  const { story, random, results } = player;
  if (!isCall && !isTask) {
    results.set(id, 'sent');
    return;
  }
  const element = isCall ? 'CallPatient' : 'CheckSutures';
  const at = player.now;
  const alone = story.waitingAt().filter((one) => one === element).length === 1;
  const choice = alone ? random() : 1;
  if (isTask) {
    if (choice > 0.7) {
      player.open.set(id, Number.POSITIVE_INFINITY);
      return;
    }
    story.complete('CheckSutures', { suturesOutcome: 'removed' });
    results.set(id, 'removed');
  } else if (choice < 0.5) {
    story.complete('CallPatient', { outcome: 'reached', overall: '4' });
    results.set(id, 'reached');
  } else if (choice < 0.6) {
    story.complete('CallPatient', { outcome: 'refused' });
    results.set(id, 'refused');
  } else if (choice < 0.85) {
    story.complete('CallPatient', { outcome: 'no-answer' });
    player.tries.set(id, nextTryAt(at));
  } else player.open.set(id, callGivenUpAt(at));
}

function comparePlan({ oracle, story }: Player): void {
  const planned = planIn(story).map(({ id, dueAt }) => [id, minuteOf(dueAt)]);
  expect(planned).toEqual(oracle.plan.map(({ id, at }) => [id, at]));
}

function stop(player: Player): void {
  const { story } = player;
  const sent = story.jobs.length;
  story.signal('patient.P-1.stopped', { reason: 'transferred' });
  story.expectCompleted({ stopReason: 'transferred' });
  story.advance('P400D');
  expect(story.jobs.length).toBe(sent);
}

/** Each touch once, with how it ended or why not; no call or message outside its hours. */
function compareEnd({ story, oracle, results }: Player): void {
  const touches = touchesIn(story);
  expect(new Set(touches.map(({ id }) => id)).size).toBe(touches.length);
  const expected = new Map<string, string>();
  for (const id of oracle.begun.keys()) expected.set(id, results.get(id) ?? 'open');
  for (const id of oracle.replaced) expected.set(id, 'replaced');
  for (const id of oracle.overdue) expected.set(id, 'overdue');
  for (const id of oracle.moved) expected.set(id, 'moved');
  expect(touches.map(({ id }) => id).sort()).toEqual([...expected.keys()].sort());
  for (const { id, result, begunAt } of touches) {
    expect([id, result]).toEqual([id, expected.get(id)]);
    if (begunAt === undefined) continue;
    const hour = (minuteOf(begunAt) % dayMinutes) / 60;
    expect([id, hour >= 8 && hour < 21]).toEqual([id, true]);
  }
  const letters = story.jobs.filter(({ type }) => type === 'send-message').map(({ input }) => input['touchId']);
  expect(new Set(letters).size).toBe(letters.length);
  const written = touches.filter(({ result }) => result === 'sent' || result === 'message-instead');
  expect([...letters].sort()).toEqual(written.map(({ id }) => id).sort());
}
