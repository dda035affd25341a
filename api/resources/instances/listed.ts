/** People read what they just began: a response waits for its first rows. */
import { untilBegun } from '../../../store/runtime/written-rows.ts';
import type { Deps } from '../../http/deps.ts';

const usuallyWithinMs = 1500;

/** Waits until an instance that was just begun is in the lists, or until the time is over: it comes later then. */
export const untilListed = ({ listedWithinMs = usuallyWithinMs }: Deps, instance: string): Promise<void> =>
  untilBegun(instance, listedWithinMs);
