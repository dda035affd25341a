import { describe, expect, test } from 'vitest';
import { isOutage } from '../../activities/gateways/outage.ts';

const withCode = (code: string) => Object.assign(new Error(code), { code });

describe('the way out is away', () => {
  test.each([
    ['nobody listens', new TypeError('fetch failed', { cause: withCode('ECONNREFUSED') })],
    ['no name server answers', withCode('EAI_AGAIN')],
    ['no answer came in time', AbortSignal.abort(new DOMException('late', 'TimeoutError')).reason],
    ['the headers were late', new TypeError('fetch failed', { cause: withCode('UND_ERR_HEADERS_TIMEOUT') })],
    ['the server has a fault', Object.assign(new Error('Bad gateway'), { status: 502 })],
    ['the server is busy', Object.assign(new Error('Too many'), { statusCode: 429 })],
    ['the disk is full', withCode('ENOSPC')],
  ])('when %s', (_, error) => {
    expect(isOutage(error)).toBe(true);
  });
});

describe('the letter is refused', () => {
  test.each([
    ['the gateway knows no such receiver', Object.assign(new Error('No such number'), { status: 422 })],
    ['its name is too long for a file', withCode('ENAMETOOLONG')],
    ['the gateway has a fault of its own', new TypeError('undefined is not a function')],
    ['what is thrown is no error', 'no'],
  ])('when %s', (_, error) => {
    expect(isOutage(error)).toBe(false);
  });
});
