/** Query parameters of the lists. */
import type { paths } from '../../generated/api.d.ts';

export interface operations {
  tasks: NonNullable<paths['/api/tasks']['get']['parameters']['query']>;
}
