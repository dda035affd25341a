import { describe, expect, test } from 'vitest';
import { failingOf, failingOfStatus, outcomeOfError } from '../../gateway/adapters/outage.ts';

const withCode = (code: string) => Object.assign(new Error(code), { code });

describe('what an error says of a letter', () => {
  test.each([
    ['nobody listens', 'unreached', new TypeError('fetch failed', { cause: withCode('ECONNREFUSED') })],
    ['no name server answers', 'unreached', withCode('EAI_AGAIN')],
    ['the disk is full', 'unreached', withCode('ENOSPC')],
    ['no answer came in time', 'unknown', AbortSignal.abort(new DOMException('late', 'TimeoutError')).reason],
    ['the connection broke', 'unknown', new TypeError('fetch failed', { cause: withCode('ECONNRESET') })],
    ['the headers were late', 'unknown', new TypeError('fetch failed', { cause: withCode('UND_ERR_HEADERS_TIMEOUT') })],
    ['its name is too long for a file', 'refused', withCode('ENAMETOOLONG')],
    ['the adapter has a fault', 'refused', new TypeError('undefined is not a function')],
    ['what is thrown is no error', 'refused', 'no'],
  ])('%s: %s', (_, failing, error) => {
    expect(failingOf(error)).toBe(failing);
  });
});

test.each([
  [429, 'unreached'],
  [503, 'unreached'],
  [408, 'unknown'],
  [502, 'unknown'],
  [400, 'refused'],
])('an answer of HTTP %i leaves a letter %s', (status, failing) => {
  expect(failingOfStatus(status)).toBe(failing);
});

test('where a repeat is harmless, what is not known counts as not handed over', () => {
  expect(outcomeOfError(withCode('EPIPE'), 'unreached')).toEqual({ kind: 'unreached', reason: 'EPIPE' });
});
