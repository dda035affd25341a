/** Resumes an element whose wait is over, as its kind defines. */

import type { Wait } from '../model/types.ts';
import { elementOf } from './run.ts';
import type { Occurrence, Run } from './run-types.ts';

export function resume(run: Run, wait: Wait, occurrence: Occurrence): void {
  const element = elementOf(run, wait.element);
  const behaviour = run.kinds.behaviourOf(element);
  if (!behaviour.resume) throw new Error(`${element.id} (${element.kind}) waits for nothing from outside.`);
  behaviour.resume(run, wait, occurrence);
}
