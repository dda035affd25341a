/** A sender of letters as a process of its own, for tests that kill it. */
import { simulatorGateway } from '../../gateway/adapters/simulator/simulator.ts';
import { connectStore } from '../../store/db/connection.ts';
import { runDelivery } from '../../worker/delivery.ts';
import { createLog } from '../../worker/log.ts';

const [uri = '', url = ''] = process.argv.slice(2);
await connectStore(uri);
await runDelivery({
  audience: 'patient',
  gateway: simulatorGateway({ url, signName: '医院' }),
  log: createLog('silent'),
  count: () => undefined,
  stop: new AbortController().signal,
  letterMs: 600_000,
});
