/** A line of a case's timeline: a step of its journal, or something else that happened to it. */
import type { JournalLine } from '../../api/client.ts';

export interface TimelineLine {
  key: string;
  at: string;
  topic: JournalLine['topic'];
  words: string;
  isBad: boolean;
}
