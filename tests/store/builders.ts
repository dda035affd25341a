/** Rows with everything a row needs; a test names only what it is about. */
import type { ComplaintRow } from '../../store/processes/complaint/complaint-row.ts';
import type { InstanceRow, JournalRow, TaskRow } from '../../store/runtime/rows.ts';

const at = '2026-11-22T00:00:00.000Z';

export function anInstanceRow(about: Partial<InstanceRow> = {}): InstanceRow {
  const id = about._id ?? 'complaint/BJ2026110001';
  return {
    _id: id,
    seq: 1,
    process: 'complaint',
    businessKey: id.split('/')[1] ?? '',
    definition: { key: 'complaint', version: 1, hash: 'h' },
    facility: 'BJ',
    title: '投诉',
    status: 'active',
    startedAt: at,
    overdue: false,
    incidents: [],
    waits: [],
    clocks: [],
    subscriptions: [],
    speed: 1,
    updatedAt: at,
    ...about,
  };
}

export function aTaskRow(about: Partial<TaskRow> = {}): TaskRow {
  return {
    _id: 'complaint.BJ2026110001.7',
    seq: 1,
    instance: 'complaint/BJ2026110001',
    process: 'complaint',
    businessKey: 'BJ2026110001',
    key: '7',
    element: 'AcceptComplaint',
    name: '受理投诉',
    facility: 'BJ',
    title: '投诉 BJ2026110001',
    status: 'open',
    assignee: null,
    candidateGroups: [],
    candidateUsers: [],
    excludedUsers: [],
    priority: 50,
    createdAt: at,
    updatedAt: at,
    ...about,
  };
}

export function aComplaintRow(about: Partial<ComplaintRow> = {}): ComplaintRow {
  return {
    _id: 'BJ2026110001',
    seq: 1,
    instance: 'complaint/BJ2026110001',
    facility: 'BJ',
    stage: 'registered',
    status: 'active',
    receivedAt: at,
    overdue: false,
    incident: false,
    updatedAt: at,
    ...about,
  };
}

export function journalOf(numbers: number[], kind = 'element-activated'): JournalRow[] {
  return numbers.map((n) => ({ n, at, kind }));
}
