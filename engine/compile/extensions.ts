/** Extension elements: each kind of element reads its own; others are refused or, where they have no effect, reported as warnings. */
import { child, childrenOf, isA, isElement, type ModdleElement, text } from './element.ts';
import { entryOf } from './extension-registry.ts';
import { belongsTo, leftover } from './leftover-extensions.ts';
import type { Report } from './report.ts';

/** Supported or harmless at any element. */
const everywhere = new Set(['zeebe:Properties']);

/** Read where they belong (`listeners.ts`, `scopes.ts`), and refused elsewhere. */
const nodes = ['bpmn:FlowNode', 'bpmn:Process', 'bpmn:GlobalTask'];
const places: Record<string, readonly string[]> = {
  'zeebe:ExecutionListeners': nodes,
  'zeebe:TaskListeners': nodes,
  'zeebe:VersionTag': ['bpmn:Process'],
  'zeebe:UserTask': ['bpmn:UserTask', 'bpmn:GlobalUserTask'],
};

/** Repeatable at one element. */
const repeatable = new Set(['careloop:Stage', 'careloop:Column', 'zeebe:UserTaskForm']);
const isPlaced = (type: string, element: ModdleElement): boolean =>
  (places[type] ?? []).some((place) => isA(element, place));

/** Tuning of other engines, without effect on behaviour. */
const harmless = new Set(['zeebe:JobPriorityDefinition']);

/** Namespaces of engines whose extensions decide what their elements do. */
const otherEngines = /^(camunda|activiti|flowable|jbpm|drools|tns|bonita|signavio-exec):/i;
const harmlessAttributes =
  /:(historyTimeToLive|diagramRelationId|isStartableInTasklist|candidateStarter\w+|versionTag|expanded|exporter\w*)$/i;

/** Execution settings of other engines, which do not apply: here every step is persisted, and jobs are retried. */
const ofTheirWork =
  /:(asyncBefore|asyncAfter|async|exclusive|jobPriority|taskPriority|modelerTemplate\w*|properties)$/i;

/** Zeebe's equivalent of extensions of older engines. */
const instead: [RegExp, string][] = [
  [/:(class|delegateExpression|expression|type|topic|field|connector)$/i, 'a job type (zeebe:taskDefinition)'],
  [/:(assignee|candidateUsers|candidateGroups)$/i, 'zeebe:assignmentDefinition'],
  [/:(dueDate|followUpDate)$/i, 'zeebe:taskSchedule'],
  [/:form\w*$/i, 'zeebe:formDefinition'],
  [/:(inputOutput|in|out)$/i, 'zeebe:ioMapping'],
  [/:calledElement\w*$/i, 'zeebe:calledElement'],
  [/:(decisionRef\w*|mapDecisionResult)$/i, 'zeebe:calledDecision'],
  [/:(collection|elementVariable|elementIndexVariable)$/i, 'zeebe:loopCharacteristics'],
  [/:executionListener$/i, 'zeebe:executionListeners'],
  [/:taskListener$/i, 'zeebe:taskListeners'],
  [/:failedJobRetryTimeCycle$/i, 'the retries of zeebe:taskDefinition'],
  [/:(priority|taskPriority)$/i, 'zeebe:priorityDefinition'],
  [/:(resultVariable|initiator|variable\w*|errorCodeVariable|errorMessageVariable)$/i, 'an output of zeebe:ioMapping'],
];

/** An extension of another engine: refused if it affects behaviour, with its replacement. */
function foreign(element: ModdleElement, kind: string, name: string, report: Report): void {
  if (ofTheirWork.test(name)) {
    // Once per file, as tools put them at every element.
    report.warning(
      undefined,
      'foreign-extension',
      `The ${kind} "${name}" belongs to another engine and changes nothing.`,
    );
    return;
  }
  const other = instead.find(([pattern]) => pattern.test(name))?.[1];
  report.error(element, 'foreign-extension', `The ${kind} "${name}" belongs to another engine and would do nothing.`, {
    hint: other ? `Write ${other} instead, or remove it.` : 'Model it with the extensions of Zeebe, or remove it.',
  });
}

const why = new Map([
  ['zeebe:ExecutionListeners', 'Only elements that tokens come to, and processes, have execution listeners.'],
  ['zeebe:TaskListeners', 'Only user tasks have task listeners.'],
  ['zeebe:VersionTag', 'Only a process has a version tag.'],
  [
    'careloop:Stage',
    'Stages are declared by the process; an element names the one it begins in the attribute careloop:stage.',
  ],
  ['careloop:Column', 'Only a process has columns.'],
  ['careloop:Choice', 'A choice stands inside the column that has it.'],
  ['careloop:Rules', 'Only a process says which rules it gets.'],
  ['careloop:Limit', 'Only a timer event is a limit.'],
]);

function refusalOf(type: string): string {
  const entry = entryOf(type);
  return entry?.fate === 'refused' ? entry.words : `The extension "${type}" is not executed here.`;
}

export interface Extensions {
  /** The first extension element of a type, for instance `zeebe:TaskDefinition`. */
  get(type: string): ModdleElement | undefined;
  /** All of a type, in the order of the file. */
  all(type: string): ModdleElement[];
}

const valuesOf = (element: ModdleElement): ModdleElement[] => {
  const extensions = child(element, 'extensionElements');
  return extensions ? childrenOf(extensions, 'values').filter(isElement) : [];
};

/** Extension elements that are read elsewhere (the message of a message event). */
export function extensionOf(element: ModdleElement, type: string): ModdleElement | undefined {
  return valuesOf(element).find((value) => value.$type === type);
}

/**
 * @param allowed types that the caller reads from this element
 */
export function extensionsOf(element: ModdleElement, allowed: readonly string[], report: Report): Extensions {
  const found = new Map<string, ModdleElement[]>();
  for (const value of valuesOf(element)) {
    const type = value.$type;
    const prefix = type.split(':')[0] ?? '';
    const ours = prefix === 'zeebe' || prefix === 'careloop';
    if (allowed.includes(type) || everywhere.has(type) || isPlaced(type, element)) {
      const before = found.get(type) ?? [];
      if (before.length > 0 && !repeatable.has(type))
        report.error(element, 'duplicate-extension', `"${type}" stands twice.`, { hint: 'Keep one of them.' });
      else found.set(type, [...before, value]);
    } else if (harmless.has(type)) report.warning(element, 'ignored-extension', entryOf(type)?.words ?? '');
    else if (leftover(element, type) !== undefined)
      report.warning(element, 'ignored-extension', leftover(element, type) ?? '', {
        hint: 'Remove it from the element.',
      });
    else if (type === 'zeebe:TaskDefinition' && element.$type === 'bpmn:AdHocSubProcess')
      report.error(element, 'unsupported-extension', 'No job decides here what an ad-hoc subprocess does next.', {
        hint: 'Say which elements begin (activeElementsCollection of zeebe:adHoc) and when it is done (completionCondition), or draw the order.',
      });
    else if (belongsTo.has(type))
      report.error(
        element,
        'unsupported-extension',
        `"${type}" does nothing here: it belongs to ${belongsTo.get(type)}.`,
        {
          hint: 'Change the type of the element, or remove the extension.',
        },
      );
    else if (ours)
      report.error(element, 'unsupported-extension', why.get(type) ?? refusalOf(type), {
        hint: 'Remove it, or model what it does with elements of BPMN.',
      });
    else if (otherEngines.test(type) && element.$type !== 'bpmn:Definitions')
      foreign(element, 'extension', type, report);
    // Once per file, as tools put them at every element.
    else report.warning(undefined, 'foreign-extension', `The extension "${type}" is not known and changes nothing.`);
  }
  if (text(element, 'retryCounter') !== undefined || element.$attrs['zeebe:retryCounter'] !== undefined)
    report.warning(element, 'ignored-extension', 'The attribute zeebe:retryCounter is read by nobody: write retries.');
  for (const name of Object.keys(element.$attrs)) {
    if (name.startsWith('xmlns') || !name.includes(':') || harmlessAttributes.test(name)) continue;
    if (otherEngines.test(name)) foreign(element, 'attribute', name, report);
  }
  return { get: (type) => found.get(type)?.[0], all: (type) => found.get(type) ?? [] };
}

/** A modeler's private data (samples, even pictures): not needed at runtime, and plans should be small. */
const ofTheModeler = /^camundaModeler:/;

/** `zeebe:properties`, kept for readers of the plan. */
export function propertiesOf(extensions: Extensions): Record<string, string> | undefined {
  const element = extensions.get('zeebe:Properties');
  const entries = (element ? childrenOf(element, 'properties') : []).flatMap((entry) => {
    const name = text(entry, 'name');
    return name && !ofTheModeler.test(name) ? [[name, text(entry, 'value') ?? ''] as const] : [];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}
