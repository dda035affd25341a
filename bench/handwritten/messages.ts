/** How the hand-written complaint starts, and what its settings are. */
import type { Variables } from '../../engine/model/plan.ts';
import type { Actor } from '../../engine/model/types.ts';
import type { WorkingCalendar } from '../../engine/time/calendar.ts';

export interface ComplaintInput {
  caseNumber: string;
  facility: string;
  channel: string;
  receivedAt: string;
  emergency: boolean;
  seriousEvent: boolean;
  startedBy: Actor;
  /** What is journaled: every element passed, as the engine does, or only what people did. */
  journal: 'every-element' | 'acts';
}

export interface Limits {
  handOver: string;
  firstContactWorkingDays: number;
  investigation: string;
  classificationAndPlan: string;
  approval: string;
  formalities: string;
  closure: string;
  filing: string;
  internalHandling: string;
  prevention: string;
  supervision: string;
}

export interface Settings {
  calendar: WorkingCalendar;
  rules: Variables & { limits: Variables };
  journalFrom: number;
  /** Whose message texts it sends. */
  definition: { key: string; version: number; hash: string };
}

export interface SettingsAsk {
  instance: string;
  facility: string;
  now: string;
}
