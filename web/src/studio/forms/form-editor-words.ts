/** The form editor has no translate service: what its palette and panel say is put into Chinese as Preact makes the nodes. */
import { options } from 'preact';
import { formEditorTerms } from './form-editor-terms.ts';

let chinese = false;

/** Sets whether editors opened from now on are in Chinese. */
export function editFormsInChinese(on: boolean): void {
  chinese = on;
}

/** Nodes with words of the editor. Everything else is the user's own. */
const ownWords =
  /^(bio-properties-panel-(label|group-header-title|header-type|description|error|list-|add-entry|arrow)|fjs-(palette-|empty-|drag-row|editor-|properties-panel-placeholder|context-pad))/;

interface Props {
  class?: unknown;
  className?: unknown;
  children?: unknown;
  title?: unknown;
  placeholder?: unknown;
}

const term = (text: unknown): unknown => (typeof text === 'string' ? (formEditorTerms[text] ?? text) : text);

function translated(children: unknown): unknown {
  if (Array.isArray(children)) return children.map(translated);
  // Labels stand in a wrapper that shows a tooltip.
  if (isNode(children)) {
    children.props.children = translated(children.props.children);
    return children;
  }
  return term(children);
}

const isNode = (value: unknown): value is { props: Props } =>
  typeof value === 'object' && value !== null && 'props' in value;

const before = options.vnode;
options.vnode = (node) => {
  const props = node.props as Props | null;
  const name = props?.class ?? props?.className;
  if (chinese && props && (node.type === 'option' || (typeof name === 'string' && ownWords.test(name)))) {
    props.children = translated(props.children);
    props.title = term(props.title);
    props.placeholder = term(props.placeholder);
  }
  before?.(node);
};
