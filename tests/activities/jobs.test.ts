/** The built-in job types: what is derived of them, and how they read what a diagram hands over. */
import { readFileSync } from 'node:fs';
import { ApplicationFailure } from '@temporalio/common';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { jobCatalogue } from '../../activities/jobs/catalogue.ts';
import { listOfTexts, text } from '../../activities/jobs/fields.ts';
import { describeJobs, jobActivities } from '../../activities/jobs/index.ts';
import { defineJob, type JobContext } from '../../activities/jobs/job.ts';
import { jobTypesPage } from '../../tools/job-types-page.ts';

describe('what is derived of the job types', () => {
  it('keeps the catalogue equal to the job files', () => {
    expect(jobCatalogue, 'npm run job-types').toEqual(describeJobs());
  });

  it('keeps the page docs/job-types.md up to date', () => {
    const page = readFileSync(new URL('../../docs/job-types.md', import.meta.url), 'utf8');
    expect(page, 'npm run job-types').toBe(jobTypesPage(describeJobs()));
  });

  it('names an activity of each type in camelCase', () => {
    const names = Object.values(describeJobs()).map(({ activity }) => activity);
    expect(Object.keys(jobActivities)).toEqual(names);
    expect(names).toContain('orderPayment');
  });

  it('lets headers stand only for inputs that there are', () => {
    for (const { headers, input } of Object.values(describeJobs()))
      expect(Object.keys(input.properties ?? {})).toEqual(expect.arrayContaining(headers));
  });
});

const context: JobContext = {
  instance: 'leave/1',
  businessKey: '1',
  facility: 'BJ',
  definition: { key: 'leave', version: 1, hash: 'h' },
  element: 'Work',
  key: 'w1',
  now: '2026-11-24T08:00:00.000Z',
  headers: {},
};

const echo = defineJob({
  type: 'echo',
  description: { zh: '原样返回输入。', en: 'Returns its input.' },
  execution: { kind: 'local' },
  input: z.object({ to: listOfTexts(), subject: text().optional(), cents: z.int().optional() }),
  headers: ['to'],
  output: z.looseObject({}),
  errors: { 'nobody-there': 'Nobody is there.' },
  async work(input, _context, bpmnError) {
    if (input.to.length === 0) throw bpmnError('nobody-there', 'Nobody is there.', { asked: true });
    return input;
  },
});

const failureOf = async (work: Promise<unknown>): Promise<ApplicationFailure> => {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ApplicationFailure)) throw new Error(`It did not fail as a job does: ${error}`);
  return error;
};

describe('the input of a job', () => {
  it('may come as a task header, which counts more than a variable', async () => {
    const headers = { to: 'handler, president', subject: 'not a header of this job' };
    expect(await echo.run({ to: ['ops'] }, { ...context, headers })).toEqual({ to: ['handler', 'president'] });
  });

  it('may be a list or a text with commas', async () => {
    expect(await echo.run({ to: ' a,,b ' }, context)).toEqual({ to: ['a', 'b'] });
    expect(await echo.run({ to: ['a', 'b '] }, context)).toEqual({ to: ['a', 'b'] });
  });

  it('is left out where it is blank, and where the job does not take it', async () => {
    expect(await echo.run({ to: 'a', subject: '', cents: null, other: 1 }, context)).toEqual({ to: ['a'] });
  });

  it('of the wrong kind fails at once and says what is wrong', async () => {
    const failure = await failureOf(Promise.resolve().then(() => echo.run({ to: 'a', cents: 1.5 }, context)));
    expect(failure).toMatchObject({ type: 'BadInput', nonRetryable: true });
    expect(failure.message).toMatch(/^echo: cents: /);
    const missing = await failureOf(Promise.resolve().then(() => echo.run({}, context)));
    expect(missing.message).toMatch(/^echo: to: /);
  });
});

it('a BPMN error carries its code and variables', async () => {
  const failure = await failureOf(echo.run({ to: ',' }, context));
  expect(failure).toMatchObject({ type: 'BpmnError', nonRetryable: true, details: ['nobody-there', { asked: true }] });
});
