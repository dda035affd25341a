/** The DMN editor: requirements, decision tables and expressions; every change is reported as XML. */
import DmnModeler from 'dmn-js/lib/Modeler';
import 'dmn-js/dist/assets/diagram-js.css';
import 'dmn-js/dist/assets/dmn-js-shared.css';
import 'dmn-js/dist/assets/dmn-js-drd.css';
import 'dmn-js/dist/assets/dmn-js-decision-table.css';
import 'dmn-js/dist/assets/dmn-js-decision-table-controls.css';
import 'dmn-js/dist/assets/dmn-js-literal-expression.css';
import 'dmn-js/dist/assets/dmn-js-boxed-expression.css';
import 'dmn-js/dist/assets/dmn-js-boxed-expression-controls.css';
import 'dmn-js/dist/assets/dmn-font/css/dmn.css';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { useStudioWords } from '../studio-words.tsx';
import { translateIn } from '../translate.ts';
import { dmnTerms } from './dmn-terms.ts';

export interface DmnEditorViewProps {
  /** What it opens with; later changes come from here. */
  xml: string;
  onChange(xml: string): void;
}

export function DmnEditorView({ xml, onChange }: DmnEditorViewProps) {
  const { t, language } = useStudioWords();
  const box = useRef<HTMLDivElement>(null);
  const [modeler, setModeler] = useState<DmnModeler>();
  const [views, setViews] = useState<DmnView[]>([]);
  const [failure, setFailure] = useState<unknown>();
  const told = useRef(onChange);
  told.current = onChange;
  const opened = useRef(xml);
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const made = new DmnModeler({
      container: element,
      common: { additionalModules: [translateIn(language, dmnTerms)] },
    });
    let current = true;
    const listening = new WeakSet<object>();
    const changed = async () => {
      const saved = await made.saveXML({ format: true });
      if (!current) return;
      opened.current = saved.xml;
      told.current(saved.xml);
    };
    made.on('views.changed', () => {
      setViews(made.getViews());
      const viewer = made.getActiveViewer();
      if (!viewer || listening.has(viewer)) return;
      listening.add(viewer);
      viewer.on('commandStack.changed', () => void changed());
    });
    made
      .importXML(opened.current)
      .then(() => {
        const table = made.getViews().find(({ type }) => type === 'decisionTable');
        return table && made.open(table);
      })
      .then(
        () => {
          if (!current) return;
          element.dataset['ready'] = '';
          setModeler(made);
        },
        (error: unknown) => current && setFailure(error),
      );
    return () => {
      current = false;
      made.destroy();
    };
  }, [language]);
  return (
    <>
      {failure !== undefined && <ErrorNotice error={failure} />}
      <p className="soft restriction">{t('studio.decisions.restriction')}</p>
      <div className="acts dmn-views">
        {views.map((view) => (
          <Button key={`${view.type} ${view.id}`} size="small" onClick={() => void modeler?.open(view)}>
            {view.type === 'drd' ? t('studio.decisions.requirements') : (view.name ?? view.id)}
          </Button>
        ))}
      </div>
      <div ref={box} className="dmn-editor" />
    </>
  );
}
