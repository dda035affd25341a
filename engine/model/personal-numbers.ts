/** Personal numbers in texts (mobile and landline numbers, identity and travel documents, bank cards, e-mail addresses), shown in part. */

import { asciiDigits } from './numerals.ts';

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
    .replaceAll(
      /[\s\u00AD\u00B7\u200B-\u2015\u2022\u202A-\u202E\u2060-\u206F\u2212\u3000\u30FB._/]|[\uFE00-\uFE0F]|\u20E3/g,
      '-',
    );

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

/** Letter and eight digits, or two letters and seven: passports of the mainland, permits for Hong Kong, Macau and Taiwan and from there. */
const document = `(?:[EGHMCL]${gap}\\d|E${gap}[A-HJ-NP-Z])${gap}${spread(digits(7))}`;
/** What people call them, before a number that alone could be any. */
const documentWords = [
  '护照',
  '通行证',
  '回乡证',
  '台胞证',
  '居住证',
  '居留证',
  '证件',
  '身份证',
  'passport',
  'permit',
  'hkid',
].join('|');

/** `E20261130…` is a letter before a date rather than a document. */
const isDated = (found: string): boolean =>
  /^20[0-4]\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/.test(onlyDigits(found));

/** E12345678 → E1****678 */
function maskDocument(found: string): string {
  const written = found.replaceAll(/[^\dA-Za-z]/g, '');
  return `${written.slice(0, 2)}****${written.slice(-3)}`;
}

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
  // Passports, permits and identity cards of Hong Kong, Macau and Taiwan: what is called one, and what looks like one.
  {
    pattern: new RegExp(
      `(?<=(?:${documentWords})[^\\dA-Za-z\\n]{0,6}(?:no|number|id)?[^\\dA-Za-z\\n]{0,4})(?:[A-Za-z]${gap}){0,2}${spread(digits(6))}(?:${gap}\\d){0,4}(?:${gap}\\([\\dA]\\))?(?![\\dA-Za-z*])`,
      'gi',
    ),
    mask: maskDocument,
  },
  { pattern: alone(document), isOne: (found) => !isDated(found), mask: maskDocument },
  // Landlines with their area code.
  { pattern: alone(`(?<!\\d-)\\(?0\\d{2,3}\\)?${gap}[1-9]\\d{2,3}${gap}\\d{4}`), mask: maskPhone },
];

/** From the beginning of a word only: otherwise a long word would be searched anew from each of its letters. */
const email = /(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g;

function luhn(number: string): boolean {
  const sum = [...number].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum % 10 === 0;
}

/** A text with such numbers in part. */
export function maskText(text: string): string {
  let masked = maskAsRead(text, plain);
  if (/[^\u0020-\u007F]/.test(masked)) masked = maskAsRead(masked, (one) => asciiDigits(plain(one)));
  return masked
    .replaceAll('\uFF20', '@')
    .replaceAll(email, (one) => `${one.slice(0, 1)}***${one.slice(one.indexOf('@'))}`);
}

/** Belongs to the character before. */
const rest = /[\uDC00-\uDFFF]|[\uFE00-\uFE0F]|\u20E3/;

const manyDigits = /\d(?:-{0,2}\d){5}/;

/** @param read as many characters as before */
function maskAsRead(text: string, read: (text: string) => string): string {
  if (!manyDigits.test(read(text))) return text;
  let masked = text;
  for (const { pattern, isOne = () => true, mask } of kinds) {
    const seen = read(masked);
    let done = '';
    let at = 0;
    for (const match of seen.matchAll(pattern)) {
      if (!isOne(match[0])) continue;
      let end = match.index + match[0].length;
      while (rest.test(masked.charAt(end))) end += 1;
      done += masked.slice(at, match.index) + mask(match[0]);
      at = end;
    }
    masked = done + masked.slice(at);
  }
  return masked;
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
