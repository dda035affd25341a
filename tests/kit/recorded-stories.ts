/**
 * With `CARELOOP_STORIES` set to a folder, every event that the stories of the tests feed to an instance is written there, as material for
 * golden traces (tests/engine/golden/record.ts).
 */
import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EngineEvent } from '../../engine/model/types.ts';
import type { Running } from './running.ts';

/** One line of a recording. */
export interface StoryStep {
  /** The same for all events of one instance. */
  life: string;
  /** Path of the diagram's file. */
  file: string;
  process: string;
  id: string;
  businessKey: string;
  startedAt: string;
  now: string;
  event: EngineEvent;
}

const folder = process.env['CARELOOP_STORIES'];
const lives = new WeakMap<Running, string>();

export function recordStep(running: Running, event: EngineEvent, now: string): void {
  const { file } = running.loaded;
  if (folder === undefined || file === undefined) return;
  const life = lives.get(running) ?? randomUUID();
  lives.set(running, life);
  const { id, businessKey, startedAt } = running.state;
  const step: StoryStep = { life, file, process: running.plan.key, id, businessKey, startedAt, now, event };
  appendFileSync(join(folder, `${process.pid}.jsonl`), `${JSON.stringify(step)}\n`);
}
