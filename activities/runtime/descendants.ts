/** Admits called instances, so that a process that calls itself does not fill the servers (store/runtime/descendants.ts). */
import { admitDescendants } from '../../store/runtime/descendants.ts';
import type { RuntimeActivities } from '../types.ts';

export const descendantActivities = (limit: number): Pick<RuntimeActivities, 'admitCalls'> => ({
  async admitCalls({ root, count }) {
    return { admitted: await admitDescendants(root, count, limit), limit };
  },
});
