/** Where an expression finds names: the nearest of nested contexts that has it. */
import type { FeelContext, FeelValue, Running } from './values.ts';

export interface Scope {
  readonly variables: FeelContext;
  readonly outer: Scope | null;
  readonly running: Running;
}

export const scopeOf = (variables: FeelContext, running: Running): Scope => ({ variables, outer: null, running });

export const within = (outer: Scope, variables: FeelContext): Scope => ({ variables, outer, running: outer.running });

export function lookup(scope: Scope, name: string): FeelValue | undefined {
  for (let current: Scope | null = scope; current; current = current.outer) {
    const value = current.variables.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** Names are the same whatever spaces stand in them (DMN 1.5, 10.3.1.2). */
export function normalName(name: string): string {
  if (!/[\s./\-'+*]/.test(name)) return name;
  return name
    .replace(/\s*(\*\*|[./\-'+*])\s*/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}
