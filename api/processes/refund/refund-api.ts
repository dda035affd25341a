/** Requests of the refund process. */
import { refundProcess } from '../../../workflows/processes/refund/messages.ts';
import type { ProcessApi } from '../process-api.ts';
import { paymentRoutes, refundRoutes } from './routes.ts';

export const refundApi: ProcessApi = {
  process: refundProcess,
  routes: (deps) => [...paymentRoutes(), ...refundRoutes(deps)],
  startedElsewhere: 'A refund is applied for in a task of its complaint.',
};
