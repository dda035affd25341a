/** What the careloop namespace adds to the properties panel: above the groups of the standard. */
import { Group } from '@bpmn-io/properties-panel';
import type { StudioTranslate } from '../studio-words.tsx';
import { attributeEntries, type PanelContext } from './careloop-attributes.ts';
import { listGroups } from './careloop-lists.ts';
import type { BpmnFactory, DiagramElement, Modeling } from './model.ts';
import type { PanelGroup } from './panel-nodes.ts';

interface PropertiesPanel {
  registerProvider(priority: number, provider: object): void;
}

/** After the providers of the standard and of the Zeebe extensions, whose groups it is given. */
const priority = 400;

class CareloopPanel {
  static $inject = ['propertiesPanel', 'modeling', 'bpmnFactory', 'words'];
  private readonly context: PanelContext;
  constructor(panel: PropertiesPanel, modeling: Modeling, bpmnFactory: BpmnFactory, t: StudioTranslate) {
    this.context = { modeling, bpmnFactory, t: t as PanelContext['t'] };
    panel.registerProvider(priority, this);
  }
  getGroups(element: DiagramElement) {
    return (groups: PanelGroup[]): PanelGroup[] => {
      const entries = attributeEntries(this.context, element);
      if (entries.length === 0) return groups;
      const own = { id: 'careloop', label: this.context.t('studio.group.careloop'), component: Group, entries };
      const [general, ...others] = groups;
      return [...(general ? [general] : []), own, ...listGroups(this.context, element), ...others];
    };
  }
}

/** @param t words of the language that the modeler is opened in */
export const careloopPanel = (t: StudioTranslate): BpmnModule => ({
  __init__: ['careloopPanel'],
  careloopPanel: ['type', CareloopPanel],
  words: ['value', t],
});
