/** Digits that are not ASCII: Chinese, circled and superscript ones, those of other scripts. */

const chinese = ['〇零○', '一壹弌幺', '二贰貳', '三叁參', '四肆', '五伍', '六陆陸', '七柒', '八捌', '九玖'];
/** Without a decomposition in Unicode. */
const circled = ['⓿', '❶➊⓵', '❷➋⓶', '❸➌⓷', '❹➍⓸', '❺➎⓹', '❻➏⓺', '❼➐⓻', '❽➑⓼', '❾➒⓽'];

const named = new Map(
  [chinese, circled].flatMap((tens) => tens.flatMap((row, digit) => [...row].map((one) => [one, digit]))),
);

/** 周三, 星期一, 第二: part of a word. */
const numeral = /(?<!周|星期|礼拜|第)[〇零○一壹弌幺二贰貳三叁參四肆五伍六陆陸七柒八捌九玖]|[^\P{Nd}\d]|\p{No}/gu;

/** Each as its ASCII digit, padded with hyphens to the same number of UTF-16 units. */
export const asciiDigits = (text: string): string =>
  text.replaceAll(numeral, (one) => String(named.get(one) ?? digitOf(one) ?? one).padEnd(one.length, '-'));

function digitOf(one: string): number | undefined {
  if (/\p{Nd}/u.test(one)) {
    // The digits of a script follow each other, from zero on.
    const code = one.codePointAt(0) ?? 0;
    let zero = code;
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
    return (code - zero) % 10;
  }
  const [digit, ...more] = one.normalize('NFKC').match(/\d/g) ?? [];
  return digit === undefined || more.length > 0 ? undefined : Number(digit);
}
