/** The follow-up process in the API: its requests. Chains begin by what happens in an episode (`POST /api/events`). */
import { followUpProcess, isFollowUpName } from '../../../workflows/processes/followUp/messages.ts';
import type { ProcessApi } from '../process-api.ts';
import { followUpRoutes } from './routes.ts';

export const followUpApi: ProcessApi = {
  process: followUpProcess,
  routes: followUpRoutes,
  startedElsewhere: 'A chain begins with the first event of its episode: POST /api/events.',
  sends: isFollowUpName,
};
