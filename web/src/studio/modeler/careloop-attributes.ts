/** Which attributes of the careloop namespace an element may have, and the limit of a timer event. */
import type { StudioWordKey } from '../studio-words.tsx';
import { addExtension, type Edits, removeExtension } from './extension-edits.ts';
import { checkField, type FieldSpec, selectField, textField } from './fields.ts';
import {
  type BusinessObject,
  type DiagramElement,
  extensionsOf,
  listOf,
  processOf,
  subjectOf,
  textOf,
} from './model.ts';
import type { PanelEntry } from './panel-nodes.ts';

export interface PanelContext extends Edits {
  t(key: StudioWordKey): string;
}

const ofProcess = ['title', 'candidateStarterGroups', 'leaderGroups', 'businessKeyPattern'] as const;
type Attribute =
  | (typeof ofProcess)[number]
  | 'stage'
  | 'movesMoney'
  | 'excludedUsers'
  | 'bulkCompletion'
  | 'facilities'
  | 'businessKey';
/** Written as `true` or not at all. */
const marks: ReadonlySet<Attribute> = new Set(['movesMoney', 'bulkCompletion']);

const isTimer = (event: BusinessObject): boolean =>
  listOf(event, 'eventDefinitions').some((one) => one.$instanceOf('bpmn:TimerEventDefinition'));

export function attributeEntries(context: PanelContext, element: DiagramElement): PanelEntry[] {
  const subject = subjectOf(element);
  const is = (type: string) => subject.$instanceOf(type);
  const spec = (name: Attribute): FieldSpec => ({
    id: `careloop-${name}`,
    label: context.t(`studio.field.${name}`),
    description: context.t(`studio.fieldHint.${name}`),
    get: () => textOf(subject, `careloop:${name}`),
    set: (value) =>
      context.modeling.updateModdleProperties(element, subject, {
        [`careloop:${name}`]: marks.has(name) ? value && true : value,
      }),
  });
  const stages = () => [
    { value: '', label: context.t('studio.field.stageNone') },
    ...extensionsOf(processOf(subject))
      .filter((one) => one.$instanceOf('careloop:Stage'))
      .map((one) => ({ value: textOf(one, 'id'), label: textOf(one, 'name') || textOf(one, 'id') })),
  ];
  return [
    ...(is('bpmn:Process') ? ofProcess.map((name) => textField(spec(name))) : []),
    ...(is('bpmn:FlowNode') ? [selectField(spec('stage'), stages), checkField(spec('movesMoney'))] : []),
    ...(is('bpmn:UserTask') ? [textField(spec('excludedUsers')), checkField(spec('bulkCompletion'))] : []),
    ...(is('bpmn:CallActivity') ? [textField(spec('businessKey'))] : []),
    ...(is('bpmn:StartEvent') && isTimer(subject) ? [textField(spec('facilities'))] : []),
    ...(is('bpmn:Event') && isTimer(subject) ? limitEntries(context, element, subject) : []),
    ...(is('bpmn:Process') ? [rulesEntry(context, element, subject)] : []),
  ];
}

/** It stands in the file as long as it has an id. */
function limitEntries(context: PanelContext, element: DiagramElement, event: BusinessObject): PanelEntry[] {
  const limit = () => extensionsOf(event).find((one) => one.$instanceOf('careloop:Limit'));
  return (['id', 'name', 'nameEn', 'tell'] as const).map((name) =>
    textField({
      id: `careloop-limit-${name}`,
      label: context.t(`studio.limit.${name}`),
      description: context.t(`studio.limitHint.${name}`),
      get: () => {
        const found = limit();
        return found ? textOf(found, name) : '';
      },
      set: (value) => setOrRemove(context, element, event, { type: 'careloop:Limit', found: limit(), name, value }),
    }),
  );
}

function rulesEntry(context: PanelContext, element: DiagramElement, process: BusinessObject): PanelEntry {
  const rules = () => extensionsOf(process).find((one) => one.$instanceOf('careloop:Rules'));
  return textField({
    id: 'careloop-rules',
    label: context.t('studio.field.rules'),
    description: context.t('studio.fieldHint.rules'),
    get: () => {
      const found = rules();
      return found ? textOf(found, 'paths') : '';
    },
    set: (value) =>
      setOrRemove(context, element, process, { type: 'careloop:Rules', found: rules(), name: 'paths', value }),
  });
}

interface Attributed {
  type: string;
  found: BusinessObject | undefined;
  name: string;
  value: string | undefined;
}

/** An extension element without any attribute is none. */
function setOrRemove(
  edits: Edits,
  element: DiagramElement,
  owner: BusinessObject,
  { type, found, name, value }: Attributed,
): void {
  if (!found) {
    if (value !== undefined) addExtension(edits, element, owner, type, { [name]: value });
    return;
  }
  const left = ['id', 'name', 'tell', 'paths'].some((one) => one !== name && Boolean(found.get(one)));
  if (value === undefined && !left) removeExtension(edits, element, owner, found);
  else edits.modeling.updateModdleProperties(element, found, { [name]: value });
}
