import { expect, test, vi } from 'vitest';

// The client reads the address of the page.
vi.stubGlobal('location', { origin: 'http://127.0.0.1' });
const { Refused } = await import('../src/api/client.ts');
const { isRefusal } = await import('../src/parts/idempotency.ts');
vi.unstubAllGlobals();

test.each([
  [new Refused(422, undefined), true],
  [new Refused(409, undefined), true],
  [new Refused(401, undefined), true],
  // Whether it took effect is unknown: a lost connection, no worker, a database that did not answer.
  [new Refused(0, undefined), false],
  [new Refused(503, undefined), false],
  [new TypeError('a fault of the page'), false],
])('%o is a refusal: %s', (error, refused) => expect(isRefusal(error)).toBe(refused));
