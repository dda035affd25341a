/** Two diagrams that are moved and zoomed together, with marks of what differs. */
import NavigatedViewer from 'bpmn-js/lib/NavigatedViewer';
import 'bpmn-js/dist/assets/bpmn-js.css';
import 'bpmn-js/dist/assets/diagram-js.css';
import { useEffect, useRef, useState } from 'react';
import zeebe from 'zeebe-bpmn-moddle/resources/zeebe.json';
import careloop from '../../../../engine/compile/careloop-moddle.json';
import { schemeColours } from '../../bpmn/colours.ts';
import { ErrorNotice } from '../../parts/error-notice.tsx';
import { useWords } from '../../words/index.ts';
import { type Change, differencesOf } from './difference.ts';

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}
interface Canvas {
  zoom(how: string): void;
  viewbox(): Box;
  viewbox(box: Box): void;
  addMarker(id: string, name: string): void;
}
interface Registry {
  get(id: string): (Box & { waypoints?: { x: number; y: number }[] }) | undefined;
}
interface EventBus {
  on(name: string, listener: () => void): void;
}

export interface SideBySideProps {
  before: string;
  after: string;
  labels: [from: number, to: number];
}

export function SideBySide({ before, after, labels }: SideBySideProps) {
  const { t } = useWords();
  const left = useRef<HTMLDivElement>(null);
  const right = useRef<HTMLDivElement>(null);
  const viewers = useRef<NavigatedViewer[]>([]);
  const [changes, setChanges] = useState<Change[]>();
  const [failure, setFailure] = useState<unknown>();

  useEffect(() => {
    const made = [left, right].flatMap(({ current }) =>
      current
        ? [new NavigatedViewer({ container: current, moddleExtensions: { zeebe, careloop }, ...schemeColours })]
        : [],
    );
    const [old, young] = made;
    if (!old || !young) return;
    let current = true;
    Promise.all([old.importXML(before), young.importXML(after)]).then(
      () => {
        if (!current) return;
        const found = differencesOf(old.getDefinitions(), young.getDefinitions());
        mark(old, found, ['removed', 'changed', 'moved']);
        mark(young, found, ['added', 'changed', 'moved']);
        for (const viewer of made) viewer.get<Canvas>('canvas').zoom('fit-viewport');
        moveTogether(old, young);
        viewers.current = made;
        setChanges(found);
      },
      // Importing fails when the viewer was destroyed meanwhile; the result is not needed then.
      (error: unknown) => current && setFailure(error),
    );
    return () => {
      current = false;
      viewers.current = [];
      for (const viewer of made) viewer.destroy();
    };
  }, [before, after]);

  const show = ({ id }: Change) => {
    for (const viewer of viewers.current) center(viewer, id);
  };
  return (
    <>
      {failure !== undefined && <ErrorNotice error={failure} />}
      <div className="compared" data-ready={changes ? '' : undefined}>
        {[left, right].map((ref, index) => (
          <figure key={labels[index]}>
            <figcaption>{t('definitions.version', { n: labels[index] ?? 0 })}</figcaption>
            <div ref={ref} className="canvas" />
          </figure>
        ))}
      </div>
      {changes?.length === 0 && <p className="soft">{t('definitions.noChanges')}</p>}
      <ul className="plain differences" aria-label={t('definitions.changes')}>
        {changes?.map((change) => (
          <li key={`${change.kind} ${change.id}`}>
            <button type="button" className={`difference ${change.kind}`} onClick={() => show(change)}>
              <span className="strong">{t(`definitions.change.${change.kind}`)}</span> {change.name}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

function mark(viewer: NavigatedViewer, changes: Change[], kinds: Change['kind'][]): void {
  const registry = viewer.get<Registry>('elementRegistry');
  const canvas = viewer.get<Canvas>('canvas');
  for (const { id, kind } of changes) if (kinds.includes(kind) && registry.get(id)) canvas.addMarker(id, `is-${kind}`);
}

/** What is moved or zoomed in one moves in the other, too. */
function moveTogether(...pair: [NavigatedViewer, NavigatedViewer]): void {
  let following = false;
  for (const [leader, follower] of [pair, [...pair].reverse()] as [NavigatedViewer, NavigatedViewer][])
    leader.get<EventBus>('eventBus').on('canvas.viewbox.changed', () => {
      if (following) return;
      following = true;
      const { x, y, width, height } = leader.get<Canvas>('canvas').viewbox();
      follower.get<Canvas>('canvas').viewbox({ x, y, width, height });
      following = false;
    });
}

function center(viewer: NavigatedViewer, id: string): void {
  const shape = viewer.get<Registry>('elementRegistry').get(id);
  if (!shape) return;
  const canvas = viewer.get<Canvas>('canvas');
  const at = shape.waypoints?.[0] ?? { x: shape.x + shape.width / 2, y: shape.y + shape.height / 2 };
  const [width, height] = [600, 400];
  canvas.viewbox({ x: at.x - width / 2, y: at.y - height / 2, width, height });
}
