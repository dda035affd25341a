/** What people read in a migration's report, by stable code. */

import { refusalsOf } from '../messages/refusals.ts';
import type { LocalizedText } from '../model/plan.ts';
import type { Refusal } from '../model/types.ts';

/** @param name the element as people know it */
const lineWords: Record<string, (name: string, more: string) => LocalizedText> = {
  stays: (name) => ({ zh: `“${name}”不变。`, en: `"${name}" stays.` }),
  moves: (name, to) => ({ zh: `“${name}”移到“${to}”。`, en: `"${name}" moves to "${to}".` }),
  created: (name) => ({ zh: `新增“${name}”。`, en: `"${name}" is added and waits from now on.` }),
  told: (name) => ({ zh: `按要求结束“${name}”。`, en: `"${name}" is ended, as told.` }),
  'inside-dropped': (name) => ({ zh: `“${name}”随所在部分一起结束。`, en: `"${name}" ends with what it is part of.` }),
  'guard-gone': (name) => ({
    zh: `新流程图中没有“${name}”，不再等待。`,
    en: `The new drawing has no "${name}" here: it is no longer waited for.`,
  }),
  'element-gone': (name) => ({
    zh: `新流程图中没有“${name}”，请指明移到哪里。`,
    en: `The new drawing has no "${name}": say where it goes.`,
  }),
  'kind-changed': (name, to) => ({
    zh: `“${name}”与“${to}”不是同一类元素，请指明移到哪里。`,
    en: `"${name}" and "${to}" are of different kinds: say where it goes.`,
  }),
  'scope-changed': (name, to) => ({
    zh: `“${to}”所在的子流程与“${name}”的不同，请指明移到同一子流程中的元素，或先移动令牌。`,
    en: `"${to}" lies in another subprocess than "${name}": name an element of the same one, or move the token first.`,
  }),
  'loop-changed': (name) => ({
    zh: `“${name}”的循环方式变了，不能就地继续。`,
    en: `"${name}" repeats in another way now and cannot go on as it is.`,
  }),
  'events-changed': (name) => ({
    zh: `“${name}”等待的事件种类变了，请指明移到哪里。`,
    en: `"${name}" waits for other kinds of events now: say where it goes.`,
  }),
  'flow-gone': (name, flow) => ({
    zh: `“${name}”已到的路径“${flow}”在新流程图中不再通向这里，请指明对应的路径。`,
    en: `The flow "${flow}" that has come to "${name}" no longer leads there: say which flow stands for it.`,
  }),
  'host-changed': (name, to) => ({
    zh: `“${to}”不在“${name}”原来所在的活动上。`,
    en: `"${to}" does not hang on what "${name}" hangs on.`,
  }),
  'handler-gone': (name) => ({
    zh: `撤销“${name}”的步骤在新流程图中没有了。`,
    en: `What undoes "${name}" is gone from the new drawing.`,
  }),
  'last-token': (name) => ({
    zh: `“${name}”是所在部分唯一在走的令牌，不能就此结束；请指明移到哪里，或取消整个流程。`,
    en: `"${name}" is the only live token of its scope and cannot just end: say where it goes, or cancel the instance.`,
  }),
  'evaluation-failed': (name, why) => ({
    zh: `“${name}”在新流程图中无法确定：${why}`,
    en: `What "${name}" waits for cannot be worked out by the new drawing: ${why}`,
  }),
};

export function words(code: string, name: string, more = ''): LocalizedText {
  const text = lineWords[code];
  if (!text) throw new Error(`There are no words for ${code}.`);
  return text(name, more);
}

export const refuseMigration = refusalsOf({
  'other-process': {
    message: { zh: '新流程图是另一个流程。', en: 'The new drawing is of another process.' },
    hint: { zh: '只能迁移到同一流程的另一版本。', en: 'Migrate to another version of the same process.' },
  },
  'mapping-unknown': {
    message: { zh: '对应关系中有流程图里没有的元素。', en: 'The mapping names elements that are not in the drawings.' },
    hint: { zh: '核对元素编号。', en: 'Check the ids of the elements.' },
  },
  'decisions-needed': {
    message: {
      zh: '迁移还有需要决定的事项，未作任何改动。',
      en: 'The migration needs decisions; nothing was changed.',
    },
    hint: {
      zh: '按报告逐项给出对应元素后再迁移。',
      en: 'Give the mapping for each line of the report that needs one, then migrate.',
    },
  },
});

/** @param elements ids that the old drawing (left side of the mapping) or the new one (right side) does not have */
export function mappingUnknown(elements: string[]): Refusal {
  const refusal = refuseMigration('mapping-unknown', { elements });
  const { zh, en } = refusal.message;
  const message = {
    zh: zh.replace('。', `：${elements.join('、')}。`),
    en: en.replace(/\.$/, `: ${elements.join(', ')}.`),
  };
  return { ...refusal, message };
}
