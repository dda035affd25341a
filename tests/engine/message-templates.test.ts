import { expect, test } from 'vitest';
import { fillIn, placeholdersOf } from '../../engine/messages/message-templates.ts';

test('placeholders of a message text are filled in, and those without a value are returned', () => {
  const words = { subject: '请假 {days} 天', body: '{姓名}：{days} 天，{reason}' };
  expect(fillIn(words, { days: 2, 姓名: '何静怡', reason: null })).toMatchObject({
    text: { subject: '请假 2 天', body: expect.stringContaining('何静怡：2 天') },
    missing: ['reason'],
  });
  expect(placeholdersOf({ zh: words, en: { subject: '{days}', body: '{unit}' } })).toEqual([
    'days',
    '姓名',
    'reason',
    'unit',
  ]);
});

test('names that every object has are no values', () => {
  expect(fillIn({ subject: '{constructor}', body: '{toString}' }, {}).missing).toEqual(['constructor', 'toString']);
});
