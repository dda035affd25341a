/** The BPMN modeler with palette, properties panel and minimap; every change is reported as XML. */
import Modeler from 'bpmn-js/lib/Modeler';
import 'bpmn-js/dist/assets/bpmn-font/css/bpmn.css';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/diagram-js.css';
import '@bpmn-io/properties-panel/dist/assets/properties-panel.css';
import 'diagram-js-minimap/assets/diagram-js-minimap.css';
import { CreateAppendAnythingModule } from 'bpmn-js-create-append-anything';
import theirs from 'bpmn-js-i18n/translations/zn.js';
import {
  BpmnPropertiesPanelModule,
  BpmnPropertiesProviderModule,
  ZeebePropertiesProviderModule,
} from 'bpmn-js-properties-panel';
import ZeebeBehaviors from 'camunda-bpmn-js-behaviors/lib/camunda-cloud';
import Minimap from 'diagram-js-minimap';
import { type Ref, useEffect, useImperativeHandle, useRef, useState } from 'react';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json';
import careloop from '../../../../engine/compile/careloop-moddle.json';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { useStudioWords } from '../studio-words.tsx';
import { translateIn } from '../translate.ts';
import { careloopPanel } from './careloop-panel.ts';
import { chineseTerms } from './chinese-terms.ts';
import { type FittedCanvas, fitBesidePalette } from './fit.ts';
import type { DiagramElement, EventBus } from './model.ts';
import './modeler.css';

interface Services {
  canvas: FittedCanvas & {
    resized(): void;
    scrollToElement(element: DiagramElement): void;
  };
  commandStack: { canUndo(): boolean; canRedo(): boolean; undo(): void; redo(): void };
  elementRegistry: { get(id: string): DiagramElement | undefined };
  eventBus: EventBus;
  selection: { select(element: DiagramElement): void };
}

export interface History {
  canUndo: boolean;
  canRedo: boolean;
}

export interface ModelerHandle {
  undo(): void;
  redo(): void;
  fit(): void;
  /** Brings an element into sight and selects it. @returns whether it is in the diagram */
  show(id: string): boolean;
}

export interface ModelerViewProps {
  /** What it opens with; later changes come from here. */
  xml: string;
  hidden: boolean;
  onChange(xml: string): void;
  onHistory(history: History): void;
  ref?: Ref<ModelerHandle>;
}

export function ModelerView({ xml, hidden, onChange, onHistory, ref }: ModelerViewProps) {
  const { t, language } = useStudioWords();
  const canvasBox = useRef<HTMLDivElement>(null);
  const panelBox = useRef<HTMLDivElement>(null);
  const modeler = useRef<Modeler<Services>>(null);
  const [failure, setFailure] = useState<unknown>();
  const [ready, setReady] = useState(false);
  const told = useRef({ onChange, onHistory });
  told.current = { onChange, onHistory };
  const opened = useRef(xml);

  useEffect(() => {
    if (!canvasBox.current || !panelBox.current) return;
    const made = new Modeler<Services>({
      container: canvasBox.current,
      propertiesPanel: { parent: panelBox.current },
      moddleExtensions: { zeebe, careloop },
      additionalModules: [
        BpmnPropertiesPanelModule,
        BpmnPropertiesProviderModule,
        ZeebePropertiesProviderModule,
        ZeebeBehaviors,
        CreateAppendAnythingModule,
        Minimap,
        careloopPanel(t),
        translateIn(language, { ...theirs, ...chineseTerms }),
      ],
    });
    let current = true;
    const changed = async () => {
      const stack = made.get('commandStack');
      told.current.onHistory({ canUndo: stack.canUndo(), canRedo: stack.canRedo() });
      const saved = await made.saveXML({ format: true });
      if (!current || saved.xml === undefined) return;
      opened.current = saved.xml;
      told.current.onChange(saved.xml);
    };
    made.importXML(opened.current).then(
      () => {
        if (!current) return;
        modeler.current = made;
        fitBesidePalette(made.get('canvas'));
        made.get('eventBus').on('commandStack.changed', () => void changed());
        told.current.onHistory({ canUndo: false, canRedo: false });
        setReady(true);
      },
      (error: unknown) => current && setFailure(error),
    );
    // The palette has as many columns as its height asks for.
    const resized = new ResizeObserver(() => current && made.get('canvas').resized());
    resized.observe(canvasBox.current);
    return () => {
      resized.disconnect();
      current = false;
      modeler.current = null;
      setReady(false);
      made.destroy();
    };
  }, [t, language]);

  useImperativeHandle(
    ref,
    () => ({
      undo: () => modeler.current?.get('commandStack').undo(),
      redo: () => modeler.current?.get('commandStack').redo(),
      fit: () => modeler.current && fitBesidePalette(modeler.current.get('canvas')),
      show(id) {
        const element = modeler.current?.get('elementRegistry').get(id);
        if (!modeler.current || !element) return false;
        modeler.current.get('canvas').scrollToElement(element);
        modeler.current.get('selection').select(element);
        return true;
      },
    }),
    [],
  );

  return (
    <div className="modeler" hidden={hidden}>
      {failure !== undefined && <ErrorNotice error={failure} />}
      {/* biome-ignore lint/a11y/useSemanticElements: a section would be the same region with another style */}
      <div
        ref={canvasBox}
        className="canvas"
        role="region"
        aria-label={t('studio.canvas')}
        data-ready={ready ? '' : undefined}
      />
      <aside ref={panelBox} className="properties" aria-label={t('studio.properties')} />
    </div>
  );
}
