/**
 * An instance whose state is too large to be handed to a next run: it goes on in the same run, says so, and tries again. The incident is
 * the instance's own, not one of a wait.
 */

import { oversizeOf } from '../../engine/model/payload-size.ts';
import type { Incident } from '../../engine/model/types.ts';
import type { Instance } from './instance.ts';

export interface ContinueAsNewGuard {
  /** Whether it is time to look: a large state is not measured at every step. */
  due(historyLength: number): boolean;
  /** @returns whether the input of the next run may be sent; if not, there is something to show first, or it stays in this run */
  fits(input: unknown, historyLength: number): boolean;
}

const code = 'state-too-large';
/** Events until a state that was too large is measured again. */
const pause = 100;

export function createContinueAsNewGuard(instance: Instance): ContinueAsNewGuard {
  let next = 0;
  let measured: unknown;
  /** By which a person makes it smaller. */
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
