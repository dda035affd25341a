/** What the programs log holds no personal numbers, wherever a text comes from. */
import { expect, test } from 'vitest';
import { createLog as apiLog } from '../../api/log.ts';
import { createLog as workerLog } from '../../worker/log.ts';

test.each([
  ['api', apiLog],
  ['worker', workerLog],
])('of the %s: phone and identity numbers are masked in fields, errors and messages', (_program, createLog) => {
  const lines: string[] = [];
  const log = createLog('info', { write: (line) => lines.push(line) });
  const error = new Error('no answer for 13800001234');
  log.warn({ reason: error.message, err: error, rows: [{ id: '11010119900307123X' }], ms: 12 }, '回电 138 0000 1234');
  log.info('13900005678 was called');
  const text = lines.join('');
  expect(text).not.toMatch(/13800001234|138 0000 1234|13900005678|11010119900307123X/);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    reason: 'no answer for 138****1234',
    err: { message: 'no answer for 138****1234' },
    rows: [{ id: '110101********123X' }],
    ms: 12,
    msg: '回电 138****1234',
  });
});
