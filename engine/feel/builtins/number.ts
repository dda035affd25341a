/** Numeric functions (DMN 1.5, 10.3.4.5). */
import { decimal } from '../operators.ts';
import { MonthsValue, SecondsValue } from '../temporal.ts';
import type { FeelValue, FunctionValue } from '../values.ts';
import { define } from './define.ts';

const minScale = -6111;
const maxScale = 6176;

/**
 * Rounds to a number of decimals. The point is moved in the decimal text, so that 2.675 is what it says and not the double
 * beneath it.
 */
function rounded(n: number, scale: number, round: (scaled: number) => number): number | undefined {
  if (!Number.isFinite(scale) || scale < minScale || scale > maxScale) return undefined;
  const places = Math.trunc(scale);
  // Beyond the digits of a double there is nothing to round.
  if (places > 300) return n;
  if (places < -300) return 0;
  const shifted = shift(n, places);
  return shift(round(shifted), -places) || 0;
}

function shift(n: number, places: number): number {
  const [mantissa = '0', exponent = '0'] = String(n).split('e');
  return Number(`${mantissa}e${Number(exponent) + places}`);
}

const towardsZero = (n: number): number => Math.trunc(n);
const awayFromZero = (n: number): number => Math.sign(n) * Math.ceil(Math.abs(n));
const halfUp = (n: number): number => Math.sign(n) * Math.floor(Math.abs(n) + 0.5);
const halfDown = (n: number): number => Math.sign(n) * Math.ceil(Math.abs(n) - 0.5);

function halfEven(n: number): number {
  const low = Math.floor(n);
  if (n - low !== 0.5) return Math.round(n);
  return low % 2 === 0 ? low : low + 1;
}

const rounding = (name: string, round: (n: number) => number, scaled = true): FunctionValue =>
  define(name, [
    `n: number, scale: number${scaled ? '' : '?'}`,
    () =>
      (n: number, scale = 0) =>
        rounded(n, scale, round),
  ]);

function absolute(n: FeelValue): FeelValue | undefined {
  if (typeof n === 'number') return Math.abs(n);
  if (n instanceof MonthsValue) return new MonthsValue(Math.abs(n.months));
  return n instanceof SecondsValue ? new SecondsValue(n.nanos < 0n ? -n.nanos : n.nanos) : undefined;
}

export const number: Record<string, FunctionValue> = {
  decimal: rounding('decimal', halfEven),
  floor: rounding('floor', Math.floor, false),
  ceiling: rounding('ceiling', Math.ceil, false),
  'round up': rounding('round up', awayFromZero),
  'round down': rounding('round down', towardsZero),
  'round half up': rounding('round half up', halfUp),
  'round half down': rounding('round half down', halfDown),
  abs: define('abs', ['n: size', () => absolute]),
  modulo: define('modulo', [
    'dividend: number, divisor: number',
    () => (dividend: number, divisor: number) =>
      divisor === 0 ? undefined : decimal(dividend - divisor * Math.floor(dividend / divisor)),
  ]),
  sqrt: define('sqrt', ['number: number', () => (n: number) => (n < 0 ? undefined : Math.sqrt(n))]),
  log: define('log', ['number: number', () => (n: number) => (n <= 0 ? undefined : Math.log(n))]),
  exp: define('exp', [
    'number: number',
    () => (n: number) => {
      const result = Math.exp(n);
      return Number.isFinite(result) ? result : undefined;
    },
  ]),
  odd: define('odd', ['number: number', () => (n: number) => Math.abs(n % 2) === 1]),
  even: define('even', ['number: number', () => (n: number) => Math.abs(n % 2) === 0]),
};
