/** What the journal records of incoming values: names, a digest, and full values where money or decisions depend on them. */

import type { FormField, Json, Variables } from '../model/plan.ts';
import type { Run } from './run-types.ts';

/** Amounts are named so (`amountCents`, in `plan` too); what people choose from a list is a code, and so are truth values. */
const isMoney = (name: string): boolean => name.endsWith('Cents');

/** @returns nothing without values */
export function writtenData(run: Run, values: Variables, fields: FormField[] = []): { [name: string]: Json } {
  const names = Object.keys(values);
  if (run.env.intake === undefined || names.length === 0) return {};
  const kept = Object.fromEntries(Object.entries(values).flatMap(([name, value]) => keptOf(name, value, fields)));
  return {
    names,
    digest: run.env.intake.digest(values),
    ...(Object.keys(kept).length > 0 && { values: kept }),
  };
}

const isCode = (value: Json): boolean => typeof value === 'boolean' || typeof value === 'string';

function keptOf(name: string, value: Json, fields: FormField[]): [string, Json][] {
  if (isMoney(name) && (typeof value === 'number' || value === null)) return [[name, value]];
  const field = fields.find(({ key }) => key === name);
  return field && (field.type === 'choice' || field.type === 'boolean') && isCode(value) ? [[name, value]] : [];
}
