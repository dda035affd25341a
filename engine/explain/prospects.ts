/** Whether anything can still move a wait; undefined where that cannot be decided. */

import { canReach } from '../analysis/reach.ts';
import { sentByPlan, thrownByPlan } from '../analysis/sent.ts';
import { incidentSummary } from '../messages/incidents.ts';
import { instanceId } from '../model/keys.ts';
import type { LocalizedText, Plan, PlanElement } from '../model/plan.ts';
import type { ExplainContext, Trigger, Wait, WaitOf } from '../model/types.ts';
import type { Names } from './names.ts';

export interface Prospects {
  /** Why nothing can move it. */
  problem?: LocalizedText;
  /** Something can, but only from outside. */
  notice?: LocalizedText;
}

export function prospectsOf(
  plan: Plan,
  all: Wait[],
  wait: Wait,
  element: PlanElement | undefined,
  around: ExplainContext,
  names: Names,
): Prospects {
  if (wait.incident) return { problem: incidentSummary(wait.incident) };
  switch (wait.kind) {
    case 'task': {
      const { assignee, candidateGroups, candidateUsers } = wait.task;
      const nobody = assignee === null && candidateGroups.length === 0 && candidateUsers.length === 0;
      return nobody ? { problem: { zh: '没有指定任何人办理。', en: 'Nobody is named who could do it.' } } : {};
    }
    case 'join':
      return joinProspects(plan, all, wait, element);
    case 'call':
      return calledProspects(wait, around, names);
    case 'event':
      return conditionDead(all, wait) ? { problem: unchanging } : describeUnsent(plan, wait, around);
    default:
      return {};
  }
}

function joinProspects(plan: Plan, all: Wait[], wait: WaitOf<'join'>, element: PlanElement | undefined): Prospects {
  if (!element || !('incoming' in element)) return {};
  const others = all.filter((other) => other.scope === wait.scope && other.key !== wait.key && other.kind !== 'join');
  const comes = (flow: string) => others.some((other) => canReach(plan, other.element, flow));
  // An inclusive join, and a complex gateway waiting for reset, continues when no token can arrive any more; all others
  // except parallel ones may be satisfied by any flow.
  if (element.kind === 'inclusiveGateway' || wait.from) return {};
  const dead =
    element.kind === 'parallelGateway'
      ? element.incoming.some((id) => !wait.taken[id] && !comes(id))
      : !element.incoming.some(comes);
  return dead ? { problem: unreachable } : {};
}

const unreachable: LocalizedText = {
  zh: '还在等的路径，已没有任何步骤能够到达。',
  en: 'Nothing that still runs can reach the flow it waits for.',
};

function calledProspects({ process, businessKey }: WaitOf<'call'>, around: ExplainContext, names: Names): Prospects {
  const name = names.process(process);
  const one = around.called?.[instanceId(process, businessKey)];
  if (!one || one.stuck === 0 || one.status !== 'active') return {};
  return {
    problem: {
      zh: `被调用的流程“${name.zh}”（${businessKey}）有${one.stuck}处故障，要先在那里处理。`,
      en: `The called process "${name.en}" (${businessKey}) has ${one.stuck} incident${one.stuck === 1 ? '' : 's'} to be resolved there first.`,
    },
  };
}

const pending = ({ triggers, fired }: WaitOf<'event'>): Trigger[] => triggers.filter((_, i) => !fired?.includes(i));

/** Fires when variables change, or another element of the instance throws; not by itself. */
const passive = new Set<Trigger['type']>(['conditional', 'error', 'escalation', 'compensate', 'cancel']);

/**
 * Conditions are evaluated when variables change. Nothing changes them when all remaining waits are conditions: no
 * task, job, call, timer, message or signal that could set a variable or move a token.
 */
function conditionDead(all: Wait[], wait: WaitOf<'event'>): boolean {
  if (!pending(wait).some(({ type }) => type === 'conditional')) return false;
  return all.every((other) => {
    if (other.kind === 'scope' || other.kind === 'gateway' || other.kind === 'join') return true;
    return other.kind === 'event' && !other.incident && pending(other).every(({ type }) => passive.has(type));
  });
}

const unchanging: LocalizedText = {
  zh: '条件现在不成立，而此流程中已没有任何步骤会再改变数据。运维可以更正变量，或移动到别处。',
  en: 'Its condition does not hold, and nothing left in this instance changes variables any more. Ops can set variables, or move it.',
};

/** Only if the caller knows the deployed definitions, and all senders name constants. */
function describeUnsent(plan: Plan, wait: WaitOf<'event'>, around: ExplainContext): Prospects {
  const triggers = pending(wait);
  const left = triggers.filter((trigger) => {
    if (trigger.type === 'message') return isUnsent(trigger.name, around.messages, sentByPlan(plan));
    if (trigger.type === 'signal') return isUnsent(trigger.name, around.signals, thrownByPlan(plan));
    return false;
  });
  if (left.length === 0) return {};
  const said = left.map(wordsFor);
  return { notice: { zh: said.map(({ zh }) => zh).join(''), en: said.map(({ en }) => en).join(' ') } };
}

function isUnsent(name: string, elsewhere: readonly string[] | undefined, own: string[]): boolean {
  if (elsewhere === undefined) return false;
  const known = [...elsewhere, ...own];
  return !known.includes(name) && !known.some((one) => one.startsWith('='));
}

function wordsFor(trigger: Trigger): LocalizedText {
  const name = 'name' in trigger ? trigger.name : '';
  return trigger.type === 'signal'
    ? {
        zh: `已部署的流程都不发出信号“${name}”，只能由外部系统或人员通过接口发出。`,
        en: `No deployed definition throws the signal "${name}": only the world outside can, through the API.`,
      }
    : {
        zh: `已部署的流程都不发送消息“${name}”，只能由外部系统或人员通过接口送达。`,
        en: `No deployed definition sends the message "${name}": only the world outside can, through the API.`,
      };
}
