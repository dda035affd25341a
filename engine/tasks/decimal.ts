/** Decimal numbers compared and divided without the rounding of binary ones: 0.3 is three times 0.1. */

interface Decimal {
  digits: bigint;
  /** How many of the digits stand after the point. */
  scale: number;
}

const written = /^([+-]?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Exponents beyond this are no numbers that people enter. */
const maxExponent = 400;

function read(text: string): Decimal | undefined {
  const [, sign, whole = '', fraction = '', exponent = '0'] = written.exec(text) ?? [];
  if (sign === undefined || Math.abs(Number(exponent)) > maxExponent) return undefined;
  const digits = BigInt(`${sign === '-' ? '-' : ''}${whole}${fraction}`);
  const scale = fraction.length - Number(exponent);
  return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale };
}

function written10({ digits, scale }: Decimal): string {
  const sign = digits < 0n ? '-' : '';
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  const fraction = scale === 0 ? '' : text.slice(-scale).replace(/0+$/, '');
  return `${sign}${text.slice(0, text.length - scale)}${fraction && `.${fraction}`}`;
}

export const isDecimal = (text: string): boolean => read(text) !== undefined;

/** How many digits there are after the point; zeros at the end do not count. */
export function decimalsOf(text: string): number {
  const value = read(text);
  return value ? (written10(value).split('.')[1]?.length ?? 0) : 0;
}

/** @returns the two multiples of the step beside the value; undefined when the value is one */
export function nearestMultiples(text: string, step: string): [string, string] | undefined {
  const value = read(text);
  const by = read(step);
  if (!value || !by || by.digits <= 0n) return undefined;
  const scale = Math.max(value.scale, by.scale);
  const unit = by.digits * 10n ** BigInt(scale - by.scale);
  const whole = value.digits * 10n ** BigInt(scale - value.scale);
  const over = ((whole % unit) + unit) % unit;
  if (over === 0n) return undefined;
  return [written10({ digits: whole - over, scale }), written10({ digits: whole - over + unit, scale })];
}
