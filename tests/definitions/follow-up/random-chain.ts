/** A random chain played to its end beside the oracle: what the hospital tells, late and twice, calls of every outcome, an end and what follows. */
import { expect } from 'vitest';
import { episodeFacts } from '../../../store/patients/episode-facts.ts';
import { inOrder } from '../../../store/patients/hospital-events.ts';
import { earlierTouches } from '../../../store/processes/followUp/earlier-touches.ts';
import { touchesOf } from '../../../workflows/processes/followUp/touches.ts';
import type { LoadedDefinition } from '../../kit/load-definition.ts';
import { type Story, tell } from '../../kit/story.ts';
import { jobsOfChains, planIn, touchesIn } from './builders.ts';
import {
  anOracle,
  callGivenUpAt,
  endsAt,
  nextTryAt,
  type OracleChain,
  planAnew,
  resumed,
  takeNext,
  withdrawn,
} from './oracle.ts';
import { daysOf, dayText, type Told } from './oracle-days.ts';
import {
  eventOf,
  firstEvent,
  type Hospital,
  nextEvents,
  pick,
  type Random,
  randomFractions,
} from './random-hospital.ts';

const dayMinutes = 1440;
const beijing = 8 * 60;
const minuteOf = (instant: string): number => Date.parse(instant) / 60_000 + beijing;
const instantOf = (minute: number): string => new Date((minute - beijing) * 60_000).toISOString();
const today = ({ now }: Player): number => Math.floor(now / dayMinutes);

interface Player {
  random: Random;
  story: Story;
  oracle: OracleChain;
  hospital: Hospital;
  /** What the chain has heard of. */
  known: Told[];
  /** On its way. */
  late: Told[];
  /** Facts told before, to be told again late. */
  earlier: Facts[];
  now: number;
  /** Calls and checks that nobody has ended, with the minute from which nobody can any more: the kit completes the only one there is. */
  open: Map<string, number>;
  /** Calls that were not answered, with the minute of the second try. */
  tries: Map<string, number>;
  results: Map<string, string>;
  /** Letters of chains that ended before. */
  sentBefore: unknown[];
  checks: number;
}

type Facts = ReturnType<typeof factsOf>;
/** As the API tells them to the chain. */
const factsOf = (known: Told[]) => ({
  patient: 'P-1',
  episode: 'BJ-E1',
  ...episodeFacts(inOrder(known.map(eventOf))),
  revision: known.length,
});

const firstDay = 20_878;

/** @returns how many comparisons were made @throws with the seed's chain in words where they differ */
export function playChain(definitions: LoadedDefinition[], seed: number): number {
  const random = randomFractions(seed);
  const day = firstDay + Math.floor(random() * 400);
  const now = day * dayMinutes + Math.floor(random() * dayMinutes);
  const hospital = { random, told: [] };
  const known = [firstEvent(hospital, day)];
  const player: Player = {
    random,
    story: begin(definitions, now, factsOf(known)),
    oracle: anOracle(daysOf(known), now),
    hospital,
    known,
    late: [],
    earlier: [factsOf(known)],
    now,
    open: new Map(),
    tries: new Map(),
    results: new Map(),
    sentBefore: [],
    checks: 0,
  };
  const times = Array.from({ length: Math.floor(random() * 9) }, () => now + Math.floor(random() * 200 * dayMinutes));
  for (const at of times.sort((a, b) => a - b)) {
    touchesUntil(player, at);
    moveTo(player, at);
    if (player.story.status() === 'active') happen(player);
  }
  const stops = random() < 0.3;
  touchesUntil(player, stops ? player.now + Math.floor(random() * 60 * dayMinutes) : Number.POSITIVE_INFINITY);
  if (stops && player.story.status() === 'active') {
    stop(player, definitions);
    touchesUntil(player, Number.POSITIVE_INFINITY);
  }
  compareEnd(player);
  return player.checks;
}

const begin = (definitions: LoadedDefinition[], now: number, variables: Facts & { earlier?: unknown }): Story =>
  tell(definitions, {
    definition: 'followUp',
    startEvent: 'EpisodeBegun',
    businessKey: 'BJ-E1',
    now: instantOf(now),
    jobs: jobsOfChains,
    variables: JSON.parse(JSON.stringify(variables)),
  });

function moveTo(player: Player, at: number): void {
  const { tries } = player;
  for (let next = firstOf(tries); next && next[1] <= at; next = firstOf(tries)) secondTry(player, next);
  player.story.advanceTo(instantOf(Math.max(at, player.now)));
  player.now = Math.max(player.now, at);
  for (const [id, until] of player.open)
    if (until <= player.now) {
      player.open.delete(id);
      player.results.set(id, 'message-instead');
    }
}

function secondTry(player: Player, [id, tryAt]: [string, number]): void {
  const { story, tries } = player;
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

const firstOf = (times: Map<string, number>): [string, number] | undefined =>
  [...times].sort(([a, m], [b, n]) => m - n || (a < b ? -1 : 1))[0];

/** Something happens; a part of it is heard of later only, after what came after it. */
function happen(player: Player): void {
  const { random, hospital } = player;
  const events = nextEvents(hospital, today(player));
  const arrived = events.filter(() => random() > 0.25);
  player.late.push(...events.filter((one) => !arrived.includes(one)));
  if (player.late.length > 0 && random() < 0.5) arrived.push(...player.late.splice(0));
  hear(player, arrived);
}

/** Facts are told, now and then twice, or with older ones after them. */
function hear(player: Player, arrived: Told[]): void {
  const { oracle, story, random } = player;
  player.known.push(...arrived);
  const { patient: _, episode: _key, ...variables } = factsOf(player.known);
  const message = () => story.message('episodeEvent', 'BJ-E1', JSON.parse(JSON.stringify(variables)));
  message();
  if (random() < 0.3) message();
  const old = pick(random, player.earlier);
  if (random() < 0.3) story.message('episodeEvent', 'BJ-E1', JSON.parse(JSON.stringify(old)));
  player.earlier.push(factsOf(player.known));
  oracle.facts = daysOf(player.known);
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
      expect([next.id, touchesIn(story).some(({ id, result }) => id === next?.id && result !== 'moved')]).toEqual([
        next.id,
        false,
      ]);
      moveTo(player, next.at);
    }
    const taken = takeNext(oracle);
    const begun = touchesIn(story).find(({ id, result }) => id === taken.id && result !== 'moved');
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
  const alone = story.waitingAt().filter((one) => one === element).length === 1;
  const choice = alone ? random() : 1;
  if (isTask) check(player, id, choice);
  else if (choice < 0.5) {
    story.complete('CallPatient', { outcome: 'reached', overall: '4' });
    results.set(id, 'reached');
  } else if (choice < 0.6) {
    story.complete('CallPatient', { outcome: 'refused' });
    results.set(id, 'refused');
  } else if (choice < 0.85) {
    story.complete('CallPatient', { outcome: 'no-answer' });
    player.tries.set(id, nextTryAt(player.now));
  } else player.open.set(id, callGivenUpAt(player.now));
}

/** What is found out about the sutures is told of the episode, as the job does. */
function check(player: Player, id: string, choice: number): void {
  const { story, hospital, results } = player;
  if (choice > 0.7) {
    player.open.set(id, Number.POSITIVE_INFINITY);
    return;
  }
  const outcome = choice < 0.3 ? 'removed' : choice < 0.5 ? 'postponed' : 'unknown';
  const on = today(player) + (outcome === 'postponed' ? 3 : 0);
  story.complete('CheckSutures', { suturesOutcome: outcome, ...(outcome !== 'unknown' && { suturesOn: dayText(on) }) });
  results.set(id, outcome);
  if (outcome === 'unknown') return;
  const found = { sequence: hospital.told.length + 1, on: today(player), to: on };
  const told: Told = { ...found, type: outcome === 'removed' ? 'suturesRemoved' : 'moved-sutures' };
  hospital.told.push(told);
  hear(player, [told]);
}

function comparePlan({ oracle, story }: Player): void {
  const planned = planIn(story).map(({ id, dueAt }) => [id, minuteOf(dueAt)]);
  expect(planned).toEqual(oracle.plan.map(({ id, at }) => [id, at]));
}

/** The consent is withdrawn: nothing more comes. Given again, the chain continues with what has not been done. */
function stop(player: Player, definitions: LoadedDefinition[]): void {
  const { story, random } = player;
  const sent = story.jobs.length;
  story.signal('patient.P-1.stopped', { reason: 'consent-withdrawn' });
  story.expectCompleted({ stopReason: 'consent-withdrawn' });
  compareEnd(player);
  const touches = touchesOf({
    touches: story.variable('touches') ?? [],
    plan: story.variable('plan') ?? [],
    stopReason: 'consent-withdrawn',
  });
  story.advance('P400D');
  expect(story.jobs.length).toBe(sent);
  player.oracle.plan = [];
  if (random() < 0.5) return;
  player.sentBefore.push(...lettersOf(story));
  player.now += Math.floor(random() * 30 * dayMinutes);
  const facts = factsOf(player.known);
  player.story = begin(definitions, player.now, {
    ...facts,
    earlier: earlierTouches({ status: 'completed', touches }),
  });
  player.oracle = resumed(player.oracle, player.results, player.now);
  player.open.clear();
  player.tries.clear();
  touchesUntil(player, player.now);
  comparePlan(player);
}

const lettersOf = ({ jobs }: Story): unknown[] =>
  jobs.filter(({ type }) => type === 'send-message').map(({ input }) => input['touchId']);

/** Each touch once, with how it ended or why not; no call or message outside its hours, none sent twice. */
function compareEnd(player: Player): void {
  const { story, oracle, results } = player;
  if (story.status() === 'active' && oracle.plan.length === 0) ended(player);
  const touches = touchesIn(story);
  expect(new Set(touches.map(({ id }) => id)).size).toBe(touches.length);
  const expected = new Map<string, string>();
  for (const id of oracle.begun.keys()) expected.set(id, results.get(id) ?? 'open');
  for (const id of oracle.replaced) expected.set(id, 'replaced');
  for (const id of oracle.overdue) expected.set(id, 'overdue');
  for (const id of oracle.moved) expected.set(id, 'moved');
  expect(touches.map(({ id, result }) => `${id} ${result}`).sort()).toEqual(
    [...expected].map((one) => one.join(' ')).sort(),
  );
  for (const { id, begunAt, channel } of touches) {
    if (begunAt === undefined) continue;
    const hour = (minuteOf(begunAt) % dayMinutes) / 60;
    const [from, until] = channel === 'call' ? [9, 20] : [8, 21];
    expect([id, hour >= from && hour < until]).toEqual([id, true]);
  }
  const letters = [...player.sentBefore, ...lettersOf(story)];
  expect(new Set(letters).size).toBe(letters.length);
  const written = touches.filter(({ result }) => result === 'sent' || result === 'message-instead');
  expect([...letters].sort()).toEqual(written.map(({ id }) => id).sort());
}

/** What nobody has ended keeps it open, and ready to hear more; otherwise it is complete. */
function ended(player: Player): void {
  moveTo(player, endsAt(player.oracle, player.now));
  const { story } = player;
  const waits = new Set(story.waitingAt());
  if (waits.has('CheckSutures')) expect([...waits].sort()).toEqual(['CheckSutures', 'EpisodeChanged', 'TouchDue']);
  else {
    // What was open when it looked last has ended since; it looks again after a month.
    story.advance('P31D');
    expect(story.status()).toBe('completed');
  }
}
