/** Values recorded with a completion, in words: labels of choices, money in yuan. */
import type { FormField, Json, LocalizedText, Plan } from '../../../engine/model/plan.ts';
import type { JournalRow } from '../../../store/runtime/rows.ts';

const yuan = new Intl.NumberFormat('zh-CN', { style: 'currency', currency: 'CNY' });

/** A completion with a choice or an amount is a decision. */
export const isDecision = (line: JournalRow): boolean =>
  line.kind === 'task-completed' && Object.keys(valuesOf(line)).length > 0;

/** `审批意见：同意；金额：¥1,000.00`; undefined without recorded values. */
export function valuesInWords(line: JournalRow, plan: Plan | undefined): LocalizedText | undefined {
  const fields = fieldsOf(line, plan);
  const values = Object.entries(valuesOf(line)).flatMap(([name, value]): LocalizedText[] => {
    if (value === null) return [];
    const field = fields.find(({ key }) => key === name);
    const label = (field?.label ?? name).replace(/\s*[（(](?:分|cents?)[）)]\s*$/i, '');
    const { zh, en } = valueInWords(name, value, field);
    return [{ zh: `${label}：${zh}`, en: `${label}: ${en}` }];
  });
  if (values.length === 0) return undefined;
  return { zh: values.map(({ zh }) => zh).join('；'), en: values.map(({ en }) => en).join('; ') };
}

function valueInWords(name: string, value: Json, field: FormField | undefined): LocalizedText {
  if (typeof value === 'number' && name.endsWith('Cents')) return same(yuan.format(value / 100));
  if (typeof value === 'boolean') return value ? { zh: '是', en: 'yes' } : { zh: '否', en: 'no' };
  return same(field?.options?.find((one) => one.value === value)?.label ?? String(value));
}

const same = (text: string): LocalizedText => ({ zh: text, en: text });

function valuesOf({ data }: JournalRow): Record<string, Json> {
  const { values } = (data ?? {}) as { values?: unknown };
  return typeof values === 'object' && values !== null ? (values as Record<string, Json>) : {};
}

/** Form of the task, from the version the instance runs on. */
function fieldsOf({ element: id }: JournalRow, plan: Plan | undefined): FormField[] {
  const element = id === undefined ? undefined : plan?.elements[id];
  const form = element?.kind === 'userTask' && element.user.formId !== undefined ? element.user.formId : undefined;
  return (form !== undefined && plan?.forms[form]?.fields) || [];
}
