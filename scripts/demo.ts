/**
 * `./careloop demo`: thirty complaints in three facilities, played through the public API only, several side by side, each to another
 * point; then forty patients through a year of follow-up. May be repeated at any time: every run has cases and patients of its own.
 */
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import pc from 'picocolors';
import { failure, messageOf } from './cli/failure.ts';
import { showError } from './cli/help-texts.ts';
import { createScreen, elapsed, type Screen } from './cli/screen.ts';
import { type DemoCase, demoCases } from './demo/cases.ts';
import { Refused, send } from './demo/client.ts';
import { aStage, type Play, type Stage } from './demo/play.ts';
import { playOut, runsLate } from './demo/plots.ts';
import { cut, readNames, rowOf, tableOf } from './demo/table.ts';
import { playYear } from './demo/year/year.ts';

/** Fourteen days in half a minute. */
const defaultSpeed = 40_000;
const sideBySide = 6;

async function main(screen: Screen): Promise<number> {
  const { values } = parseArgs({
    options: {
      speed: { type: 'string' },
      url: { type: 'string' },
      only: { type: 'string' },
      patients: { type: 'string' },
    },
  });
  const url = (values.url ?? process.env['CARELOOP_URL'] ?? 'http://127.0.0.1:8080').replace(/\/$/, '');
  const parts = partsOf(values.only);
  const patients = patientsOf(values.patients);
  const stage = aStage(url, demoPassword(), speedOf(values.speed));
  await requireReady(url);
  await requireLogin(stage);
  let failed = 0;
  if (parts.includes('complaints')) failed += await playComplaints(stage, screen);
  if (parts.includes('year')) failed += await playFollowUps(stage, screen, patients);
  return failed > 0 ? 1 : 0;
}

/** @returns how many failed */
async function playFollowUps(stage: Stage, screen: Screen, patients: number): Promise<number> {
  screen.line();
  const { failures, lines } = await playYear(stage, screen, patients);
  screen.line();
  for (const line of lines) screen.line(line);
  for (const failure of failures) screen.line(pc.red(failure));
  return failures.length;
}

/** @returns how many failed */
async function playComplaints(stage: Stage, screen: Screen): Promise<number> {
  const since = Date.now();
  screen.line(`三十起投诉，三个院区，经由 ${stage.url} 的公开接口（流程时钟 ${stage.speed} 倍速用于超期个案）`);
  const { plays, failures } = await playAll(stage, screen);
  screen.line();
  const names = await readNames();
  for (const line of tableOf(await Promise.all(plays.map((play) => rowOf(play, names))))) screen.line(line);
  screen.line();
  for (const { caseNumber, note } of plays) if (note) screen.line(pc.yellow(`${caseNumber}  ${note}`));
  for (const failure of failures) screen.line(pc.red(failure));
  screen.line(`${plays.length} 起投诉已登记，用时 ${elapsed(Date.now() - since)}；失败 ${failures.length} 起`);
  return failures.length;
}

/** The ones that must wait for their limits begin first. */
async function playAll(stage: Stage, screen: Screen): Promise<{ plays: Play[]; failures: string[] }> {
  const plays: Play[] = [];
  const failures: string[] = [];
  const step = screen.step('演示');
  let done = 0;
  const one = async (about: DemoCase): Promise<void> => {
    let play: Play | undefined;
    try {
      await playOut(stage, about, (begun) => {
        play = begun;
        plays.push(begun);
      });
      screen.line(
        `  ${pc.green('✓')} ${play?.caseNumber}  ${about.plot.padEnd(22)} ${pc.dim(cut(about.narrative, 52))}`,
      );
    } catch (error) {
      const which = play?.caseNumber ?? `${about.facility}, not registered`;
      failures.push(`${which} (${about.plot}): ${messageOf(error)}`);
      screen.line(`  ${pc.red('✗')} ${which}  ${about.plot}`);
    }
    done += 1;
    step.update(`${done} / ${demoCases.length}`);
  };
  const [late, others] = [
    demoCases.filter((about) => runsLate(about.plot)),
    demoCases.filter((about) => !runsLate(about.plot)),
  ];
  const queue = others[Symbol.iterator]();
  const line = async (): Promise<void> => {
    for (const about of queue) await one(about);
  };
  await Promise.all([...late.map(one), ...Array.from({ length: sideBySide }, line)]);
  step.done(`${done - failures.length} / ${demoCases.length}`);
  plays.sort((a, b) => (a.caseNumber < b.caseNumber ? -1 : 1));
  return { plays, failures };
}

function speedOf(given: string | undefined): number {
  const speed = Number(given ?? defaultSpeed);
  if (Number.isFinite(speed) && speed >= 1000 && speed <= 10_000_000) return speed;
  throw failure(
    'bad-flag',
    `--speed is "${given}", which is no speed for the demo.`,
    `Give a number from 1000 (14 days in 20 minutes) to 10000000; ${defaultSpeed} by default.`,
  );
}

const allParts = ['complaints', 'year'] as const;

function partsOf(only: string | undefined): readonly string[] {
  if (only === undefined) return allParts;
  const parts = allParts.filter((part) => part === only);
  if (parts.length > 0) return parts;
  throw failure(
    'bad-flag',
    `--only is "${only}", which is no part of the demo.`,
    `Give ${allParts.join(' or ')}, or leave it out.`,
  );
}

/** How many go through the year. */
function patientsOf(given: string | undefined): number {
  const all = 40;
  const patients = Number(given ?? all);
  if (Number.isInteger(patients) && patients >= 1 && patients <= all) return patients;
  throw failure('bad-flag', `--patients is "${given}".`, `Give a number from 1 to ${all}; all by default.`);
}

/** As `./careloop start` made it: the same for all demo staff. */
function demoPassword(): string {
  const given = process.env['CARELOOP_DEMO_PASSWORD'];
  if (given) return given;
  const file = resolve(import.meta.dirname, '..', join('.local', 'demo-password'));
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw failure(
      'no-password',
      `The password of the demo staff is not known: there is no ${file}.`,
      'Start Careloop here first (./careloop start), or give CARELOOP_DEMO_PASSWORD.',
    );
  }
}

async function requireReady(url: string): Promise<void> {
  const reply = await send<{ ready: boolean; detail?: string }>(url, 'GET /readyz').catch(() => undefined);
  if (reply?.status === 200) return;
  const why = reply
    ? `Careloop at ${url} is not ready: ${reply.body.detail ?? 'ask /readyz on its own machine'}`
    : `Careloop does not answer at ${url}.`;
  throw failure('not-ready', why, 'Start it with ./careloop start, or name another address with --url.');
}

async function requireLogin(stage: Stage): Promise<void> {
  try {
    await stage.as('cs-general-director');
  } catch (error) {
    if (!(error instanceof Refused) || error.problem.status !== 401) throw error;
    throw failure(
      'wrong-password',
      `The demo staff of ${stage.url} have another password than the one known here.`,
      'Give theirs as CARELOOP_DEMO_PASSWORD; ./careloop start shows it.',
    );
  }
}

const screen = createScreen(process.stdout);
await main(screen).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    showError(screen, error);
    process.exitCode = 1;
  },
);
