/** Topic of a journal entry, for filters of a case's history. */
import type { JournalRow } from '../../../store/runtime/rows.ts';
import { isDecision } from './journal-values.ts';
import type { journalTopics } from './schemas.ts';

export type JournalTopic = (typeof journalTopics)[number];

const byKind: Readonly<Record<string, JournalTopic>> = {
  'instance-started': 'act',
  'instance-ended': 'act',
  'task-claimed': 'act',
  'task-unclaimed': 'act',
  'task-assigned': 'act',
  'task-returned': 'act',
  'task-completed': 'act',
  'act-refused': 'act',
  'decision-made': 'decision',
  'event-fired': 'message',
  'message-buffered': 'message',
  'message-undelivered': 'message',
  'escalation-uncaught': 'message',
  'limit-breached': 'deadline',
  'limit-met': 'deadline',
  'due-date-moved': 'deadline',
  'incident-raised': 'incident',
  'incident-resolved': 'incident',
  'incident-skipped': 'incident',
  'variables-set': 'change',
  'instance-migrated': 'change',
  'instance-modified': 'change',
};

/** `step`: engine steps, for operators and the diagram. */
export const topicOf = (line: JournalRow): JournalTopic =>
  isDecision(line) ? 'decision' : (byKind[line.kind] ?? 'step');
