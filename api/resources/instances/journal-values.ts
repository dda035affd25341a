/** Values recorded with a completion, in words: labels of choices, money in yuan. */
import { formWords } from '../../../engine/model/form-texts.ts';
import type { FormField, Json, LocalizedText, Plan } from '../../../engine/model/plan.ts';
import type { JournalRow } from '../../../store/runtime/rows.ts';

const yuan = new Intl.NumberFormat('zh-CN', { style: 'currency', currency: 'CNY' });

/** A completion with a choice or an amount is a decision. */
export const isDecision = (line: JournalRow): boolean =>
  line.kind === 'task-completed' && Object.keys(valuesOf(line)).length > 0;

/**
 * `审批意见：同意；金额：¥1,000.00`; undefined without recorded values.
 * @param schemas of the plan's forms by id, which hold the English texts
 */
export function valuesInWords(
  line: JournalRow,
  plan: Plan | undefined,
  schemas: ReadonlyMap<string, unknown> = new Map(),
): LocalizedText | undefined {
  const form = formOf(line, plan);
  const fields = (form !== undefined && plan?.forms[form]?.fields) || [];
  const wordsOf = formWords(form !== undefined && schemas.get(form));
  const values = Object.entries(valuesOf(line)).flatMap(([name, value]): LocalizedText[] => {
    if (value === null) return [];
    const field = fields.find(({ key }) => key === name);
    const label = wordsOf(field?.label ?? name);
    const { zh, en } = valueInWords(name, value, field, wordsOf);
    return [{ zh: `${withoutUnit(label.zh)}：${zh}`, en: `${withoutUnit(label.en)}: ${en}` }];
  });
  if (values.length === 0) return undefined;
  return { zh: values.map(({ zh }) => zh).join('；'), en: values.map(({ en }) => en).join('; ') };
}

/** Amounts are given in yuan, whatever the form is filled in with. */
const withoutUnit = (label: string): string => label.replace(/\s*[（(](?:分|cents?)[）)]\s*$/i, '');

function valueInWords(
  name: string,
  value: Json,
  field: FormField | undefined,
  wordsOf: (text: string) => LocalizedText,
): LocalizedText {
  if (typeof value === 'number' && name.endsWith('Cents')) return same(yuan.format(value / 100));
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' };
  const option = field?.options?.find((one) => one.value === value);
  return option ? wordsOf(option.label) : same(String(value));
}

const same = (text: string): LocalizedText => ({ zh: text, en: text });

function valuesOf({ data }: JournalRow): Record<string, Json> {
  const { values } = (data ?? {}) as { values?: unknown };
  return typeof values === 'object' && values !== null ? (values as Record<string, Json>) : {};
}

/** Form of the task, from the version the instance runs on. */
function formOf({ element: id }: JournalRow, plan: Plan | undefined): string | undefined {
  const element = id === undefined ? undefined : plan?.elements[id];
  return element?.kind === 'userTask' ? element.user.formId : undefined;
}
