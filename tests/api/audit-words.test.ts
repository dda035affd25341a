/** Entries of the audit trail say in both languages what was done or read. */
import { expect, test } from 'vitest';
import { actsInChinese, wordsOfAct } from '../../api/resources/audit/act-words.ts';
import { routes } from './all-routes.ts';

const summaries = new Map(routes.map(({ key, summary }) => [key, summary]));

test('what has Chinese words is a route, and has a summary in English', () => {
  const gone = Object.keys(actsInChinese).filter((act) => !summaries.has(act));
  expect(gone).toEqual([]);
  expect(wordsOfAct('POST /api/tasks/{id}/claim', summaries)).toEqual({
    zh: '领取任务',
    en: summaries.get('POST /api/tasks/{id}/claim'),
  });
});

test('every act and every sensitive read has Chinese words', () => {
  const recorded = routes.filter(({ key, audit }) =>
    key.startsWith('GET ') ? audit === 'sensitive' : audit !== 'none',
  );
  expect(recorded.map(({ key }) => key as string).filter((key) => !Object.hasOwn(actsInChinese, key))).toEqual([]);
});

test('what no request asks for has words too, and what is unknown its name', () => {
  expect(wordsOfAct('login-locked', summaries)).toEqual({ zh: '登录被锁定', en: 'Login locked' });
  expect(wordsOfAct('POST /api/gone', summaries)).toEqual({ zh: 'POST /api/gone', en: 'POST /api/gone' });
});
