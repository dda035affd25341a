/** What follows when no token is left in a scope: it is complete (BPMN 2.0.2, 13.3.4), unless its kind has more to do. */

import { endInstance } from '../core/end-instance.ts';
import { complete } from '../core/moves.ts';
import { elementOf, getScope } from '../core/run.ts';
import type { Run } from '../core/run-types.ts';
import { tokenOf } from '../core/token.ts';
import type { Key } from '../model/types.ts';
import { startPending } from './ad-hoc-sub-process.ts';
import { withCollection } from './collection.ts';
import { leaveCancelled } from './transaction.ts';

export function scopeEmptied(run: Run, key: Key): void {
  const wait = getScope(run, key);
  const element = elementOf(run, wait.element);
  if (wait.ending === 'cancel') {
    leaveCancelled(run, key);
    return;
  }
  if (wait.pending !== undefined && startPending(run, wait)) return;
  if (element.kind === 'process') endInstance(run, 'completed');
  else {
    const token = tokenOf(run, wait);
    complete(run, token, withCollection(run, key, token));
  }
}
