/** Whatever goes wrong becomes problem details with a stable code, a sentence and what to do. */
import { ServiceError } from '@temporalio/client';
import mongoose from 'mongoose';
import { describe, expect, it } from 'vitest';
import { toProblem } from '../../api/http/errors.ts';
import { invalid, notFound, noWorker, ProblemError, problemBody } from '../../api/http/problem.ts';
import { problemTitles } from '../../api/http/problem-codes.ts';
import { z } from '../../api/http/zod.ts';
import { refusalProblem } from '../../api/resources/instances/instance-updates.ts';
import { AnswerTooLargeError } from '../../temporal/sealing/client.ts';

const words = { message: { zh: '不行', en: 'No.' }, hint: { zh: '再看', en: 'Look again.' } };

describe('an error of the outside world', () => {
  it.each([
    [new mongoose.mongo.MongoNetworkError('connection refused'), 503, 'database-away'],
    [new mongoose.mongo.MongoServerSelectionError('gone', {} as never), 503, 'database-away'],
    [new ServiceError('Failed to connect to Temporal server'), 503, 'temporal-away'],
    [Object.assign(new Error('14 UNAVAILABLE'), { code: 14, details: '', metadata: {} }), 503, 'temporal-away'],
    [Object.assign(new Error('too large'), { status: 413, type: 'entity.too.large' }), 413, 'too-large'],
    [Object.assign(new Error('bad'), { status: 400, type: 'entity.parse.failed' }), 400, 'malformed-request'],
    [new AnswerTooLargeError({ megabytes: '3.0', limit: '2.0' }), 422, 'answer-too-large'],
    [new Error('王女士 13800001234'), 500, 'internal'],
    ['thrown text', 500, 'internal'],
  ])('%s → %i %s', (error, status, code) => {
    const problem = toProblem(error);
    expect(problem).toMatchObject({ status, code });
    expect(problem.hint).toBeTruthy();
    expect(JSON.stringify(problem)).not.toMatch('王女士');
    if (status === 503) expect(problem.headers?.['Retry-After']).toBe('2');
  });

  it('of zod tells each field with its path', () => {
    const parsed = z.object({ a: z.object({ b: z.number() }), c: z.string() }).safeParse({ a: { b: 'x' } });
    expect(toProblem(parsed.error).errors?.map((one) => one.path)).toEqual(['a.b', 'c']);
  });

  it('of zod names a field that is not known', () => {
    const parsed = z.strictObject({ a: z.number() }).safeParse({ a: 1, reason: 'x', other: 2 });
    expect(toProblem(parsed.error).errors?.map((one) => one.path)).toEqual(['reason', 'other']);
  });

  const instruction = z.union([
    z.strictObject({ type: z.literal('move'), key: z.string(), to: z.string() }),
    z.strictObject({ type: z.literal('cancel'), key: z.string() }),
    z.strictObject({ type: z.literal('cancel'), element: z.string() }),
  ]);
  it.each([
    [{ type: 'fly' }, ['list.0.type'], 'It is one of "move", "cancel".'],
    [{ type: 'move', key: '1', to: 5 }, ['list.0.to'], 'string'],
    [{ type: 'cancel', element: 5 }, ['list.0.element'], 'string'],
  ])('of a choice tells what is wrong with the one that was meant: %j', (item, paths, message) => {
    const parsed = z.object({ list: z.array(instruction) }).safeParse({ list: [item] });
    const { errors } = toProblem(parsed.error);
    expect(errors?.map((one) => one.path)).toEqual(paths);
    expect(errors?.[0]?.message).toContain(message);
  });

  it('that is a problem already stays as it is', () => {
    const problem = notFound('task 1');
    expect(toProblem(problem)).toBe(problem.fields);
  });
});

describe('the body', () => {
  it('has the members of RFC 9457 and ours', () => {
    const { fields } = invalid([{ path: 'body.name', code: 'x', message: 'y' }]);
    expect(problemBody(fields, '0b0c')).toEqual({
      type: '/docs/errors#invalid-request',
      title: 'Invalid request',
      status: 400,
      detail: 'One field is not right: body.name.',
      words: { zh: '有的内容填写不正确。请按提示修改。', en: 'Some fields are invalid. Correct those listed.' },
      code: 'invalid-request',
      hint: expect.any(String),
      errors: [{ path: 'body.name', code: 'x', message: 'y' }],
      instance: 'urn:uuid:0b0c',
    });
  });

  it.each(Object.keys(problemTitles) as (keyof typeof problemTitles)[])(
    'of %s tells people in Chinese and in English what it is',
    (code) => {
      const { words } = problemBody({ status: 400, code, detail: 'x' });
      expect(words.zh).toMatch(/[\u4e00-\u9fff].*。$/);
      expect(words.en).toMatch(/^[A-Z][\x20-\x7e]*\.$/);
    },
  );

  it('tells who waits for a worker to send the same again', () => {
    expect(noWorker().fields).toMatchObject({ status: 503, headers: { 'Retry-After': '2' } });
    expect(noWorker()).toBeInstanceOf(ProblemError);
  });
});

describe('a refusal of the process', () => {
  it.each([
    ['own-application', 403],
    ['already-claimed', 409],
    ['not-the-assignee', 409],
    ['not-active', 409],
    ['reason-missing', 422],
    ['nothing-to-retry', 409],
  ])('%s → %i', async (code, status) => {
    const problem = await refusalProblem({ code, ...words });
    expect(problem.fields).toMatchObject({ status, code, detail: 'No.', hint: 'Look again.' });
    expect(problem.fields.words).toEqual({ zh: '不行再看', en: 'No. Look again.' });
  });

  it('with an unknown code is reported as refused', async () => {
    const problem = await refusalProblem({ code: 'something-new', ...words });
    expect(problem.fields).toMatchObject({ status: 409, code: 'refused', detail: 'No.' });
  });

  it('for a form tells each field', async () => {
    const details = [{ field: 'kind', code: 'required', message: { zh: '必填。', en: 'is required.' } }];
    const problem = await refusalProblem({ code: 'form-invalid', ...words, details });
    expect(problem.fields).toMatchObject({
      status: 422,
      errors: [
        {
          path: 'body.variables.kind',
          code: 'required',
          message: 'is required.',
          words: { zh: '必填。', en: 'is required.' },
        },
      ],
    });
  });

  it('for a task that ended by itself tells when', async () => {
    const details = { how: 'cancelled', at: '2026-11-22T08:00:00.000Z' };
    const problem = await refusalProblem({ code: 'task-gone', ...words, details });
    expect(problem.fields).toMatchObject({ status: 409, more: { how: 'cancelled', at: details.at } });
    expect(problem.fields.detail).toMatch(details.at);
  });
});

describe('a field that is not right', () => {
  const schema = z.strictObject({
    name: z.string(),
    ids: z.array(z.string()).min(1),
    where: z.enum(['before', 'after']),
    limit: z.coerce.number().int().min(1).max(100).optional(),
    note: z.string().max(2).optional(),
    facility: z
      .string()
      .regex(/^[A-Z]+$/, 'Letters only.')
      .optional(),
  });
  const told = (request: unknown) => {
    const { error } = schema.safeParse(request);
    return Object.fromEntries(toProblem(error).errors?.map(({ path, message }) => [path, message]) ?? []);
  };

  it('is told in words, and what is missing is called missing', () => {
    expect(told({ ids: [], limit: 'many', note: 'abc', facility: '1' })).toEqual({
      name: 'It is missing; a string is needed.',
      ids: 'It must have at least 1 item.',
      where: 'It is missing. It is one of "before", "after".',
      limit: 'It must be a number.',
      note: 'It must have at most 2 characters.',
      facility: 'Letters only.',
    });
    expect(told({ name: 1, ids: 'a', where: 'above', limit: 101 })).toEqual({
      name: 'It must be a string.',
      ids: 'It must be a list.',
      where: 'It is one of "before", "after".',
      limit: 'It must be at most 100.',
    });
    expect(told({ name: 'a', ids: ['b'], where: 'after', limit: 1.5 })).toEqual({
      limit: 'It must be a whole number.',
    });
  });

  it('is told in Chinese too, and what is missing is called missing there as well', () => {
    const { error } = schema.safeParse({ ids: [], where: 'above', limit: 0, other: 1 });
    const words = toProblem(error).errors?.map((one) => [one.path, one.words?.zh]);
    expect(Object.fromEntries(words ?? [])).toEqual({
      name: '缺少此项，应为文本。',
      ids: '至少 1 项。',
      where: '应为以下之一："before"、"after"。',
      limit: '至少为 1。',
      other: '此处没有“other”这一项。',
    });
    const wrong = toProblem(schema.safeParse({ name: 1, ids: ['a'], where: 'after', facility: '1' }).error).errors;
    expect(wrong?.map((one) => one.words)).toEqual([
      { zh: '应为文本。', en: 'It must be a string.' },
      { zh: '填写不正确。', en: 'Letters only.' },
    ]);
  });
});
