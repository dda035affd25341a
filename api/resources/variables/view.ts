/**
 * View of variables for operators: by scope, large values truncated with their size, phone and identity numbers masked
 * (docs/domain.md#records-and-privacy: unmasked only for who handles the case, which operators never do here).
 */
import type { Json } from '../../../engine/model/plan.ts';
import type { VariablesSnapshot } from '../../../workflows/runtime/instance-messages.ts';
import { masked } from '../../http/masking.ts';
import type { VariablesView } from './schemas.ts';

/** Characters of JSON per value in a list. */
const shownCharacters = 2000;
/** Limit for a single requested value. */
const shownAlone = 1_000_000;

/** @param only name of a single variable, shown in full */
export function variablesView(snapshot: VariablesSnapshot, only: { scope?: string; name?: string }): VariablesView {
  const most = only.name === undefined ? shownCharacters : shownAlone;
  const scopes = snapshot.scopes
    .filter(({ key }) => only.scope === undefined || key === only.scope)
    .map(({ variables, ...scope }) => ({
      ...scope,
      variables: Object.entries(variables)
        .filter(([name]) => only.name === undefined || name === only.name)
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([name, value]) => shown(name, value, most)),
    }));
  return { status: snapshot.status, scopes };
}

function shown(name: string, value: Json, most: number): VariablesView['scopes'][number]['variables'][number] {
  const clean = masked(value);
  const text = JSON.stringify(clean.value);
  const about = {
    name,
    bytes: Buffer.byteLength(JSON.stringify(value)),
    ...(clean.masked && ({ masked: true } as const)),
  };
  if (text.length <= most) return { ...about, value: clean.value };
  return { ...about, cut: true, beginning: text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '') };
}
