/** Personal numbers in texts (mobile and landline numbers, identity numbers, bank cards, e-mail addresses), shown in part. */

/** 13800001234 → 138****1234; a short number shows its last two digits only. */
export function maskPhone(phone: string): string {
  const digits = plain(phone)
    .replaceAll(/\D/g, '')
    .replace(/^86(?=1\d{10}$)/, '');
  return digits.length >= 9 ? `${digits.slice(0, 3)}****${digits.slice(-4)}` : `****${digits.slice(-2)}`;
}

/**
 * Full-width forms as ASCII, dashes, dots, spaces and invisible characters of all kinds as a hyphen: as many characters
 * as before.
 */
const plain = (text: string): string =>
  text
    .replaceAll(/[\uFF01-\uFF5E]/g, (one) => String.fromCharCode(one.charCodeAt(0) - 0xfee0))
    .replaceAll(/[\s\u00AD\u00B7\u200B-\u2015\u2022\u202A-\u202E\u2060-\u206F\u2212\u3000\u30FB._/]/g, '-');

const gap = '-{0,2}';
const spread = (parts: string[]): string => parts.join(gap);
const digits = (count: number): string[] => Array.from({ length: count }, () => '\\d');
const wordStart = '(?<![\\dA-Za-z])';
/** Words that people write directly before a number. */
const labels = ['tel', 'phone', 'mobile', 'wechat', 'weixin', 'wx', 'vx'].join('|');
/** Digests, tokens and order numbers contain arbitrary digits: digits within a word are not a personal number. */
const alone = (pattern: string): RegExp =>
  new RegExp(`(?:${wordStart}|(?<=${wordStart}(?:${labels})))${pattern}(?![\\dA-Za-z])`, 'gi');

interface Kind {
  pattern: RegExp;
  mask(found: string): string;
  isOne?(found: string): boolean;
}

const onlyDigits = (text: string): string => text.replaceAll(/[^\dXx]/g, '');

/** The longer ones first: an identity number holds what could be a telephone number. */
const kinds: Kind[] = [
  // Resident identity numbers (GB 11643): region, date of birth, serial, check character.
  {
    pattern: alone(
      spread([
        '[1-9]',
        ...digits(5),
        '(?:1-{0,2}[89]|2-{0,2}0)',
        ...digits(2),
        '[01]',
        '\\d',
        '[0-3]',
        ...digits(4),
        '[\\dXx]',
      ]),
    ),
    isOne: (found) => /^\d{10}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])/.test(onlyDigits(found)),
    mask: (found) => `${onlyDigits(found).slice(0, 6)}********${onlyDigits(found).slice(-4)}`,
  },
  // Bank cards (ISO/IEC 7812): 16 to 19 digits with the check digit of Luhn.
  {
    pattern: alone(`[3-9](?:${gap}\\d){15,18}`),
    isOne: (found) => luhn(onlyDigits(found)),
    mask: (found) => `${onlyDigits(found).slice(0, 4)}****${onlyDigits(found).slice(-4)}`,
  },
  // Mobile numbers of the mainland, alone or with their country code.
  {
    pattern: alone(`(?:(?:\\+|00)?86${gap})?${spread(['1', '[3-9]', ...digits(9)])}`),
    mask: maskPhone,
  },
  // Landlines with their area code.
  { pattern: alone(`(?<!\\d-)\\(?0\\d{2,3}\\)?${gap}[1-9]\\d{2,3}${gap}\\d{4}`), mask: maskPhone },
];

const email = /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

function luhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** A text with such numbers in part. */
export function maskText(text: string): string {
  if (!/[\d\uFF10-\uFF19].*[\d\uFF10-\uFF19]|[@\uFF20]/s.test(text)) return text;
  let masked = text;
  for (const { pattern, isOne = () => true, mask } of kinds) {
    const seen = plain(masked);
    let done = '';
    let at = 0;
    for (const match of seen.matchAll(pattern)) {
      const end = match.index + match[0].length;
      if (!isOne(match[0])) continue;
      done += masked.slice(at, match.index) + mask(match[0]);
      at = end;
    }
    masked = done + masked.slice(at);
  }
  return masked
    .replaceAll('\uFF20', '@')
    .replaceAll(email, (one) => `${one.slice(0, 1)}***${one.slice(one.indexOf('@'))}`);
}

/** What a program logs: all texts in it, whatever their place. */
export function maskTexts(value: unknown): unknown {
  if (typeof value === 'string') return maskText(value);
  if (value instanceof Error)
    return { name: value.name, message: maskText(value.message), stack: maskText(value.stack ?? '') };
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(maskTexts);
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, maskTexts(inner)]));
}
