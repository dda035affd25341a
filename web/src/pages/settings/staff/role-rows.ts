/** Roles as they are edited: days instead of instants, the last day included. */
import type { components } from '../../../../generated/api.d.ts';
import { beginOfDay, dayOfInstant, endOfDay, lastDayBefore } from '../../../parts/zone-date.ts';

type RoleAt = components['schemas']['RoleAt'];

export interface RoleRow {
  /** Of this row on the page. */
  key: number;
  role: string;
  facility: string;
  /** 'YYYY-MM-DD'; empty: without a beginning, without an end. */
  firstDay: string;
  lastDay: string;
}

export type ZoneOf = (facility: string) => string | undefined;

let rows = 0;
export const newRoleRow = (facility = ''): RoleRow => ({
  key: ++rows,
  role: '',
  facility,
  firstDay: '',
  lastDay: '',
});

export function rowOf({ role, facility, from, until }: RoleAt, zoneOf: ZoneOf): RoleRow {
  const zone = zoneOf(facility);
  return {
    ...newRoleRow(facility),
    role,
    firstDay: from === undefined ? '' : dayOfInstant(from, zone),
    lastDay: until === undefined ? '' : lastDayBefore(until, zone),
  };
}

export function roleOf({ role, facility, firstDay, lastDay }: RoleRow, zoneOf: ZoneOf): RoleAt {
  const zone = zoneOf(facility);
  return {
    role,
    facility,
    ...(firstDay !== '' && { from: beginOfDay(firstDay, zone) }),
    ...(lastDay !== '' && { until: endOfDay(lastDay, zone) }),
  };
}

/** What the page itself can see is missing. */
export const isComplete = ({ role, facility, firstDay, lastDay }: RoleRow): boolean =>
  role !== '' && facility !== '' && (firstDay === '' || lastDay === '' || firstDay <= lastDay);
