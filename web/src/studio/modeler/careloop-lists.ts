/** Stages and columns of a process as lists in the properties panel; a column of the type choice has its choices within. */
import { CollapsibleEntry, ListEntry, ListGroup } from '@bpmn-io/properties-panel';
import { jsx } from '@bpmn-io/properties-panel/preact/jsx-runtime';
import type { PanelContext } from './careloop-attributes.ts';
import { addExtension, removeExtension } from './extension-edits.ts';
import { checkField, selectField, textField } from './fields.ts';
import { type BusinessObject, type DiagramElement, extensionsOf, listOf, subjectOf, textOf } from './model.ts';
import type { PanelEntry, PanelGroup } from './panel-nodes.ts';

const columnTypes = ['text', 'choice', 'number', 'money', 'date', 'person'] as const;

interface ListGroupOf extends PanelGroup {
  items: object[];
  add(event: Event): void;
}

/** The groups of a process; none for any other element. */
export function listGroups(context: PanelContext, element: DiagramElement): PanelGroup[] {
  const process = subjectOf(element);
  if (!process.$instanceOf('bpmn:Process')) return [];
  const group = (kind: 'stage' | 'column', entries: (one: BusinessObject, prefix: string) => PanelEntry[]) => {
    const type = kind === 'stage' ? 'careloop:Stage' : 'careloop:Column';
    const ones = extensionsOf(process).filter((one) => one.$instanceOf(type));
    return {
      id: `careloop-${kind}s`,
      label: context.t(`studio.group.${kind}s`),
      component: ListGroup,
      items: ones.map((one, index) => ({
        id: `careloop-${kind}-${index}`,
        label: textOf(one, 'name') || textOf(one, 'id') || context.t('studio.unnamed'),
        entries: entries(one, `careloop-${kind}-${index}`),
        autoFocusEntry: `careloop-${kind}-${index}-id`,
        remove: (event: Event) => {
          event.stopPropagation();
          removeExtension(context, element, process, one);
        },
      })),
      add: (event: Event) => {
        event.stopPropagation();
        addExtension(context, element, process, type, { id: freeId(kind, ones) });
      },
    } satisfies ListGroupOf;
  };
  return [
    group('stage', (one, prefix) => namedEntries(context, element, one, prefix)),
    group('column', (one, prefix) => [
      ...namedEntries(context, element, one, prefix),
      ...columnEntries(context, element, one, prefix),
    ]),
  ];
}

function freeId(kind: string, ones: BusinessObject[]): string {
  const taken = new Set(ones.map((one) => textOf(one, 'id')));
  let number = ones.length + 1;
  while (taken.has(`${kind}${number}`)) number += 1;
  return `${kind}${number}`;
}

type Name = 'id' | 'name' | 'nameEn' | 'value' | 'type' | 'searchable';

const attribute = (
  { t, modeling }: PanelContext,
  element: DiagramElement,
  object: BusinessObject,
  prefix: string,
  name: Name,
) => ({
  id: `${prefix}-${name}`,
  label: t(`studio.listed.${name}`),
  get: () => textOf(object, name),
  set: (value: string | undefined) => modeling.updateModdleProperties(element, object, { [name]: value }),
});

function namedEntries(
  context: PanelContext,
  element: DiagramElement,
  object: BusinessObject,
  prefix: string,
  first: 'id' | 'value' = 'id',
): PanelEntry[] {
  return ([first, 'name', 'nameEn'] as const).map((name) =>
    textField(attribute(context, element, object, prefix, name)),
  );
}

function columnEntries(
  context: PanelContext,
  element: DiagramElement,
  column: BusinessObject,
  prefix: string,
): PanelEntry[] {
  const of = (name: Name) => attribute(context, element, column, prefix, name);
  const types = () => columnTypes.map((value) => ({ value, label: context.t(`studio.columnType.${value}`) }));
  const type = of('type');
  return [
    selectField({ ...type, get: () => type.get() || 'text' }, types),
    textField({ ...of('value'), description: context.t('studio.listedHint.value') }),
    checkField(of('searchable')),
    ...(type.get() === 'choice' ? [choicesEntry(context, element, column, `${prefix}-choices`)] : []),
  ];
}

function choicesEntry(context: PanelContext, element: DiagramElement, column: BusinessObject, id: string): PanelEntry {
  const choices = () => listOf(column, 'choices');
  const change = (next: BusinessObject[]) =>
    context.modeling.updateModdleProperties(element, column, { choices: next });
  return {
    id,
    component: () =>
      jsx(ListEntry, {
        id,
        element,
        label: context.t('studio.listed.choices'),
        items: choices(),
        component: ({ item, index, open }: { item: BusinessObject; index: number; open: boolean }) =>
          jsx(CollapsibleEntry, {
            id: `${id}-${index}`,
            element,
            open,
            label: textOf(item, 'name') || textOf(item, 'value') || context.t('studio.unnamed'),
            entries: namedEntries(context, element, item, `${id}-${index}`, 'value'),
          }),
        onAdd: () => {
          const added = context.bpmnFactory.create('careloop:Choice', {});
          added.$parent = column;
          change([...choices(), added]);
        },
        onRemove: (removed: BusinessObject) => change(choices().filter((one) => one !== removed)),
      }),
  };
}
