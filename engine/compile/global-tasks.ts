/** Global tasks (BPMN 2.0.2, 10.3.4): reusable tasks called by call activities; each compiles to a plan of one task. */
import type { PlanElement } from '../model/plan.ts';
import type { Compilation } from './context.ts';
import { childrenOf, idOf, isA, type ModdleElement } from './element.ts';
import { listenersOf } from './listeners.ts';
import { businessRuleTask, plainTask, scriptTask, userTask } from './tasks.ts';

const families: Record<string, (element: ModdleElement, parent: string, c: Compilation) => PlanElement | undefined> = {
  'bpmn:GlobalTask': plainTask('task'),
  'bpmn:GlobalManualTask': plainTask('manualTask'),
  'bpmn:GlobalUserTask': userTask,
  'bpmn:GlobalScriptTask': scriptTask,
  'bpmn:GlobalBusinessRuleTask': businessRuleTask,
};

export function globalTasksOf(definitions: ModdleElement): ModdleElement[] {
  return childrenOf(definitions, 'rootElements').filter((element) => isA(element, 'bpmn:GlobalTask'));
}

/** Compiles a global task into the plan that bears its id. */
export function compileGlobalTask(task: ModdleElement, c: Compilation): void {
  const { key, elements } = c.plan;
  const compiled = families[task.$type]?.(task, key, c);
  if (!compiled) return;
  const inner = `${idOf(task)}_task`;
  const listeners = listenersOf(task, compiled, c);
  elements[inner] = { ...compiled, id: inner, ...(listeners && { listeners }) };
  elements[key] = {
    kind: 'process',
    id: key,
    ...(compiled.name && { name: compiled.name }),
    parent: null,
    incoming: [],
    outgoing: [],
    executable: true,
    starts: [inner],
  };
}

/**
 * The script of a global script task is a child element in the schema (BPMN20.xsd, tGlobalScriptTask) and an attribute to moddle, which
 * cannot read the file then. The child is rewritten as the attribute.
 */
export function withScriptsAsAttributes(xml: string): string {
  return xml.replace(
    /<((?:[\w.-]+:)?)globalScriptTask\b([^>]*[^/>])?>([\s\S]*?)<\/\1globalScriptTask\s*>/g,
    (whole, prefix: string, attributes: string | undefined, inside: string) => {
      const script = new RegExp(`<${prefix}script\\b[^>]*>([\\s\\S]*?)</${prefix}script\\s*>`).exec(inside);
      if (!script) return whole;
      const rest = inside.replace(script[0], '');
      return `<${prefix}globalScriptTask${attributes ?? ''} script="${asAttribute(script[1] ?? '')}">${rest}</${prefix}globalScriptTask>`;
    },
  );
}

function asAttribute(content: string): string {
  const cdata = /^\s*<!\[CDATA\[([\s\S]*?)\]\]>\s*$/.exec(content);
  const escaped = cdata ? (cdata[1] ?? '').replace(/&/g, '&amp;').replace(/</g, '&lt;') : content;
  return escaped.trim().replace(/"/g, '&quot;').replace(/\n/g, '&#10;');
}
