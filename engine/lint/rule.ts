/** The interface of our lint rules, one file each in rules/: code, message, hint, severity. */
import type { RuleFactory } from 'bpmnlint';
import { isA, isElement, type ModdleElement, withId } from '../compile/element.ts';
import type { Diagram } from '../compile/rules/rule.ts';
import type { LintOptions } from './options.ts';

/** What the rules look at besides the element itself. */
export interface Scene {
  diagram: Diagram;
  options: LintOptions;
}

export interface Finding {
  /** The element of the finding; absent: the one checked. */
  at?: ModdleElement;
  message: string;
  /** Instead of the rule's own hint. */
  hint?: string;
  position?: { line: number; column: number };
}

export interface LintRule {
  /** Stable code of the problem, and the rule's name within the plugin. */
  code: string;
  /** `info` is what may well be meant so. Nothing found here refuses a diagram: that is the compiler's part. */
  severity: 'warning' | 'info';
  /** What to do about it. */
  hint: string;
  /** Types of elements it checks, subtypes included. */
  of: string;
  find(element: ModdleElement, scene: Scene): Finding[];
}

/** The rule in the form of bpmnlint's plugins; its configuration is the scene. */
export const asPlugin =
  (rule: LintRule): RuleFactory =>
  (config) => ({
    check(node, reporter) {
      if (!isElement(node) || !isA(node, rule.of)) return;
      for (const { at, message, hint, position } of rule.find(node, config as Scene)) {
        const id = withId(at ?? node)?.get?.('id');
        reporter.report(typeof id === 'string' ? id : undefined, message, {
          hint: hint ?? rule.hint,
          ...(position && { position }),
        });
      }
    },
  });

/** The element as a sentence names it. */
export function called(element: ModdleElement): string {
  const name = element.get?.('name');
  const id = element.get?.('id');
  return `"${typeof name === 'string' && name.trim() !== '' ? name.trim() : id}"`;
}
