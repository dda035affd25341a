/**
 * Chinese for the English sentences in which expressions, decisions and times report a failure. Incidents keep such a sentence as their cause;
 * one that is not listed here, such as what a worker reports, is quoted as it is.
 */

type Sentence = [english: RegExp, chinese: (...parts: string[]) => string];

const something = '(.+?)';
const sentence = (english: string, chinese: (...parts: string[]) => string): Sentence => [
  new RegExp(`^${english}$`, 's'),
  chinese,
];

const sentences: Sentence[] = [
  sentence(`There is no variable "${something}"`, (name) => `没有变量“${name}”`),
  sentence(`There is no function "${something}"`, (name) => `没有函数“${name}”`),
  sentence(`There is no decision "${something}"`, (name) => `没有决策“${name}”`),
  sentence(`There is no "${something}"`, (name) => `没有“${name}”`),
  sentence(`The \\w+ ${something} has no "${something}"`, (value, name) => `${value} 没有“${name}”`),
  sentence(`There is no range from ${something} to ${something}`, (from, to) => `从 ${from} 到 ${to} 不构成区间`),
  sentence(`There is no range ${something}`, (range) => `${range} 不构成区间`),
  sentence(
    `${something} cannot be compared with ${something}`,
    (one, other) => `${one} 不能与 ${other.replace(' and ', '、')} 比较`,
  ),
  sentence(`${something} cannot be compared`, (comparison) => `${comparison} 无法比较`),
  sentence(
    `${something}: a date has no hours, begin with date and time\\(…\\)`,
    (sum) => `${sum}：日期没有钟点，请用 date and time(…)`,
  ),
  sentence(`${something} has no value`, (expression) => `${expression} 没有结果`),
  sentence(`${something} has nothing to give`, (name) => `${name} 没有结果`),
  sentence(`${something} is no function`, (value) => `${value} 不是函数`),
  sentence(`"${something}" is no date, time or duration`, (text) => `“${text}”不是日期、时间或时长`),
  sentence(`A context has the entry "${something}" twice`, (name) => `上下文中“${name}”重复`),
  sentence(
    `The function takes (\\d+) arguments, it got (\\d+)`,
    (wanted, got) => `函数需要 ${wanted} 个参数，得到 ${got} 个`,
  ),
  sentence(`The argument "${something}" is not of its type`, (name) => `参数“${name}”的类型不对`),
  sentence(`The function has no parameter "${something}"`, (name) => `函数没有参数“${name}”`),
  sentence('An argument is missing', () => '缺少参数'),
  sentence(`${something}\\(\\) takes a list`, (name) => `${name}() 需要一个列表`),
  sentence('The condition of some or every is neither true nor false', () => 'some 或 every 的条件既非真也非假'),
  sentence('A range to iterate over has two numbers or two dates', () => '循环的区间应为两个数字或两个日期'),
  sentence('There is nothing to iterate over', () => '没有可循环的内容'),
  sentence(`The list has no entry ${something}`, (position) => `列表没有第 ${position} 项`),
  sentence('The result is not a number', () => '结果不是数字'),
  sentence('The result is a range, which cannot be kept', () => '结果是区间，不能保存'),
  sentence('The result is a function, which cannot be kept', () => '结果是函数，不能保存'),
  sentence(`It takes more than (\\d+) steps`, (steps) => `计算超过 ${steps} 步`),
  sentence(`Lists and contexts lie more than (\\d+) deep in each other`, (depth) => `列表和上下文嵌套超过 ${depth} 层`),
  sentence(`Functions call each other more than (\\d+) deep`, (depth) => `函数调用嵌套超过 ${depth} 层`),
  sentence(
    `The pattern "${something}" can take too long over this text`,
    (pattern) => `正则表达式“${pattern}”匹配这段文字可能耗时过长`,
  ),
  sentence(
    `Rules ([\\d and]+) match, but only one may`,
    (rules) => `规则 ${rules.replaceAll(' and ', '、')} 同时匹配，只允许一条`,
  ),
  sentence('The rules that match do not agree', () => '匹配的规则结果不一致'),
  sentence(`"${something}" is not a time zone`, (zone) => `“${zone}”不是时区`),
  sentence(`"${something}" does not say in which zone it is`, (text) => `“${text}”没有说明时区`),
  sentence('The time lies outside the years 1 to 9999', () => '时间不在公元 1 至 9999 年之间'),
  sentence(`"${something}" is not a date and time`, (text) => `“${text}”不是日期时间`),
  sentence(`"${something}" is not a date`, (text) => `“${text}”不是日期`),
  sentence(`"${something}" is not a duration`, (text) => `“${text}”不是时长`),
  sentence(`"${something}" does not say how often`, (text) => `“${text}”没有说明次数`),
  sentence(`"${something}" is not a repeating interval: .*`, (text) => `“${text}”不是循环间隔`),
  sentence(`"${something}" is not a cron expression: .*`, (text) => `“${text}”不是 cron 表达式`),
  sentence(`"${something}" never occurs`, (text) => `“${text}”永远不会发生`),
  sentence(`"${something}" has no occurrence after ${something}`, (text, from) => `“${text}”在 ${from} 之后不再发生`),
  sentence(`"${something}" comes more than once a second`, (text) => `“${text}”每秒不止一次`),
  sentence(`${something} is not a number of working days`, (days) => `${days} 不是工作日天数`),
  sentence(
    `${something} and ${something} lie more than (\\d+) days apart`,
    (from, to, days) => `${from} 与 ${to} 相隔超过 ${days} 天`,
  ),
];

const place = / \((?:line (\d+), )?column (\d+)\)$/;

/** @returns undefined where the sentence is not one of the engine's */
export function causeInChinese(cause: string): string | undefined {
  const whole = cause.replace(/\.$/, '');
  const at = place.exec(whole);
  const bare = at ? whole.slice(0, at.index) : whole;
  const where = at ? `（${at[1] === undefined ? '' : `第 ${at[1]} 行`}第 ${at[2]} 列）` : '';
  for (const [english, chinese] of sentences) {
    const found = english.exec(bare);
    if (found) return `${chinese(...found.slice(1))}${where}。`;
  }
  return undefined;
}
