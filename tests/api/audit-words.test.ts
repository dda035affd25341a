/** Each entry of the audit trail says in both languages what was done or read. */
import { expect, test } from 'vitest';
import { wordsOfAct } from '../../api/resources/audit/act-words.ts';
import { routes } from './all-routes.ts';

const summaries = new Map(routes.map(({ key, summary }) => [key as string, summary]));
const audited = routes.filter(({ key, audit }) => (key.startsWith('GET ') ? audit === 'sensitive' : audit !== 'none'));

test('every audited route is named in Chinese (api/resources/audit/act-words.ts) and in English', () => {
  expect(audited.length).toBeGreaterThan(50);
  const lacking = audited.filter(({ key }) => {
    const { zh, en } = wordsOfAct(key, summaries);
    return !/\p{Script=Han}/u.test(zh) || en === key;
  });
  expect(lacking.map(({ key }) => key)).toEqual([]);
});

test('what no request asks for has words too, and what is unknown its name', () => {
  expect(wordsOfAct('login-locked', summaries)).toEqual({ zh: '登录被锁定', en: 'Login locked' });
  expect(wordsOfAct('POST /api/gone', summaries)).toEqual({ zh: 'POST /api/gone', en: 'POST /api/gone' });
});
