/** A diagram to look at: where the instance stands, where it came along, what is stuck; with pan and zoom. */
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/diagram-js.css';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { ErrorNotice } from '../parts/error-notice.tsx';
import { useWords } from '../words/index.ts';
import { touchModule } from './touch.ts';
import './diagram.css';

export interface Marks {
  /** Elements with a token. */
  active: string[];
  incidents: string[];
  /** Elements and sequence flows that were passed. */
  done: string[];
}

interface Shape {
  x: number;
  y: number;
  width: number;
  height: number;
}

interface Canvas {
  zoom(how: string | number): void;
  addMarker(id: string, name: string): void;
  removeMarker(id: string, name: string): void;
  viewbox(box?: Shape): { outer: { width: number; height: number } };
}

interface Registry {
  get(id: string): Shape | undefined;
}

const markers = { active: 'is-active', incidents: 'is-stuck', done: 'is-done' } as const;
/** Elements of about this width (of the diagram) are in sight when it opens at the current step. */
const widthAtCurrentStep = 640;

export interface DiagramProps {
  xml: string;
  marks: Marks;
}

export function Diagram({ xml, marks }: DiagramProps) {
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const [viewer, setViewer] = useState<NavigatedViewer>();
  const alive = useRef<NavigatedViewer>(null);
  const [failure, setFailure] = useState<unknown>();

  useEffect(() => {
    if (!box.current) return;
    const made = new NavigatedViewer({ container: box.current, additionalModules: [touchModule] });
    let current = true;
    made.importXML(xml).then(
      () => {
        if (!current) return;
        alive.current = made;
        setViewer(made);
      },
      // One that is destroyed while it reads fails, and nobody waits for it.
      (error: unknown) => current && setFailure(error),
    );
    return () => {
      current = false;
      alive.current = null;
      setViewer(undefined);
      made.destroy();
    };
  }, [xml]);

  const first = marks.incidents[0] ?? marks.active[0];
  useEffect(() => {
    if (viewer) showAround(viewer, first);
  }, [viewer, first]);

  useEffect(() => {
    if (!viewer) return;
    const undo = draw(viewer, marks);
    // A viewer that was destroyed took its marks along.
    return () => {
      if (alive.current === viewer) undo();
    };
  }, [viewer, marks]);

  return (
    <div className="diagram">
      {failure !== undefined && <ErrorNotice error={failure} />}
      {/* biome-ignore lint/a11y/useSemanticElements: a section would be the same region with another style */}
      <div
        className="canvas"
        ref={box}
        role="region"
        aria-label={t('case.diagramLabel')}
        data-ready={viewer ? '' : undefined}
      />
      <div className="diagram-acts">
        <Button size="small" onClick={() => viewer?.get<Canvas>('canvas').zoom('fit-viewport')}>
          {t('case.diagramFit')}
        </Button>
        {first !== undefined && (
          <Button size="small" onClick={() => viewer && showAround(viewer, first)}>
            {t('case.diagramHere')}
          </Button>
        )}
      </div>
    </div>
  );
}

function showAround(viewer: NavigatedViewer, element: string | undefined): void {
  const canvas = viewer.get<Canvas>('canvas');
  const shape = element === undefined ? undefined : viewer.get<Registry>('elementRegistry').get(element);
  canvas.zoom('fit-viewport');
  if (!shape) return;
  const { outer } = canvas.viewbox();
  const scale = Math.min(1, outer.width / widthAtCurrentStep);
  const [width, height] = [outer.width / scale, outer.height / scale];
  canvas.viewbox({
    x: shape.x + shape.width / 2 - width / 2,
    y: shape.y + shape.height / 2 - height / 2,
    width,
    height,
  });
}

/** @returns what takes the marks away again */
function draw(viewer: NavigatedViewer, marks: Marks): () => void {
  const canvas = viewer.get<Canvas>('canvas');
  const registry = viewer.get<Registry>('elementRegistry');
  const drawn = (['done', 'active', 'incidents'] as const).flatMap((kind) =>
    marks[kind].filter((id) => registry.get(id)).map((id) => ({ id, marker: markers[kind] })),
  );
  for (const { id, marker } of drawn) canvas.addMarker(id, marker);
  return () => {
    for (const { id, marker } of drawn) canvas.removeMarker(id, marker);
  };
}
