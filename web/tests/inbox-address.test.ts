/** What a list of tasks is asked for, as the address says it. */
import { describe, expect, it } from 'vitest';
import { filtersOf, isFiltered, listOf, queryOf } from '../src/pages/inbox/inbox-address.ts';

const at = (query: string) => new URLSearchParams(query);

describe('the address of the inbox', () => {
  it('asks for what one can do, emergencies and dates first, when it says nothing', () => {
    expect(listOf(at(''))).toEqual({ assignee: 'available', sort: 'urgency', limit: 100 });
    expect(isFiltered(at('tab=done&sort=-dueAt&columns=due'))).toBe(false);
  });

  it('asks for what one has completed, the newest first', () => {
    expect(listOf(at('tab=done'))).toEqual({ status: 'completed', doneByMe: true, sort: '-closedAt', limit: 100 });
  });

  it('narrows down by columns and stages of a process only where it names the process', () => {
    expect(filtersOf(at('stage=pay&column.kind=sick&assignee=all'))).toEqual({});
    expect(filtersOf(at('process=leave&stage=pay&column.kind=sick&assignee=all'))).toEqual({
      process: 'leave',
      stage: 'pay',
      'column.kind': 'sick',
    });
    expect(isFiltered(at('q=zs'))).toBe(true);
  });

  it('is a saved view as it stands', () => {
    expect(queryOf(at('due=week&columns=due,stage&view=1'))).toBe('due=week&columns=due%2Cstage');
  });
});
