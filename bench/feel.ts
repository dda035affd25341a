/**
 * FEEL alone: evaluations per second of a condition, a date sum, a list filter and the like, against feelin in the same run, as quick
 * as feelin can be (an expression made a function once and called) and as it is usually used (text evaluated each time).
 * `npm run bench -- feel [--rounds=5] [--seconds=0.3]`
 */
import { evaluate, FeelFunction } from 'feelin';
import { compileFeel } from '../engine/feel/compiled.ts';
import type { Json } from '../engine/model/plan.ts';
import { windowed } from '../engine/time/calendar.ts';
import { chinaCalendar } from '../engine/time/china.ts';
import { load, median, option, ratio, rounded, table } from './support/numbers.ts';

const rounds = option('rounds', 5);
const seconds = option('seconds', 0.3);
const context = { now: '2026-11-20T01:00:00.000Z', calendar: windowed(chinaCalendar(), 2025, 2029) };

const variables: Record<string, Json> = {
  amountCents: 600_000,
  city: '北京',
  receivedAt: '2026-11-18T08:30:00.000Z',
  rules: { limits: { closure: 'P7D' }, refund: { gmAboveCents: 500_000 } },
  items: Array.from({ length: 20 }, (_, i) => ({ name: `item ${i}`, price: i * 100, open: i % 2 === 0 })),
  n: 7,
};

const expressions: [what: string, feel: string][] = [
  ['a sum', 'n + 1'],
  ['a condition', 'amountCents > rules.refund.gmAboveCents and city = "北京"'],
  ['a date sum', 'date and time(receivedAt) + duration(rules.limits.closure)'],
  ['a filter of 20', 'items[price > 1000 and open].name'],
  ['a choice', 'if list contains(["北京", "上海"], city) then get or else(amountCents, 0) else 0'],
];

/** The free variables become parameters, so that the text is parsed once. */
function feelinOnce(feel: string): () => unknown {
  const names = Object.keys(variables);
  const { value } = evaluate(`function(${names.join(', ')}) ${feel.replace(/get or else\((\w+), \w+\)/, '$1')}`, {});
  if (!(value instanceof FeelFunction)) throw new Error(`feelin has made no function of "${feel}".`);
  const given = Object.values(variables);
  return () => value.invoke(given);
}

function ours(feel: string): () => unknown {
  const compiled = compileFeel(feel);
  const lookup = (name: string) => variables[name];
  return () => compiled(lookup, context);
}

/** CPU time of this process, so other programs of the machine do not count. */
function perSecond(run: () => unknown): number {
  const begun = process.cpuUsage();
  for (let count = 0; ; ) {
    for (let i = 0; i < 50; i++) run();
    count += 50;
    const { user, system } = process.cpuUsage(begun);
    if (user + system > seconds * 1e6) return count / ((user + system) / 1e6);
  }
}

const rows = expressions.map(([what, feel]) => {
  const runs = [
    ours(feel),
    feelinOnce(feel),
    () => evaluate(feel.replace(/get or else\((\w+), \w+\)/, '$1'), variables),
    () => compileFeel(feel),
  ];
  const results: number[][] = runs.map(() => []);
  for (const run of runs) perSecond(run);
  for (let round = 0; round < rounds; round++)
    for (const [at, run] of runs.entries()) results[at]?.push(perSecond(run));
  const [own = 0, called = 0, text = 0, compiling = 0] = results.map(median);
  return [what, rounded(own, 0), rounded(called, 0), ratio(own, called), rounded(text, 0), rounded(1e6 / compiling)];
});

console.log(`${rounds} rounds; load ${load()}\n`);
console.log(
  table(
    [
      'evaluations per second of CPU',
      'careloop',
      'feelin, made a function',
      'ratio',
      'feelin, as text',
      'compiling here, µs',
    ],
    rows,
  ),
);
