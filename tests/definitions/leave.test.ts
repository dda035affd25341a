/** The leave process as stories (请假): who decides, how early it must be asked for, and the sick note that comes afterwards. */
import { describe, expect, it } from 'vitest';
import { aStory, type Story, type StorySettings } from '../kit/index.ts';

/** Asked on Wednesday 2026-11-04 at 10:00, for the afternoon of Friday. */
const request = {
  kind: 'personal',
  beginsAt: '2026-11-06T13:30:00+08:00',
  endsAt: '2026-11-06T17:30:00+08:00',
  days: 0.5,
};

const aLeave = (variables: Partial<typeof request> = {}, settings: Partial<StorySettings> = {}): Promise<Story> =>
  aStory({
    definition: 'leave',
    businessKey: 'LBJ2026110001',
    startedBy: 'consultant-bj',
    variables: { ...request, ...variables },
    ...settings,
  });

describe('a leave', () => {
  it('of half a day is granted by the group leader', async () => {
    const story = await aLeave();
    story.expectWaitingAt('GroupLeaderApproval');
    expect(story.task('GroupLeaderApproval').candidateGroups).toEqual(['department-head']);
    expect(story.stage()).toBe('approval');
    story.complete('GroupLeaderApproval', { decision: 'approve' });
    story.expectCompleted({ leaveStatus: 'approved', applicant: 'consultant-bj' });
  });

  it('of more than half a day is granted by the director', async () => {
    const story = await aLeave({ days: 1 });
    story.expectWaitingAt('DirectorApproval');
    expect(story.task('DirectorApproval').candidateGroups).toEqual(['cs-director']);
    story.complete('DirectorApproval', { decision: 'approve' });
    story.expectCompleted({ leaveStatus: 'approved' });
  });

  it('is refused with a reason', async () => {
    const story = await aLeave();
    expect(story.tryToComplete('GroupLeaderApproval', { decision: 'reject' })?.code).toBe('form-invalid');
    story.complete('GroupLeaderApproval', { decision: 'reject', decisionReason: '当天人手不足' });
    story.expectCompleted({ leaveStatus: 'refused', decisionReason: '当天人手不足' });
  });

  it('is not decided by whoever asked for it', async () => {
    const story = await aLeave({}, { startedBy: 'department-head-bj' });
    const refusal = story.tryToComplete('GroupLeaderApproval', { decision: 'approve' }, 'department-head-bj');
    expect(refusal?.code).toBe('own-application');
  });

  it('cannot be changed by who decides on it', async () => {
    const story = await aLeave();
    const refusal = story.tryToComplete('GroupLeaderApproval', { decision: 'approve', days: 30 });
    expect(refusal).toMatchObject({ code: 'form-invalid', details: [{ field: 'days', code: 'read-only' }] });
    story.complete('GroupLeaderApproval', { decision: 'approve', days: 0.5 });
    story.expectCompleted({ days: 0.5 });
  });
});

describe('asking for a leave', () => {
  it.each([
    ['personal', '2026-11-05T10:00:00+08:00', true],
    ['personal', '2026-11-05T09:59:00+08:00', false],
    ['annual', '2026-11-05T09:59:00+08:00', false],
    ['sick', '2026-11-04T11:00:00+08:00', true],
    ['sick', '2026-11-04T10:59:00+08:00', false],
  ])('%s from %s on is in time: %s', async (kind, beginsAt, inTime) => {
    const story = await aLeave({ kind, beginsAt });
    if (inTime) story.expectWaitingAt('GroupLeaderApproval');
    else story.expectCompleted({ leaveStatus: 'too-late' });
  });
});

describe('a sick leave', () => {
  const granted = async (): Promise<Story> => {
    const story = await aLeave({ kind: 'sick' });
    story.complete('GroupLeaderApproval', { decision: 'approve' });
    return story;
  };

  it('is followed by the sick note within three working days after it', async () => {
    const story = await granted();
    story.expectWaitingAt('HandInCertificate');
    expect(story.stage()).toBe('certificate');
    expect(story.task('HandInCertificate').assignee).toBe('consultant-bj');
    story.expectDue('HandInCertificate', '2026-11-11');
    story.complete('HandInCertificate', { certificateNumber: 'BL-17', certificateDate: '2026-11-06' });
    story.expectCompleted({ leaveStatus: 'documented' });
    story.expectLimit('certificate', 'met');
  });

  it('without a sick note in time is told to hr, and the note still asked for', async () => {
    const story = await granted();
    story.advanceTo('2026-11-12');
    story.expectTold('hr', 'certificate');
    story.expectWaitingAt('HandInCertificate');
  });
});

describe('a decision that does not come', () => {
  it('within a day is told to hr', async () => {
    const story = await aLeave();
    story.advance('PT23H59M');
    story.expectNobodyTold();
    story.advance('PT1M');
    story.expectTold('hr', 'approval');
    story.expectWaitingAt('GroupLeaderApproval');
  });
});
