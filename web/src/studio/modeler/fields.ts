/** Fields of the properties panel over one attribute of an element of the file. */
import {
  CheckboxEntry,
  isCheckboxEntryEdited,
  isSelectEntryEdited,
  isTextFieldEntryEdited,
  SelectEntry,
  TextFieldEntry,
} from '@bpmn-io/properties-panel';
import { jsx } from '@bpmn-io/properties-panel/preact/jsx-runtime';
import { useService } from 'bpmn-js-properties-panel';
import type { DiagramElement } from './model.ts';
import type { PanelEntry } from './panel-nodes.ts';

export interface FieldSpec {
  id: string;
  label: string;
  description?: string;
  get(): string;
  /** @param value undefined when the field is empty */
  set(value: string | undefined): void;
}

interface Shown {
  element: DiagramElement;
  id: string;
}

export function textField({ id, label, description, get, set }: FieldSpec): PanelEntry {
  return {
    id,
    isEdited: isTextFieldEntryEdited,
    component: ({ element, id: shownId }: Shown) =>
      jsx(TextFieldEntry, {
        id: shownId,
        element,
        label,
        description,
        debounce: useService('debounceInput'),
        getValue: get,
        setValue: (value: string | undefined) => set(value || undefined),
      }),
  };
}

export interface Option {
  value: string;
  label: string;
}

export function selectField({ id, label, description, get, set }: FieldSpec, options: () => Option[]): PanelEntry {
  return {
    id,
    isEdited: isSelectEntryEdited,
    component: ({ element, id: shownId }: Shown) =>
      jsx(SelectEntry, {
        id: shownId,
        element,
        label,
        description,
        getOptions: options,
        getValue: get,
        setValue: (value: string | undefined) => set(value || undefined),
      }),
  };
}

export function checkField({ id, label, description, get, set }: FieldSpec): PanelEntry {
  return {
    id,
    isEdited: isCheckboxEntryEdited,
    component: ({ element, id: shownId }: Shown) =>
      jsx(CheckboxEntry, {
        id: shownId,
        element,
        label,
        description,
        getValue: () => get() === 'true',
        setValue: (checked: boolean) => set(checked ? 'true' : undefined),
      }),
  };
}
