/** The sender of letters to patients as the worker has it, alone in its process. */
import { gatewayFor } from '../../gateway/choose.ts';
import { connectStore } from '../../store/db/connection.ts';
import { runDelivery } from '../../worker/delivery.ts';
import { createLog } from '../../worker/log.ts';

const gateway = gatewayFor(process.env);
if (!gateway) throw new Error('CARELOOP_GATEWAY names no carrier.');
await connectStore(process.env['MONGODB_URI'] ?? '');
await runDelivery({
  audience: 'patient',
  gateway,
  log: createLog('warn'),
  count: () => undefined,
  stop: new AbortController().signal,
  perSecond: Number(process.env['CARELOOP_LETTERS_PER_SECOND']),
});
