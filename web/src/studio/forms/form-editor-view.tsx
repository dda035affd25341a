/** The form editor; every change is reported as a schema. */
import { FormEditor } from '@bpmn-io/form-js-editor';
import '@bpmn-io/form-js-viewer/dist/assets/form-js.css';
import '@bpmn-io/form-js-editor/dist/assets/form-js-editor.css';
import '@bpmn-io/form-js-editor/dist/assets/properties-panel.css';
import { useEffect, useRef, useState } from 'react';
import { speakChinese } from '../../forms/form-language.ts';
import '../../forms/form-words.ts';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { useStudioWords } from '../studio-words.tsx';
import { editFormsInChinese } from './form-editor-words.ts';

export interface FormEditorViewProps {
  /** What it opens with; later changes come from here. */
  schema: object;
  onChange(schema: object): void;
}

export function FormEditorView({ schema, onChange }: FormEditorViewProps) {
  const { t, language } = useStudioWords();
  const box = useRef<HTMLDivElement>(null);
  const [failure, setFailure] = useState<unknown>();
  const told = useRef(onChange);
  told.current = onChange;
  const opened = useRef(schema);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const chinese = language === 'zh';
    editFormsInChinese(chinese);
    speakChinese(chinese);
    const editor = new FormEditor({ container: element });
    let current = true;
    editor.importSchema(opened.current as never).then(
      () => {
        if (!current) return;
        element.dataset['ready'] = '';
        editor.on('changed', () => {
          opened.current = editor.saveSchema() as object;
          told.current(opened.current);
        });
      },
      (error: unknown) => current && setFailure(error),
    );
    return () => {
      current = false;
      editor.destroy();
    };
  }, [language]);
  return (
    <>
      {failure !== undefined && <ErrorNotice error={failure} />}
      <p className="soft restriction">{t('studio.forms.restriction')}</p>
      <div ref={box} className="form-editor" />
    </>
  );
}
