/** form-js 1.23 has no translate service: its messages are English literals, which this puts into Chinese. */
import { options } from 'preact';
import { datePlaceholder, isChinese } from './form-language.ts';

const messages: [RegExp, string][] = [
  [/^Field is required\.$/, '必填'],
  [/^Field must have minimum value of (.+)\.$/, '不能小于 $1'],
  [/^Field must have maximum value of (.+)\.$/, '不能大于 $1'],
  [/^Field must have minimum length of (.+)\.$/, '至少 $1 个字'],
  [/^Field must have maximum length of (.+)\.$/, '最多 $1 个字'],
  [/^Field must match pattern (.+)\.$/, '格式不对'],
  [/^Field must be a valid email\.?$/, '请填写有效的邮箱'],
  [/^Field must be a valid (?:international )?phone number\.?.*$/, '请填写有效的电话号码'],
  [/^Value is not a number\.$/, '请填数字'],
  [/^Value is expected to be an integer\.$/, '请填整数'],
  [/^Value is expected to have at most (\d+) decimal digits?\.$/, '最多 $1 位小数'],
  [/^Please select a valid value.*$/, '请选择列表中的一项'],
  [/^Date must (?:not )?be in the (?:past|future)\.?$/, '日期不在允许的范围内'],
];

function inChinese(text: string): string {
  const found = messages.find(([pattern]) => pattern.test(text));
  return found ? text.replace(...found) : text;
}

interface Validator {
  validateFieldInstance(field: object, value: unknown): string[];
}

class ChineseMessages {
  static $inject = ['validator'];
  constructor(validator: Validator) {
    const original = validator.validateFieldInstance.bind(validator);
    validator.validateFieldInstance = (...given) => original(...given).map(inChinese);
  }
}

export const chineseMessages = { __init__: ['chineseMessages'], chineseMessages: ['type', ChineseMessages] };

const labels: Record<string, string> = {
  Select: '请选择',
  Search: '搜索',
  'No results': '没有结果',
  'All values selected': '已全选',
  'Nothing to show.': '没有内容',
  'Add new': '添加一行',
  Browse: '选择文件',
  'hh:mm ?m': '时:分',
  'hh:mm --': '时:分',
  '--:-- --': '时:分',
};

/** `mm/dd/yyyy` in the order and with the signs of the browser's country. */
const isDatePlaceholder = (text: string): boolean => /^(?=.*dd)(?=.*mm)(?=.*yyyy)[dmy\P{L}年月日]+$/u.test(text);

const labelled = (child: unknown): unknown => (typeof child === 'string' && labels[child]) || child;

/** Labels inside form-js's own components: Preact hands every node to this hook before it is drawn. */
const before = options.vnode;
options.vnode = (node) => {
  const props = node.props as { children?: unknown; placeholder?: unknown } | null;
  const { children, placeholder } = props ?? {};
  if (props && typeof placeholder === 'string' && isDatePlaceholder(placeholder)) props.placeholder = datePlaceholder();
  else if (props && isChinese()) {
    if (Array.isArray(children)) props.children = children.map(labelled);
    else if (typeof children === 'string' && labels[children]) props.children = labels[children];
    if (typeof placeholder === 'string' && labels[placeholder]) props.placeholder = labels[placeholder];
  }
  before?.(node);
};
