/**
 * Fields of a form that the console draws itself, with components of its own pages: form-js keeps value, errors and visibility of the
 * field, and gives a place for it in the form (a slot), into which the page renders.
 */
import { h } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** What form-js hands to the component of a field. */
export interface SlotProps {
  field: SlotComponent;
  value: unknown;
  domId: string;
  errors?: string[];
  disabled?: boolean;
  readonly?: boolean;
  onChange(change: { value: unknown }): void;
}

/** As far as slots read it. */
export interface SlotComponent {
  id: string;
  type: string;
  key?: string;
  label?: string;
  description?: string;
  accept?: string;
  multiple?: boolean | string;
  validate?: { required?: boolean };
  properties?: Record<string, string>;
}

export interface Slot extends SlotProps {
  element: HTMLElement;
}

/** The slots of one form, as they are now. */
export class Slots {
  private readonly open = new Map<string, Slot>();
  private readonly listeners = new Set<() => void>();
  /** Fields that are not complete yet, by id: why. */
  readonly pending = new Map<string, string>();
  private shown: readonly Slot[] = [];

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly snapshot = (): readonly Slot[] => this.shown;

  put(slot: Slot): void {
    this.open.set(slot.domId, slot);
    this.changed();
  }

  take({ domId, field }: SlotProps): void {
    this.open.delete(domId);
    this.pending.delete(field.id);
    this.changed();
  }

  private changed(): void {
    this.shown = [...this.open.values()];
    for (const listener of this.listeners) listener();
  }
}

interface FormFields {
  register(type: string, component: unknown): void;
}

/** Types of components that are drawn in slots. */
const slotTypes = ['filepicker', 'patientpicker'] as const;

/** A module of form-js that puts the fields of these types into slots. */
export function slotModule(slots: Slots): object {
  class SlotFields {
    static $inject = ['formFields'];
    constructor(formFields: FormFields) {
      for (const type of slotTypes) formFields.register(type, slotField(type, slots));
    }
  }
  return { __init__: ['careloopSlots'], careloopSlots: ['type', SlotFields] };
}

function slotField(type: (typeof slotTypes)[number], slots: Slots): unknown {
  function SlotField(props: SlotProps) {
    const box = useRef<HTMLDivElement>(null);
    const latest = useRef(props);
    latest.current = props;
    const { value, errors, disabled, readonly, field } = props;
    const errorText = (errors ?? []).join('\n');
    // biome-ignore lint/correctness/useExhaustiveDependencies: these are what a slot is drawn from.
    useEffect(() => {
      if (box.current) slots.put({ ...latest.current, element: box.current });
    }, [value, errorText, disabled, readonly, field]);
    useEffect(() => () => slots.take(latest.current), []);
    return h('div', { class: `fjs-form-field slot slot-${type}`, ref: box });
  }
  return Object.assign(SlotField, {
    config: { type, keyed: true, label: type, group: 'basic-input', emptyValue: null, create: (more = {}) => more },
  });
}
