/** Plans as histories carry them (`PackedPlan`), packed once each: `findPlan` gives the same object for the same version. */
import { deflateRawSync } from 'node:zlib';
import type { Plan } from '../../engine/model/plan.ts';
import type { PackedPlan } from '../types.ts';

const packed = new WeakMap<Plan, PackedPlan>();

export function packPlan(plan: Plan): PackedPlan {
  const known = packed.get(plan);
  if (known !== undefined) return known;
  const fresh = deflateRawSync(JSON.stringify(plan), { level: 9 }).toString('base64');
  packed.set(plan, fresh);
  return fresh;
}
