/** A form as deployed, shown by form-js. Field errors of the server appear at the fields. */
import { Form } from '@bpmn-io/form-js-viewer';
import '@bpmn-io/form-js-viewer/dist/assets/form-js.css';
import './form-theme.css';
import { type Ref, useEffect, useImperativeHandle, useRef } from 'react';
import { useWords } from '../words/index.ts';
import { answerByKeys } from './answer-by-keys.ts';
import { chineseMessages, speakChinese } from './form-words.ts';
import { inCents, inYuan, shownForm } from './shown-form.ts';

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

interface Internals {
  get(name: 'formFieldRegistry'): { getAll(): FormField[] };
  _setState(state: { errors: Record<string, string[]> }): void;
  _getState(): { errors: Record<string, string[]> };
}

export interface FormViewProps {
  schema: object;
  data: Record<string, unknown>;
  ref?: Ref<FormHandle>;
  onChange?(data: Record<string, unknown>): void;
}

export function FormView({ schema, data, ref, onChange }: FormViewProps) {
  const { language } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const form = useRef<Form>(null);
  const changed = useRef(onChange);
  changed.current = onChange;
  // In the other language the form is made anew, with what was typed.
  const typed = useRef<{ over: object; data: Record<string, unknown> }>(undefined);
  useEffect(() => {
    if (!box.current) return;
    const element = box.current;
    speakChinese(language === 'zh');
    const made = new Form({ container: element, additionalModules: language === 'zh' ? [chineseMessages] : [] });
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
  }, [schema, data, language]);
  useImperativeHandle(
    ref,
    () => ({
      submit() {
        if (!form.current || box.current?.dataset['ready'] === undefined) return undefined;
        const { data: filled, errors } = form.current.submit() as NonNullable<ReturnType<FormHandle['submit']>>;
        return { data: inCents(filled, shownForm(schema, language).keys), errors };
      },
      showErrors(errors) {
        const internals = form.current as unknown as Internals | null;
        if (!internals) return 0;
        const fields = internals.get('formFieldRegistry').getAll();
        const atFields: Record<string, string[]> = {};
        for (const { path, message } of errors) {
          const field = fields.find(
            (one) => one.key !== undefined && (path === one.key || path.startsWith(`${one.key}.`)),
          );
          if (field) atFields[field.id] = [...(atFields[field.id] ?? []), message];
        }
        internals._setState({ errors: { ...internals._getState().errors, ...atFields } });
        return Object.keys(atFields).length;
      },
    }),
    [schema, language],
  );
  return <div ref={box} className="formbox" lang={language === 'zh' ? 'zh-CN' : 'en'} />;
}
