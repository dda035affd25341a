/** Current variables of an instance by scope, for operators who correct them. */
import { enclosingWait } from '../../engine/core/enclosing-scopes.ts';
import type { Json, Variables } from '../../engine/model/plan.ts';
import type { InstanceState, Key, Wait } from '../../engine/model/types.ts';
import type { VariableScope, VariablesAsked, VariablesSnapshot } from './instance-messages.ts';
import { elementName, type View } from './view.ts';

/** Final variables of an ended instance. */
export function variablesSnapshot({ plan, state, variables }: View, asked: VariablesAsked = {}): VariablesSnapshot {
  const { root, status, waits } = state;
  const process = { key: root, element: plan.key, elementName: plan.name, kind: 'scope' as const, variables };
  const inner = Object.values(waits).flatMap((wait): VariableScope[] => {
    if (wait.key === root || !wait.variables || !hasOwn(wait)) return [];
    const { key, element, kind } = wait;
    const within = nearestScopeWithVariables(state, wait);
    return [{ key, element, elementName: elementName(plan, element), kind, within, variables: wait.variables }];
  });
  const scopes = [process, ...inner].filter(({ key }) => asked.scope === undefined || key === asked.scope);
  const { name } = asked;
  if (name === undefined) return { status, scopes };
  const named = (all: Variables): Variables => (Object.hasOwn(all, name) ? { [name]: all[name] as Json } : {});
  return { status, scopes: scopes.map((scope) => ({ ...scope, variables: named(scope.variables) })) };
}

const hasOwn = ({ variables }: Wait): boolean => Object.keys(variables ?? {}).length > 0;

/** The nearest enclosing scope with variables of its own. */
function nearestScopeWithVariables(state: InstanceState, inner: Wait): Key {
  for (let wait = enclosingWait(state, inner); wait && wait.key !== state.root; wait = enclosingWait(state, wait))
    if (hasOwn(wait)) return wait.key;
  return state.root;
}
