/**
 * Handles a state too large for continue-as-new: the instance stays in the same run, raises an incident and tries
 * again. The incident belongs to the instance, not to a wait.
 */

import { oversizeOf } from '../../engine/model/payload-size.ts';
import type { Incident } from '../../engine/model/types.ts';
import type { Instance } from './instance.ts';

export interface ContinueAsNewGuard {
  /** Whether to check now: measuring a large state is too costly for every step. */
  due(historyLength: number): boolean;
  /** @returns whether continue-as-new may proceed; otherwise there is something to project first, or the run continues */
  fits(input: unknown, historyLength: number): boolean;
}

const code = 'state-too-large';
/** History events until an oversized state is measured again. */
const pause = 100;

export function createContinueAsNewGuard(instance: Instance): ContinueAsNewGuard {
  let next = 0;
  let measured: unknown;
  /** Keys of acts by which a person can reduce it. */
  const variables = () => instance.state.waits[instance.state.root]?.variables;

  return {
    due: (historyLength) => historyLength >= next || variables() !== measured,
    fits(input, historyLength) {
      const size = oversizeOf(input);
      if (size !== undefined) {
        next = historyLength + pause;
        measured = variables();
        if (!instance.ownIncident(code)) instance.setOwnIncident(code, incidentOf(size, instance.env().now));
        return false;
      }
      next = 0;
      if (!instance.ownIncident(code)) return true;
      instance.setOwnIncident(code, undefined);
      return false;
    },
  };
}

const incidentOf = (size: { megabytes: string; limit: string }, at: string): Incident => ({
  code,
  params: { reason: 'state-size', ...size },
  at,
});
