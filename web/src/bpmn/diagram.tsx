/** Read-only diagram with pan and zoom: active elements, the path taken, incidents. */
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/diagram-js.css';
import { Button } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { ErrorNotice } from '../parts/error-notice.tsx';
import { useWords } from '../words/index.ts';
import { schemeColours } from './colours.ts';
import { touchModule } from './touch.ts';
import { withNames } from './translate.ts';
import './diagram.css';

export interface Marks {
  /** Elements with a token. */
  active: string[];
  incidents: string[];
  /** Elements and sequence flows that were passed. */
  done: string[];
}

/** A short text at an element. */
export interface Note {
  element: string;
  text: string;
  kind: 'due' | 'late' | 'stuck';
}

/** How much of something is at an element, from little to much. */
export type HeatLevel = 1 | 2 | 3 | 4 | 5;

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

interface Overlays {
  add(
    id: string,
    overlay: {
      position: { bottom?: number; top?: number; left?: number; right?: number };
      /** Stays readable when the diagram is zoomed out. */
      scale: { min: number };
      html: HTMLElement;
    },
  ): string;
  remove(id: string): void;
}

interface EventBus {
  on(
    name: 'element.click',
    listener: (event: { element: { id: string; labelTarget?: { id: string }; parent?: unknown } }) => void,
  ): void;
}

const markers = { active: 'is-active', incidents: 'is-stuck', done: 'is-done' } as const;
/** Elements of about this width (of the diagram) are in sight when it opens at the current step. */
const widthAtCurrentStep = 640;

export interface DiagramProps {
  xml: string;
  marks: Marks;
  notes?: Note[];
  /** Elements are coloured by it. */
  heat?: Readonly<Record<string, HeatLevel>>;
  /** Of elements by id, in place of those in the diagram. */
  names?: Record<string, string> | undefined;
  selected?: string | undefined;
  onSelect?(element: string | undefined): void;
}

export function Diagram({ xml, marks, notes, heat, names, selected, onSelect }: DiagramProps) {
  const { t } = useWords();
  const box = useRef<HTMLDivElement>(null);
  const [viewer, setViewer] = useState<NavigatedViewer>();
  const alive = useRef<NavigatedViewer>(null);
  const [failure, setFailure] = useState<unknown>();
  const select = useRef(onSelect);
  select.current = onSelect;

  useEffect(() => {
    if (!box.current) return;
    const made = new NavigatedViewer({ container: box.current, additionalModules: [touchModule], ...schemeColours });
    let current = true;
    made.get<EventBus>('eventBus').on('element.click', ({ element }) =>
      // The plane itself has no parent.
      select.current?.(element.parent ? (element.labelTarget?.id ?? element.id) : undefined),
    );
    made.importXML(names ? withNames(xml, names) : xml).then(
      () => {
        if (!current) return;
        alive.current = made;
        setViewer(made);
      },
      // Importing fails when the viewer was destroyed meanwhile; the result is not needed then.
      (error: unknown) => current && setFailure(error),
    );
    return () => {
      current = false;
      alive.current = null;
      setViewer(undefined);
      made.destroy();
    };
  }, [xml, names]);

  const first = marks.incidents[0] ?? marks.active[0];
  useEffect(() => {
    if (viewer && alive.current === viewer) showAround(viewer, first);
  }, [viewer, first]);

  // When the diagram itself changes, these run once more with the viewer that was just destroyed.
  useEffect(() => {
    if (!viewer || alive.current !== viewer) return;
    const undo = [draw(viewer, marks), write(viewer, notes ?? []), warm(viewer, heat ?? {})];
    // A destroyed viewer has no markers to remove.
    return () => {
      if (alive.current === viewer) for (const one of undo) one();
    };
  }, [viewer, marks, notes, heat]);

  useEffect(() => {
    if (!viewer || alive.current !== viewer || selected === undefined) return;
    if (!viewer.get<Registry>('elementRegistry').get(selected)) return;
    const canvas = viewer.get<Canvas>('canvas');
    canvas.addMarker(selected, 'is-chosen');
    return () => {
      if (alive.current === viewer) canvas.removeMarker(selected, 'is-chosen');
    };
  }, [viewer, selected]);

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

/** @returns removes the notes */
function write(viewer: NavigatedViewer, notes: Note[]): () => void {
  const overlays = viewer.get<Overlays>('overlays');
  const registry = viewer.get<Registry>('elementRegistry');
  const written = notes
    .filter(({ element }) => registry.get(element))
    .map(({ element, text, kind }) => {
      const html = document.createElement('span');
      html.className = `diagram-note ${kind}`;
      html.textContent = text;
      return overlays.add(element, {
        position: kind === 'stuck' ? { top: -12, right: 12 } : { bottom: -2, left: 0 },
        scale: { min: 1 },
        html,
      });
    });
  return () => {
    for (const id of written) overlays.remove(id);
  };
}

/** @returns removes the colours */
function warm(viewer: NavigatedViewer, heat: Readonly<Record<string, HeatLevel>>): () => void {
  const known = Object.entries(heat).filter(([id]) => viewer.get<Registry>('elementRegistry').get(id));
  return mark(
    viewer,
    known.map(([id, level]) => ({ id, marker: `heat-${level}` })),
  );
}

/** @returns removes the marks */
function draw(viewer: NavigatedViewer, marks: Marks): () => void {
  const registry = viewer.get<Registry>('elementRegistry');
  const drawn = (['done', 'active', 'incidents'] as const).flatMap((kind) =>
    marks[kind].filter((id) => registry.get(id)).map((id) => ({ id, marker: markers[kind] })),
  );
  return mark(viewer, drawn);
}

function mark(viewer: NavigatedViewer, drawn: { id: string; marker: string }[]): () => void {
  const canvas = viewer.get<Canvas>('canvas');
  for (const { id, marker } of drawn) canvas.addMarker(id, marker);
  return () => {
    for (const { id, marker } of drawn) canvas.removeMarker(id, marker);
  };
}
