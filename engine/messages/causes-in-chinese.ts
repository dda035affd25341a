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

/** Of values, as `kindOf` names them (engine/feel/values.ts). */
const kinds: Record<string, string> = {
  null: '空值',
  number: '数字',
  string: '文字',
  boolean: '真假值',
  list: '列表',
  context: '上下文',
  'date and time': '日期时间',
  date: '日期',
  time: '时间',
  'years and months duration': '年月时长',
  'days and time duration': '天时时长',
  range: '区间',
  function: '函数',
};
const kind = `(${Object.keys(kinds).join('|')})`;

/** What a value is of in a decision. */
const holders: Sentence[] = [
  sentence(`The input "${something}"`, (name) => `输入“${name}”`),
  sentence(`The output "${something}"`, (name) => `输出“${name}”`),
  sentence(`The default of "${something}"`, (name) => `“${name}”的默认值`),
  sentence(`The result of "${something}"`, (name) => `“${name}”的结果`),
  sentence('The result', () => '结果'),
  sentence(`"${something}"`, (name) => `“${name}”`),
];

const sentences: Sentence[] = [
  sentence(
    `The output "${something}" of rule (\\d+) is not among the values allowed`,
    (name, rule) => `规则 ${rule} 的输出“${name}”不在允许的取值之内`,
  ),
  sentence(
    `${something} is a ${kind}, which is not of its type`,
    (holder, found) => `${translated(holders, holder) ?? holder}的类型不对，得到的是${kinds[found]}`,
  ),
  sentence(
    `The input "${something}" is a ${kind} that its type does not take`,
    (name, found) => `输入“${name}”的类型不对，得到的是${kinds[found]}`,
  ),
  sentence(`The input "${something}" was not given`, (name) => `没有提供输入“${name}”`),
  sentence('The outputs cannot be put together', () => '各项输出无法合并'),
  sentence(`The expression "${something}" cannot be read. .*`, (source) => `表达式“${source}”写得不对`),
  sentence(`A function (?:outside FEEL|in ${something}) cannot be run`, () => '只能运行用 FEEL 写的函数'),
  sentence('What was asserted does not hold', () => '断言不成立'),
  sentence('A filter is a number for some entries only', () => '过滤条件只对部分条目是数字'),
  sentence(
    `A filter is ${something}, neither true, false nor a number`,
    (value) => `过滤条件的结果是 ${value}，既非真假也非数字`,
  ),
  sentence(`A filter is ${something}`, (value) => `过滤条件的结果是 ${value}`),
  sentence(`There is no variable "${something}"`, (name) => `没有变量“${name}”`),
  sentence(`There is no function "${something}"`, (name) => `没有函数“${name}”`),
  sentence(`There is no decision "${something}"`, (name) => `没有决策“${name}”`),
  sentence(`There is no "${something}"`, (name) => `没有“${name}”`),
  sentence(`The ${kind} ${something} has no "${something}"`, (_, value, name) => `${value} 没有“${name}”`),
  sentence(`There is no type "${something}"`, (name) => `没有类型“${name}”`),
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
  sentence('The condition is neither true nor false', () => '条件既非真也非假'),
  sentence(`${something} is neither true nor false`, (value) => `${value} 既非真也非假`),
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
    `By version (\\d+) of the calendar ${something} no working day is found, counting (-?\\d+) from ${something}`,
    (version, calendar, days, from) =>
      `工作日历 ${calendar} 第 ${version} 版中，从 ${from} 起数 ${days} 个工作日，找不到工作日`,
  ),
  sentence(`Process time cannot run at speed ${something}`, (speed) => `流程时间不能以 ${speed} 倍速运行`),
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
  const chinese = translated(sentences, bare);
  return chinese === undefined ? undefined : `${chinese}${where}。`;
}

function translated(known: readonly Sentence[], english: string): string | undefined {
  for (const [pattern, chinese] of known) {
    const found = pattern.exec(english);
    if (found) return chinese(...found.slice(1));
  }
  return undefined;
}
