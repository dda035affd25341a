/** Tasks and call activities (BPMN 2.0.2, 10.3.3 and 10.3.6) with the extensions of Zeebe and our own. */
import type { ElementId, PlanElement } from '../model/plan.ts';
import { highestPriority, isPriority } from '../model/priority.ts';
import { activity, compact } from './base.ts';
import { callBinding, decisionBinding } from './bindings.ts';
import type { Compilation } from './context.ts';
import { pinDecision } from './decisions.ts';
import { child, flag, idOf, type ModdleElement, text } from './element.ts';
import { messageOf } from './event-definitions.ts';
import { valueExpression } from './expressions.ts';
import { extensionsOf } from './extensions.ts';
import { formOf } from './forms.ts';
import { headersOf, jobOf } from './jobs.ts';
import { groupOf } from './lanes.ts';
import { checkTimeToLive } from './time-to-live.ts';

type Compile = (element: ModdleElement, parent: ElementId, c: Compilation) => PlanElement | undefined;

const job = ['zeebe:IoMapping', 'zeebe:TaskDefinition', 'zeebe:TaskHeaders'];

export const plainTask =
  (kind: 'task' | 'manualTask'): Compile =>
  (element, parent, c) => {
    const extensions = extensionsOf(element, ['zeebe:IoMapping'], c.report);
    return compact({ kind, ...activity(element, parent, extensions, c) });
  };

export const serviceTask: Compile = (element, parent, c) => {
  const extensions = extensionsOf(element, job, c.report);
  const definition = jobOf(element, extensions, c);
  return (
    definition &&
    compact({ kind: 'serviceTask' as const, ...activity(element, parent, extensions, c), job: definition })
  );
};

/** A send task is done by a job, or publishes its message itself. */
export const sendTask: Compile = (element, parent, c) => {
  const extensions = extensionsOf(element, job, c.report);
  const base = activity(element, parent, extensions, c);
  const reference = child(element, 'messageRef') ?? messageOfOperation(element);
  if (extensions.get('zeebe:TaskDefinition') || !reference) {
    const definition = jobOf(element, extensions, c);
    return definition && compact({ kind: 'sendTask' as const, ...base, job: definition });
  }
  checkTimeToLive(element, extensions, c);
  const message = messageOf(reference, element, c);
  return message && compact({ kind: 'sendTask' as const, ...base, message });
};

/** BPMN 2.0.2, 8.4.3: an operation names the message it receives. */
function messageOfOperation(element: ModdleElement): ModdleElement | undefined {
  const operation = child(element, 'operationRef');
  return operation && child(operation, 'inMessageRef');
}

export const receiveTask: Compile = (element, parent, c) => {
  const extensions = extensionsOf(element, ['zeebe:IoMapping'], c.report);
  const message = messageOf(child(element, 'messageRef') ?? messageOfOperation(element), element, c);
  const instantiate = flag(element, 'instantiate');
  return (
    message &&
    compact({ kind: 'receiveTask' as const, ...activity(element, parent, extensions, c), message, instantiate })
  );
};

export const userTask: Compile = (element, parent, c) => {
  const extensions = extensionsOf(
    element,
    [
      'zeebe:IoMapping',
      'zeebe:TaskHeaders',
      'zeebe:AssignmentDefinition',
      'zeebe:TaskSchedule',
      'zeebe:FormDefinition',
      'zeebe:PriorityDefinition',
    ],
    c.report,
  );
  const headers = headersOf(extensions);
  const listened = extensions.get('zeebe:TaskListeners') ?? extensions.get('zeebe:ExecutionListeners');
  if (headers && !listened)
    c.report.warning(element, 'ignored-extension', 'Headers of a user task without listeners are read by nobody.');
  const read = (extension: string, name: string, what: string) => {
    const from = extensions.get(extension);
    return valueExpression(from && text(from, name), element, what, c.report);
  };
  const lane = c.laneOf.get(idOf(element));
  const formId = formOf(element, extensions.get('zeebe:FormDefinition'), c);
  const priority = read('zeebe:PriorityDefinition', 'priority', 'Priority');
  if (priority && 'literal' in priority && !isPriority(Number(priority.literal)))
    c.report.error(element, 'bad-priority', `"${priority.literal}" is no priority.`, {
      hint: `Give a whole number from 0 to ${highestPriority}.`,
    });
  const user = compact({
    assignee: read('zeebe:AssignmentDefinition', 'assignee', 'Assignee'),
    candidateGroups:
      read('zeebe:AssignmentDefinition', 'candidateGroups', 'Candidate groups') ?? (lane && { literal: groupOf(lane) }),
    candidateUsers: read('zeebe:AssignmentDefinition', 'candidateUsers', 'Candidate users'),
    excludedUsers: valueExpression(text(element, 'excludedUsers'), element, 'Excluded users', c.report),
    bulkCompletion: flag(element, 'bulkCompletion') || undefined,
    dueDate: read('zeebe:TaskSchedule', 'dueDate', 'Due date'),
    followUpDate: read('zeebe:TaskSchedule', 'followUpDate', 'Follow-up date'),
    priority,
    formId,
    headers: listened && headers,
  });
  const { groupOfLastResort } = c.options;
  if (groupOfLastResort !== undefined && !user.assignee && !user.candidateGroups && !user.candidateUsers) {
    user.candidateGroups = { literal: groupOfLastResort };
    c.report.warning(element, 'nobody-assigned', `It names nobody, so it goes to the role "${groupOfLastResort}".`, {
      hint: 'Name the role, the person or the lane that does it.',
    });
  }
  return compact({ kind: 'userTask' as const, ...activity(element, parent, extensions, c), user });
};

/** Only one of the two would run, and which is not to be guessed. */
function refuseBoth(element: ModdleElement, other: string, c: Compilation): void {
  c.report.error(element, 'two-implementations', `It has both a job (zeebe:taskDefinition) and a ${other}.`, {
    hint: 'Keep the one that does the work.',
  });
}

const isFeel = (format: string | undefined): boolean => format !== undefined && /feel/i.test(format);

export const scriptTask: Compile = (element, parent, c) => {
  const extensions = extensionsOf(element, [...job, 'zeebe:Script'], c.report);
  const base = activity(element, parent, extensions, c);
  const zeebe = extensions.get('zeebe:Script');
  const source = zeebe ? text(zeebe, 'expression') : text(element, 'script');
  // A global script task calls it scriptLanguage.
  const format = text(element, 'scriptFormat') ?? text(element, 'scriptLanguage');
  if (extensions.get('zeebe:TaskDefinition')) {
    if (zeebe) refuseBoth(element, 'script (zeebe:script)', c);
    const definition = jobOf(element, extensions, c);
    return definition && compact({ kind: 'scriptTask' as const, ...base, job: definition });
  }
  if (source === undefined) {
    c.report.error(element, 'no-script', 'A script task has no script.', {
      hint: 'Write one in FEEL, or give it a job that does its work.',
    });
    return undefined;
  }
  if (zeebe || isFeel(format) || source.startsWith('=')) {
    const expression = valueExpression(source.startsWith('=') ? source : `=${source}`, element, 'Script', c.report);
    const resultVariable = zeebe && text(zeebe, 'resultVariable');
    return compact({
      kind: 'scriptTask' as const,
      ...base,
      script: compact({ source: expression ?? { literal: '' }, resultVariable, format: 'feel' }),
    });
  }
  const { scriptJobType } = c.options;
  if (!scriptJobType) {
    c.report.error(element, 'unsupported-script', `Scripts in ${format ?? 'an unnamed language'} are not executed.`, {
      hint: 'Write the script in FEEL, or give the task a job that does its work.',
    });
    return undefined;
  }
  const headers = { script: source, ...(format && { scriptFormat: format }) };
  return compact({ kind: 'scriptTask' as const, ...base, job: { type: { literal: scriptJobType }, headers } });
};

export const businessRuleTask: Compile = (element, parent, c) => {
  const extensions = extensionsOf(element, [...job, 'zeebe:CalledDecision'], c.report);
  const base = activity(element, parent, extensions, c);
  const called = extensions.get('zeebe:CalledDecision');
  if (!called) {
    const definition = jobOf(element, extensions, c);
    return definition && compact({ kind: 'businessRuleTask' as const, ...base, job: definition });
  }
  if (extensions.get('zeebe:TaskDefinition')) refuseBoth(element, 'decision (zeebe:calledDecision)', c);
  const id = valueExpression(text(called, 'decisionId'), element, 'Decision', c.report);
  const resultVariable = text(called, 'resultVariable');
  if (!id || !resultVariable) {
    c.report.error(element, 'no-decision', 'It does not say which decision it takes, or where the result goes.', {
      hint: 'Give zeebe:calledDecision a decisionId and a resultVariable.',
    });
    return undefined;
  }
  const binding = decisionBinding(called, element, c);
  pinDecision(id, binding, element, c);
  return compact({ kind: 'businessRuleTask' as const, ...base, decision: { id, resultVariable, binding } });
};

export const callActivity: Compile = (element, parent, c) => {
  const extensions = extensionsOf(element, ['zeebe:IoMapping', 'zeebe:CalledElement'], c.report);
  const zeebe = extensions.get('zeebe:CalledElement');
  const process =
    valueExpression((zeebe && calledProcess(zeebe)) ?? workedOut(element), element, 'Called process', c.report) ??
    calledElement(element);
  if (!process) {
    c.report.error(element, 'no-called-process', 'A call activity does not say which process it calls.', {
      hint: 'Give zeebe:calledElement a processId.',
    });
    return undefined;
  }
  return compact({
    kind: 'callActivity' as const,
    ...activity(element, parent, extensions, c),
    process,
    binding: callBinding(zeebe, process, element, c),
    businessKey: valueExpression(
      text(element, 'businessKey') ?? (zeebe && text(zeebe, 'businessId')),
      element,
      'Business key',
      c.report,
    ),
    propagateAllParent: zeebe?.get?.('propagateAllParentVariables') !== false,
    propagateAllChild: zeebe?.get?.('propagateAllChildVariables') !== false,
  });
};

function calledProcess(zeebe: ModdleElement): string | undefined {
  return text(zeebe, 'processId') ?? text(zeebe, 'processIdExpression');
}

/** Tools write an expression into the standard's attribute too. */
function workedOut(element: ModdleElement): string | undefined {
  const called = text(element, 'calledElement');
  return called?.startsWith('=') ? called : undefined;
}

/** The standard's own attribute: a qualified name, or a reference to a process of the file. */
function calledElement(element: ModdleElement): { literal: string } | undefined {
  const reference = child(element, 'calledElement');
  const id = reference ? idOf(reference) : text(element, 'calledElement')?.replace(/^.*:/, '');
  return id ? { literal: id } : undefined;
}
