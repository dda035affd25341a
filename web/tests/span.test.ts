import { expect, test } from 'vitest';
import { durationInWords, spanInWords } from '../src/parts/span.ts';
import { en } from '../src/words/en/index.ts';
import { translator } from '../src/words/index.ts';
import { zh } from '../src/words/zh/index.ts';

const chinese = translator<typeof zh>(zh);
const english = translator<typeof zh>(en);

test('a span is in the largest unit that it fills', () => {
  expect([500, 1500, 90_000, 36_000_000, 260_000_000].map((ms) => spanInWords(ms, english))).toEqual([
    '< 1 s',
    '1.5 s',
    '1.5 min',
    '10 h',
    '3 d',
  ]);
});

test('a duration is in all of its units', () => {
  expect(['PT30S', 'PT0.5S', 'P1DT2H', 'PT24H'].map((one) => durationInWords(one, english))).toEqual([
    '30 s',
    '0.5 s',
    '1 d 2 h',
    '24 h',
  ]);
  expect(durationInWords('PT5M', chinese)).toBe('5 分钟');
});

test('a duration in years, months or weeks stays as it is', () => {
  expect(['P1Y', 'P2W', '5 minutes'].map((one) => durationInWords(one, english))).toEqual(['P1Y', 'P2W', '5 minutes']);
});
