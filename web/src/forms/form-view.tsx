/** A form as deployed, shown by form-js. Field errors of the server appear at the fields. */
import { Form } from '@bpmn-io/form-js-viewer';
import '@bpmn-io/form-js-viewer/dist/assets/form-js.css';
import './form-theme.css';
import { type Ref, useEffect, useImperativeHandle, useMemo, useRef, useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import type { UploadPlace } from '../parts/files/upload.ts';
import { useWords } from '../words/index.ts';
import { answerByKeys } from './answer-by-keys.ts';
import { speakChinese } from './form-language.ts';
import { Slots, slotModule } from './form-slots.ts';
import { chineseMessages } from './form-words.ts';
import { inCents, inWordsOfForm, inYuan, shownForm } from './shown-form.ts';
import { SlotContent } from './slot-content.tsx';

export interface FormHandle {
  /** What was filled in, and what the form itself finds wrong, by field id; undefined until the form is there. */
  submit(): { data: Record<string, unknown>; errors: Record<string, string[]> } | undefined;
  /** @param errors by the path of the field, as in a problem: `items.0.name` */
  showErrors(errors: { path: string; message: string }[]): number;
}

interface FormField {
  id: string;
  key?: string;
}

interface FieldInstance {
  valuePath?: (string | number)[];
}

interface Internals {
  get(name: 'formFieldRegistry'): { getAll(): FormField[] };
  get(name: 'formFieldInstanceRegistry'): { getAll(): FieldInstance[] };
  _update(change: { fieldInstance: FieldInstance; value: unknown }): void;
  _setState(state: { errors: Record<string, string[]> }): void;
  _getState(): { errors: Record<string, string[]> };
}

const internalsOf = (form: Form): Internals => form as unknown as Internals;

export interface FormViewProps {
  schema: object;
  data: Record<string, unknown>;
  /** What its files are for; absent: none are added. */
  place?: UploadPlace | undefined;
  /** Whose patients it can name. */
  facility?: string | undefined;
  ref?: Ref<FormHandle>;
  onChange?(data: Record<string, unknown>): void;
}

/** On a phone it may lie above or below what is on the screen. Preact draws the errors before the next frame but one. */
function showFirstError(box: HTMLElement | null): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      const field = box?.querySelector<HTMLElement>('.fjs-has-errors');
      field?.scrollIntoView({ block: 'center' });
      field?.querySelector<HTMLElement>('input, textarea, select')?.focus({ preventScroll: true });
    }),
  );
}

export function FormView({ schema, data, place, facility, ref, onChange }: FormViewProps) {
  const { language } = useWords();
  const slots = useMemo(() => new Slots(), []);
  const shownSlots = useSyncExternalStore(slots.subscribe, slots.snapshot);
  const box = useRef<HTMLDivElement>(null);
  const form = useRef<Form>(null);
  const changed = useRef(onChange);
  changed.current = onChange;
  // When the language changes, the form is rebuilt with what was typed.
  const typed = useRef<{ over: object; data: Record<string, unknown> }>(undefined);
  useEffect(() => {
    if (!box.current) return;
    const element = box.current;
    speakChinese(language === 'zh');
    const additionalModules = [slotModule(slots), ...(language === 'zh' ? [chineseMessages] : [])];
    const made = new Form({ container: element, additionalModules });
    form.current = made;
    const shown = shownForm(schema, language);
    void made
      .importSchema(shown.schema, inYuan(typed.current?.over === data ? typed.current.data : data, shown.keys))
      .then(() => {
        element.dataset['ready'] = '';
        // Components report what they were given as a change: only what differs from it was typed.
        const untouched = JSON.stringify(made._getState().data);
        made.on('changed', (event: { data: Record<string, unknown> }) => {
          if (JSON.stringify(event.data) === untouched) return;
          typed.current = { over: data, data: inCents(event.data, shown.keys) };
          changed.current?.(typed.current.data);
        });
      });
    const stopKeys = answerByKeys(element);
    return () => {
      stopKeys();
      delete element.dataset['ready'];
      made.destroy();
    };
  }, [schema, data, language, slots]);
  useImperativeHandle(
    ref,
    () => ({
      submit() {
        if (!form.current || box.current?.dataset['ready'] === undefined) return undefined;
        const { data: filled, errors: found } = form.current.submit() as NonNullable<ReturnType<FormHandle['submit']>>;
        const pending = Object.fromEntries([...slots.pending].map(([id, why]) => [id, [why]]));
        const errors = { ...found, ...pending };
        if (slots.pending.size > 0) internalsOf(form.current)._setState({ errors });
        if (Object.keys(errors).length > 0) showFirstError(box.current);
        return { data: inCents(filled, shownForm(schema, language).keys), errors };
      },
      showErrors(errors) {
        if (!form.current) return 0;
        const internals = internalsOf(form.current);
        const fields = internals.get('formFieldRegistry').getAll();
        const atFields: Record<string, string[]> = {};
        for (const { path, message } of errors) {
          const field = fields.find(
            (one) => one.key !== undefined && (path === one.key || path.startsWith(`${one.key}.`)),
          );
          if (field) atFields[field.id] = [...(atFields[field.id] ?? []), inWordsOfForm(message, schema, language)];
        }
        internals._setState({ errors: { ...internals._getState().errors, ...atFields } });
        showFirstError(box.current);
        return Object.keys(atFields).length;
      },
    }),
    [schema, language, slots],
  );
  const fill = (key: string, value: unknown) => {
    if (!form.current) return;
    const internals = internalsOf(form.current);
    const fieldInstance = internals
      .get('formFieldInstanceRegistry')
      .getAll()
      .find(({ valuePath }) => valuePath?.join('.') === key);
    if (fieldInstance) internals._update({ fieldInstance, value });
  };
  return (
    <>
      <div ref={box} className="formbox" lang={language === 'zh' ? 'zh-CN' : 'en'} />
      {shownSlots.map((slot) =>
        createPortal(<SlotContent {...{ slot, slots, place, facility, fill }} />, slot.element, slot.domId),
      )}
    </>
  );
}
