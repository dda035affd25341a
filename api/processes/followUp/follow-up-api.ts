/** The follow-up process in the API. Chains start with events of an episode (`POST /api/events`). */
import { followUpProcess, isFollowUpName } from '../../../workflows/processes/followUp/messages.ts';
import type { ProcessApi } from '../process-api.ts';
import { followUpRoutes } from './routes.ts';
import { touchSteps } from './steps.ts';

export const followUpApi: ProcessApi = {
  process: followUpProcess,
  routes: followUpRoutes,
  startedElsewhere: 'A chain starts with the first event of its episode: POST /api/events.',
  sends: isFollowUpName,
  steps: touchSteps,
};
