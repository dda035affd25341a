/** Requests of the complaint process. */
import { complaintProcess } from '../../../workflows/processes/complaint/messages.ts';
import type { ProcessApi } from '../process-api.ts';
import { complaintTexts } from './case-texts.ts';
import { complaintRoutes } from './routes.ts';
import { startComplaint } from './start.ts';

export const complaintApi: ProcessApi = {
  process: complaintProcess,
  routes: complaintRoutes,
  texts: complaintTexts,
  start: startComplaint,
};
