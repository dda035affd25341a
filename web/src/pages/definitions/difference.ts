/** What differs between two diagrams, element by element. */
import { diff } from 'bpmn-js-differ';

export type ChangeKind = 'added' | 'removed' | 'changed' | 'moved';

export interface Change {
  id: string;
  name: string;
  kind: ChangeKind;
}

/** An element of a parsed file, as the differ hands it over. */
interface Element {
  id?: string;
  name?: string;
  $type?: string;
}

interface Differences {
  _added: Record<string, Element>;
  _removed: Record<string, Element>;
  _changed: Record<string, { model: Element }>;
  _layoutChanged: Record<string, Element>;
}

/** What is drawn; definitions of messages and the like have no place in the diagram. Flows that only run along elsewhere are left out. */
export function differencesOf(before: object, after: object): Change[] {
  const { _added, _removed, _changed, _layoutChanged } = diff(before, after) as Differences;
  const named = (kind: ChangeKind, elements: Record<string, Element>): Change[] =>
    Object.entries(elements).map(([id, { name, $type }]) => ({
      id,
      kind,
      name: name || (($type?.endsWith('SequenceFlow') ?? false) ? `→ ${id}` : id),
    }));
  const changed = Object.fromEntries(Object.entries(_changed).map(([id, { model }]) => [id, model]));
  const isOther = (id: string) => !(id in _added) && !(id in _removed) && !(id in changed);
  const moved = Object.fromEntries(
    Object.entries(_layoutChanged).filter(([id, { $type }]) => isOther(id) && !$type?.endsWith('Flow')),
  );
  return [
    ...named('added', _added),
    ...named('removed', _removed),
    ...named('changed', changed),
    ...named('moved', moved),
  ];
}
