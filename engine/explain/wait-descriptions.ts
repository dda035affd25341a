/** What each kind of wait is for, and how instances end, in words. */
import { traitsOf } from '../model/element-kinds.ts';
import type { ListenerEvent, LocalizedText, Plan } from '../model/plan.ts';
import type { InstanceStatus, ListenerPart, Trigger, Wait } from '../model/types.ts';
import { type Names, namesFor } from './names.ts';

export function describeWait(plan: Plan, wait: Wait, names: Names = namesFor(plan)): LocalizedText {
  const element = plan.elements[wait.element];
  const name = names.element(wait.element);
  switch (wait.kind) {
    case 'task': {
      const { assignee, candidateGroups, candidateUsers } = wait.task;
      const people = assignee === null ? candidateUsers : [assignee];
      const who = [...(assignee === null ? candidateGroups.map(names.role) : []), ...people.map(names.person)];
      return {
        zh: `等待${who.map(({ zh }) => zh).join('、') || '（未指定）'}办理“${name.zh}”`,
        en: `"${name.en}" is to be done by ${who.map(({ en }) => en).join(', ') || 'nobody named'}`,
      };
    }
    case 'job':
      if (wait.listener) return describeListener(wait.listener, wait.jobType, name, wait.incident !== undefined);
      if (wait.incident) return { zh: `“${name.zh}”的自动任务停住了`, en: `the job of "${name.en}" is stopped` };
      return { zh: `系统正在执行“${name.zh}”`, en: `the system is doing "${name.en}"` };
    case 'event': {
      const parts = wait.triggers.filter((_, i) => !wait.fired?.includes(i)).map(describeTrigger);
      return {
        zh: `“${name.zh}”等待${parts.map((part) => part.zh).join('或')}`,
        en: `"${name.en}" waits for ${parts.map((part) => part.en).join(' or ')}`,
      };
    }
    case 'join': {
      if (wait.from)
        return {
          zh: `“${name.zh}”已放行，等其余路径走完后重新开始`,
          en: `"${name.en}" has let a token go on, and starts anew when nothing more can come`,
        };
      if (element?.kind === 'complexGateway' && element.activationCondition)
        return { zh: `“${name.zh}”等待激活条件成立`, en: `"${name.en}" waits until its activation condition holds` };
      if (element?.kind === 'inclusiveGateway')
        return { zh: `“${name.zh}”等待还可能到来的路径`, en: `"${name.en}" waits for the flows that can still come` };
      const open = element && 'incoming' in element ? element.incoming.filter((id) => !wait.taken[id]).length : 0;
      return {
        zh: `“${name.zh}”还在等${open}条路径`,
        en: `"${name.en}" waits for ${open} more flow${open === 1 ? '' : 's'}`,
      };
    }
    case 'call':
      return {
        zh: `等待流程“${names.process(wait.process).zh}”（${wait.businessKey}）结束`,
        en: `process "${names.process(wait.process).en}" (${wait.businessKey}) is to end`,
      };
    case 'multi':
      // Only a compensation is held by an event: what it undoes are its instances.
      if (element && traitsOf(element).family === 'event')
        return {
          zh: `“${name.zh}”正在撤销已做的步骤（${wait.done}/${wait.total}）`,
          en: `"${name.en}" has what was done undone (${wait.done} of ${wait.total})`,
        };
      return { zh: `“${name.zh}”已完成${wait.done}次`, en: `"${name.en}" is done ${wait.done} times so far` };
    case 'stuck':
      return { zh: `“${name.zh}”停在这里`, en: `"${name.en}" cannot go on` };
    case 'scope':
    case 'gateway':
      return { zh: `“${name.zh}”进行中`, en: `"${name.en}" is running` };
  }
}

const moments: Record<ListenerEvent, LocalizedText> = {
  start: { zh: '开始前', en: 'before it begins' },
  end: { zh: '结束时', en: 'at its end' },
  beforeAll: { zh: '全部实例之前', en: 'before all of its instances' },
  cancel: { zh: '取消时', en: 'as it is cancelled' },
  creating: { zh: '任务创建时', en: 'as the task is made' },
  assigning: { zh: '任务指派时', en: 'as the task is assigned' },
  updating: { zh: '任务更改时', en: 'as the task is changed' },
  completing: { zh: '任务办结时', en: 'as the task is completed' },
  canceling: { zh: '任务取消时', en: 'as the task is cancelled' },
};

/** @param type of its job; empty while it is not known */
function describeListener({ event }: ListenerPart, type: string, name: LocalizedText, stopped = false): LocalizedText {
  const { zh, en } = moments[event];
  if (stopped)
    return {
      zh: `“${name.zh}”${zh}的监听${type ? `“${type}”` : ''}停住了`,
      en: `the listener ${type ? `"${type}" ` : ''}of "${name.en}" ${en} is stopped`,
    };
  return {
    zh: `系统正在执行“${name.zh}”${zh}的监听${type ? `“${type}”` : ''}`,
    en: `the system is doing the listener ${type ? `"${type}" ` : ''}of "${name.en}" ${en}`,
  };
}

function describeTrigger(trigger: Trigger): LocalizedText {
  switch (trigger.type) {
    case 'timer':
      return { zh: '到时', en: 'its time' };
    case 'message':
      return { zh: `消息“${trigger.name}”`, en: `message "${trigger.name}"` };
    case 'signal':
      return { zh: `信号“${trigger.name}”`, en: `signal "${trigger.name}"` };
    case 'conditional':
      return { zh: '条件成立', en: 'its condition' };
    case 'error':
      return { zh: '业务错误', en: 'an error' };
    case 'escalation':
      return { zh: '上报', en: 'an escalation' };
    case 'compensate':
      return { zh: '补偿', en: 'compensation' };
    case 'cancel':
      return { zh: '取消', en: 'a cancellation' };
  }
}

export const endDescriptions: Record<Exclude<InstanceStatus, 'active'>, LocalizedText> = {
  completed: { zh: '已完成。', en: 'Completed.' },
  terminated: { zh: '已终止。', en: 'Terminated.' },
  cancelled: { zh: '已取消。', en: 'Cancelled.' },
  failed: { zh: '因业务错误结束。', en: 'Ended by an error.' },
};
