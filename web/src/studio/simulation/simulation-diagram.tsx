/** The diagram of a simulated run: a token runs along the flows that the last step took. */
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import { useEffect, useRef, useState } from 'react';
import type { Marks } from '../../bpmn/diagram.tsx';
import { useStudioWords } from '../studio-words.tsx';
import { runToken } from './token-animation.ts';

interface Canvas {
  zoom(how: string, at?: 'auto'): void;
  addMarker(id: string, name: string): void;
  removeMarker(id: string, name: string): void;
}
interface Registry {
  get(id: string): object | undefined;
  getGraphics(id: string): SVGElement | undefined;
}

const classes = { done: 'is-done', active: 'is-active', incidents: 'is-stuck' } as const;

export function SimulationDiagram({ xml, marks, flows }: { xml: string; marks: Marks; flows: string[] }) {
  const { t } = useStudioWords();
  const box = useRef<HTMLDivElement>(null);
  const [viewer, setViewer] = useState<NavigatedViewer>();

  useEffect(() => {
    if (!box.current) return;
    const made = new NavigatedViewer({ container: box.current });
    let current = true;
    void made.importXML(xml).then(
      () => {
        if (!current) return;
        made.get<Canvas>('canvas').zoom('fit-viewport', 'auto');
        setViewer(made);
      },
      // The file compiled, so it can be imported; a failure means that the viewer was destroyed meanwhile.
      () => undefined,
    );
    return () => {
      current = false;
      setViewer(undefined);
      made.destroy();
    };
  }, [xml]);

  useEffect(() => {
    if (!viewer) return;
    const canvas = viewer.get<Canvas>('canvas');
    const registry = viewer.get<Registry>('elementRegistry');
    const drawn = (['done', 'active', 'incidents'] as const).flatMap((kind) =>
      marks[kind].filter((id) => registry.get(id)).map((id) => [id, classes[kind]] as const),
    );
    for (const [id, name] of drawn) canvas.addMarker(id, name);
    const stop = runToken(flows.flatMap((id) => registry.getGraphics(id) ?? []));
    return () => {
      stop();
      // A destroyed viewer has no markers to remove.
      if (registry.get(drawn[0]?.[0] ?? '')) for (const [id, name] of drawn) canvas.removeMarker(id, name);
    };
  }, [viewer, marks, flows]);

  return (
    // biome-ignore lint/a11y/useSemanticElements: a section would be the same region with another style
    <div
      ref={box}
      className="canvas"
      role="region"
      aria-label={t('studio.simulation.diagram')}
      data-ready={viewer ? '' : undefined}
    />
  );
}
