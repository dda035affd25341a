/** What the proof through real workers knows of an instance from its rows. */
import { describe, expect, it } from 'vitest';
import type { InstanceState } from '../../engine/model/types.ts';
import type { JournalRow, Projection } from '../../store/runtime/rows.ts';
import { seenAfter } from '../runtime/proof/seen.ts';
import type { Happened } from '../runtime/proof/workflows.ts';

const rows = (seq: number, ...lines: number[]): Projection => ({
  instance: { _id: 'a/1', seq } as Projection['instance'],
  tasks: [],
  journal: lines.map((n) => ({ n, kind: `of ${seq}` }) as JournalRow),
});
const proofOf = (status: string) => ({
  state: { status } as unknown as InstanceState,
  happened: [{ now: status } as Happened],
});

describe('what is known of an instance', () => {
  it('keeps state and events when a further part of a long journal comes, which has neither', () => {
    const first = seenAfter(undefined, rows(7, 1, 2), proofOf('active'));
    expect(seenAfter(first, rows(7, 3), undefined)).toEqual({
      seq: 7,
      ...proofOf('active'),
      journal: [...rows(7, 1, 2, 3).journal],
    });
  });

  it('is that of the newer rows, without lines of a step that was done again and led to fewer', () => {
    const before = seenAfter(undefined, rows(7, 1, 2, 3), proofOf('active'));
    const after = seenAfter(before, rows(8, 2), proofOf('completed'));
    expect(after).toMatchObject({ seq: 8, ...proofOf('completed') });
    expect(after?.journal.map(({ n, kind }) => [n, kind])).toEqual([
      [1, 'of 7'],
      [2, 'of 8'],
    ]);
  });

  it('keeps its state when older rows come late', () => {
    const before = seenAfter(undefined, rows(8, 1), proofOf('completed'));
    expect(seenAfter(before, rows(7, 2), proofOf('active'))).toMatchObject({ seq: 8, ...proofOf('completed') });
  });
});
