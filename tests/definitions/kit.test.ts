/** The kit itself: what it does, and what it says when an expectation does not hold. */
import { describe, expect, it } from 'vitest';
import { belowFloors, coverageLines } from '../kit/covered/report.ts';
import { addUp, type Item, shareOf, type Tally } from '../kit/covered/tally.ts';
import { aStory, bpmnError, failure, later } from '../kit/index.ts';

const file = (processes: string, roots = '') => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t">
${processes}
${roots}
</bpmn:definitions>`;
const process = (id: string, body: string) =>
  `<bpmn:process id="${id}" name="${id}" isExecutable="true">${body}</bpmn:process>`;
const flow = (a: string, b: string) => `<bpmn:sequenceFlow id="${a}To${b}" sourceRef="${a}" targetRef="${b}" />`;
/** What an element takes in. */
const takes = (...names: string[]) =>
  names.length === 0
    ? ''
    : `<zeebe:ioMapping>${names.map((name) => `<zeebe:output source="=get or else(${name}, null)" target="${name}" />`).join('')}</zeebe:ioMapping>`;
const job = (id: string, type: string, ...names: string[]) =>
  `<bpmn:serviceTask id="${id}" name="${id}"><bpmn:extensionElements><zeebe:taskDefinition type="${type}" />${takes(...names)}</bpmn:extensionElements></bpmn:serviceTask>`;
const task = (id: string, role: string, ...names: string[]) =>
  `<bpmn:userTask id="${id}" name="${id}"><bpmn:extensionElements><zeebe:userTask /><zeebe:assignmentDefinition candidateGroups="${role}" />${takes(...names)}</bpmn:extensionElements></bpmn:userTask>`;
const chain = (...ids: string[]) =>
  ids
    .slice(1)
    .map((id, i) => flow(ids[i]!, id))
    .join('');
const start = '<bpmn:startEvent id="Begin" />';
const startWith = (...names: string[]) =>
  `<bpmn:startEvent id="Begin"><bpmn:extensionElements>${takes(...names)}</bpmn:extensionElements></bpmn:startEvent>`;
const end = '<bpmn:endEvent id="End" />';

const oneTask = file(
  process('one', startWith('a') + task('Decide', 'gm', 'b') + end + chain('Begin', 'Decide', 'End')),
);
const oneJob = file(
  process('one', startWith('n') + job('Work', 'work', 'sum', 'doubled') + end + chain('Begin', 'Work', 'End')),
);
const caller = file(
  process(
    'caller',
    `${start}<bpmn:callActivity id="Call" name="Call"><bpmn:extensionElements><zeebe:calledElement processId="called" propagateAllChildVariables="true" /></bpmn:extensionElements></bpmn:callActivity>${end}${chain('Begin', 'Call', 'End')}`,
  ),
);
const called = file(process('called', start + task('Inside', 'hr', 'result') + end + chain('Begin', 'Inside', 'End')));
const pair = file(
  process(
    'asks',
    `${start}<bpmn:intermediateThrowEvent id="Ask"><bpmn:messageEventDefinition messageRef="Question" /></bpmn:intermediateThrowEvent><bpmn:receiveTask id="Listen" name="Listen" messageRef="Reply"><bpmn:extensionElements>${takes('answer')}</bpmn:extensionElements></bpmn:receiveTask>${end}${chain('Begin', 'Ask', 'Listen', 'End')}`,
  ) +
    process(
      'replies',
      `<bpmn:startEvent id="Asked"><bpmn:messageEventDefinition messageRef="Question" /></bpmn:startEvent>${task('Think', 'legal')}<bpmn:endEvent id="Answered"><bpmn:messageEventDefinition messageRef="Reply" /></bpmn:endEvent>${chain('Asked', 'Think', 'Answered')}`,
    ),
  ['Question', 'Reply']
    .map(
      (name) =>
        `<bpmn:message id="${name}" name="${name.toLowerCase()}"><bpmn:extensionElements><zeebe:subscription correlationKey="=&quot;K&quot;" /></bpmn:extensionElements></bpmn:message>`,
    )
    .join(''),
);
const signalled = file(
  process(
    'hears',
    `${start}<bpmn:intermediateCatchEvent id="Hear" name="Hear"><bpmn:extensionElements>${takes('loud')}</bpmn:extensionElements><bpmn:signalEventDefinition signalRef="Bell" /></bpmn:intermediateCatchEvent>${end}${chain('Begin', 'Hear', 'End')}`,
  ),
  '<bpmn:signal id="Bell" name="bell" />',
);

/** What an act or expectation says when it fails. */
function saidBy(check: () => unknown): string {
  try {
    check();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error('It did not fail.');
}

describe('people', () => {
  it('complete a task as somebody of its role in the facility', async () => {
    const story = await aStory({ definition: oneTask, facility: 'SH', variables: { a: 1 } });
    story.complete('Decide', { b: 2 });
    story.expectCompleted({ a: 1, b: 2 });
    expect(story.path()).toEqual(['Begin', 'Decide', 'End', 'one']);
  });

  it('who have claimed a task keep others from it', async () => {
    const story = await aStory({ definition: oneTask });
    story.claim('Decide', 'gm-a');
    expect(story.tryToComplete('Decide', {}, 'gm-b')?.code).toBe('not-the-assignee');
    story.act('Decide', { type: 'return', reason: 'on leave' }, 'gm-a');
    story.claim('Decide', 'gm-b');
    story.complete('Decide');
    story.expectCompleted();
  });
});

describe('jobs', () => {
  it('answer nothing at once unless told otherwise', async () => {
    const story = await aStory({ definition: oneJob });
    story.expectCompleted();
    story.expectJobs('work');
  });

  it('answer what the story says, or what a function makes of their input', async () => {
    (await aStory({ definition: oneJob, jobs: { work: { sum: 3 } } })).expectCompleted({ sum: 3 });
    const doubling = await aStory({
      definition: oneJob,
      variables: { n: 2 },
      jobs: { work: ({ n }) => ({ doubled: Number(n) * 2 }) },
    });
    doubling.expectVariables({ doubled: 4 });
  });

  it('cannot be mocked by a type that no diagram has: the nearest one is named', async () => {
    await expect(aStory({ definition: oneJob, jobs: { wrok: {} } })).rejects.toThrow('Is it work?');
    const story = await aStory({ definition: oneJob, jobs: { work: later } });
    expect(() => story.mockJob('worck', {})).toThrow('Is it work?');
    expect(() => story.failJob('print-letter')).toThrow('Drawn are: work.');
    expect(() => story.mockCall('orders', {})).toThrow('Drawn are: none.');
  });

  it('answer later when told so', async () => {
    const story = await aStory({ definition: oneJob, jobs: { work: later } });
    story.expectWaitingAt('Work');
    story.finish('Work', { sum: 3 });
    story.expectCompleted({ sum: 3 });
  });

  it('fail as an incident, or by an error nobody catches', async () => {
    const story = await aStory({ definition: oneJob, jobs: { work: failure('no paper') } });
    story.expectIncident('Work', 'job-failed');
    expect(story.incidents()[0]?.message).toContain('no paper');
    story.mockJob('work', bpmnError('out-of-paper'));
    story.retry('Work');
    story.expectIncident('Work', 'unhandled-error');
    story.mockJob('work', {});
    story.retry('Work');
    story.expectCompleted();
    story.expectJobs('work', 'work', 'work');
  });
});

describe('called processes', () => {
  it('run along when their definition is there', async () => {
    const story = await aStory({ definition: caller, definitions: [called] });
    story.expectWaitingAt('Inside');
    story.complete('Inside', { result: 'fine' });
    story.expectCompleted({ result: 'fine' });
  });

  it('answer what the story says instead, also later', async () => {
    (await aStory({ definition: caller, calls: { called: { result: 'fine' } } })).expectCompleted({ result: 'fine' });
    const story = await aStory({ definition: caller, calls: { called: later } });
    story.expectWaitingAt('Call');
    story.finish('Call', bpmnError('refused'));
    story.expectIncident('Call', 'unhandled-error');
    story.mockCall('called', {});
    story.retry('Call');
    story.expectCompleted();
  });

  it('that nobody knows are an incident that says what to do', async () => {
    const story = await aStory({ definition: caller });
    story.expectIncident('Call', 'call-failed');
    expect(story.incidents()[0]?.message).toContain('add its definition to `definitions`, or mock it in `calls`');
  });

  it('end with their caller', async () => {
    const story = await aStory({ definition: caller, definitions: [called] });
    story.cancel();
    story.expectStatus('cancelled');
    story.expectWaitingAt();
  });
});

describe('messages and signals', () => {
  it('go between the processes of one file, and start them', async () => {
    const story = await aStory({ definition: pair, process: 'asks' });
    story.expectWaitingAt('Listen', 'Think');
    story.complete('Think');
    story.expectCompleted();
    expect(story.sent.map(({ name, taker }) => [name, taker])).toEqual([
      ['question', 'replies/K'],
      ['reply', 'asks/TEST-1'],
    ]);
    story.expectSent('question');
  });

  it('are taken by name and key only', async () => {
    const story = await aStory({ definition: pair, process: 'asks' });
    expect(story.tryMessage('reply', 'another')?.code).toBe('message-not-expected');
    expect(saidBy(() => story.message('replay', 'K'))).toContain(
      'Nobody waits for the message replay with key K; awaited: reply (key K).',
    );
    story.message('reply', 'K', { answer: 42 });
    story.expectCompleted({ answer: 42 });
  });

  it('reach whoever waits when they are signals', async () => {
    const story = await aStory({ definition: signalled });
    story.expectWaitingAt('Hear');
    story.signal('bell', { loud: true });
    story.expectCompleted({ loud: true });
  });
});

describe('a definition', () => {
  it('that would be refused at deployment is refused here, with the reasons', async () => {
    const broken = oneTask.replace('targetRef="Decide"', 'targetRef="Nowhere"');
    await expect(aStory({ definition: broken })).rejects.toThrow(/would be refused at deployment:\n.*Nowhere/s);
  });

  it('that is not there is said to be missing', async () => {
    await expect(aStory({ definition: 'complant' })).rejects.toThrow('neither a shipped definition nor a file');
    await expect(aStory({ definition: oneTask, rules: 'mars' })).rejects.toThrow('There is no rule set mars');
    await expect(aStory({ definition: oneTask, process: 'two' })).rejects.toThrow(
      'There is no process two; known are one.',
    );
  });
});

describe('a failure', () => {
  it('says where the process is, what it waits for and how it came there', async () => {
    const story = await aStory({ definition: 'refund', businessKey: 'R-1' });
    const said = saidBy(() => story.expectWaitingAt('CsDirectorCosign'));
    expect(said.split('\n')).toEqual([
      'It should wait at CsDirectorCosign, and waits at ApplyRefund.',
      '  refund/R-1, 2026-11-04 10:00 (Asia/Shanghai), waits for:',
      '    · RefundLimit: "Refund limit passed" waits for its time, until 2026-11-06 10:00',
      '    · ApplyRefund: "Consultant applies" is to be done by consultant, until 2026-11-06 10:00',
      '    it came by RefundRequested → ApplicationStarted → ReadyToApply',
    ]);
  });

  it('finds the name that was meant', async () => {
    const story = await aStory({ definition: 'refund' });
    expect(saidBy(() => story.complete('AplyRefund'))).toContain(
      'No task waits at AplyRefund. The definition has no AplyRefund; is it ApplyRefund?',
    );
    expect(saidBy(() => story.complete('GmDecision'))).toMatch(/^No task waits at GmDecision\.\n/);
  });

  it('tells why an act is refused, and which field is wrong', async () => {
    const story = await aStory({ definition: 'refund' });
    const said = saidBy(() => story.complete('ApplyRefund', { paymentId: 'P-1', method: 'cash' }));
    expect(said).toContain('Completing ApplyRefund was refused: form-invalid.');
    expect(said).toContain('amountCents');
  });

  it('of each expectation says what is so instead', async () => {
    const story = await aStory({ definition: 'refund' });
    expect(saidBy(() => story.expectDue('ApplyRefund', '2026-11-05'))).toContain(
      'ApplyRefund is due 2026-11-06 10:00, not 2026-11-05.',
    );
    expect(saidBy(() => story.expectDue('ApplyRefund', '2026-11-06T09:00'))).toContain('not 2026-11-06 09:00.');
    expect(saidBy(() => story.expectDue('GmDecision', '2026-11-05'))).toContain('Nothing waits at GmDecision');
    expect(saidBy(() => story.expectCompleted())).toContain('refund/TEST-1 is not completed but active.');
    expect(saidBy(() => story.expectStatus('failed'))).toContain('is active, not failed');
    expect(saidBy(() => story.expectIncident('ApplyRefund'))).toContain('no incident at ApplyRefund; there are: none');
    expect(saidBy(() => story.expectTold('president'))).toContain('Told were: nobody.');
    expect(saidBy(() => story.expectLimit('refund', 'met'))).toContain('(2026-11-06 10:00) is running, not met.');
    expect(saidBy(() => story.expectVariables({ paidCents: 1 }))).toContain('The variables are others.');
    expect(saidBy(() => story.expectPassed('ApplyRefund'))).toContain('ApplyRefund was not completed');
    expect(saidBy(() => story.expectNotPassed('RefundRequested'))).toContain('RefundRequested should not have been');
    expect(saidBy(() => story.expectJobs('order-payment'))).toContain('Other jobs ran.');
    expect(saidBy(() => story.expectSent('hello'))).toContain('hello was not sent so; sent were: none.');
    expect(saidBy(() => story.advanceTo('2026-11-01'))).toContain('2026-11-01 has gone by');
    expect(saidBy(() => story.retry('ApplyRefund'))).toContain('There is no incident at ApplyRefund.');
    story.advance('P3D');
    expect(saidBy(() => story.expectNobodyTold())).toContain('Nobody should have been told.');
    expect(saidBy(() => story.expectTold('gm'))).toContain(
      'Told were: refund at 2026-11-06 10:00: cs-director, president.',
    );
    story.expectTold(['president', 'cs-director'], 'refund');
  });
});

describe('virtual time', () => {
  it('continues in the zone of the calendar', async () => {
    const story = await aStory({ definition: 'refund', now: '2026-12-30T08:00' });
    expect(story.now()).toBe('2026-12-30T00:00:00.000Z');
    story.expectDue('ApplyRefund', '2027-01-01');
    story.advanceTo('2027-01-01');
    expect(story.now()).toBe('2026-12-31T16:00:00.000Z');
    story.expectNobodyTold();
    story.advanceTo('2027-01-01T08:00');
    story.expectTold(['cs-director', 'president']);
  });

  it('takes rules and a calendar of its own', async () => {
    const calendar = { id: 'none', version: 1, zone: 'UTC', years: {}, off: {}, worked: {} };
    const rules = { limits: { refund: 'PT1H' }, refund: {} };
    const story = await aStory({ definition: 'refund', calendar, rules, now: '2026-11-04T10:00' });
    story.expectDue('RefundLimit', '2026-11-04T11:00');
  });
});

describe('coverage', () => {
  const item = (id: string, times: number, kind: Item['kind'] = 'element'): Item => ({ id, kind, label: id, times });
  const tally = (process: string, items: Item[]): Tally => ({ file: `/r/${process}.bpmn`, process, items });

  it('adds up what several test files reached', () => {
    const sum = addUp([tally('a', [item('X', 1), item('Y', 0)]), tally('a', [item('X', 2), item('Y', 0)])]);
    expect(sum).toEqual([tally('a', [item('X', 3), item('Y', 0)])]);
    expect(shareOf(sum[0]!.items)).toEqual({ covered: 1, total: 2, percent: 50 });
  });

  it('never rounds up to all', () => {
    const items = [...Array.from({ length: 299 }, (_, i) => item(`E${i}`, 1)), item('Missed', 0)];
    expect(shareOf(items).percent).toBe(99);
  });

  it('lists what no test reached', () => {
    const lines = coverageLines([tally('a', [item('X', 1), item('Y', 0), item('F', 0, 'flow')])], () => 'a.svg');
    expect(lines).toEqual([
      '  a   33%  elements 1/2, flows 0/1  a.svg',
      '      not covered: Y',
      '      not covered: F',
    ]);
  });

  it('asks for its floors, also of definitions that no test runs', () => {
    const tallies = [tally('a', [item('X', 1), item('Y', 0)])];
    expect(belowFloors(tallies, { 'a.bpmn': 50 }, '/r')).toEqual([]);
    expect(belowFloors(tallies, { 'a.bpmn': 51, 'b.bpmn': 1 }, '/r')).toEqual([
      '  ✗ a.bpmn is covered to 50%; at least 51% is asked for.',
      '  ✗ No test runs b.bpmn; at least 1% of it must be covered.',
    ]);
  });
});
