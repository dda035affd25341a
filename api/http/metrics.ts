/** Prometheus metrics: request durations and outcomes of acts. Labels are route patterns and codes, never ids or people. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { groupInstances, type TotalsGroup } from '../../store/runtime/instance-totals.ts';
import { longerThanUsual } from '../../store/runtime/usual-waits.ts';

export interface Metrics {
  registry: Registry;
  requests: Histogram<'method' | 'route' | 'status'>;
  updates: Counter<'update' | 'result'>;
  refusals: Counter<'code'>;
  started: Counter<'process' | 'facility'>;
  messages: Counter<'result'>;
}

const mostProcesses = 1000;

async function standingLong(): Promise<TotalsGroup[]> {
  const also = await longerThanUsual(new Date().toISOString());
  return groupInstances({ also }, 'process', mostProcesses);
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: 'careloop_instances_longer_than_usual',
    help: 'Running instances that have waited at an element longer than others did before, by process',
    labelNames: ['process'],
    registers,
    async collect() {
      this.reset();
      // The other metrics do not need the database.
      for (const { value, total } of await standingLong().catch(() => [])) this.set({ process: String(value) }, total);
    },
  });
  return {
    registry,
    requests: new Histogram({
      name: 'careloop_http_request_seconds',
      help: 'Time from request to response',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    updates: new Counter({
      name: 'careloop_updates_total',
      help: 'Updates sent to processes, by outcome',
      labelNames: ['update', 'result'],
      registers,
    }),
    refusals: new Counter({
      name: 'careloop_refusals_total',
      help: 'Problem responses, by code',
      labelNames: ['code'],
      registers,
    }),
    started: new Counter({
      name: 'careloop_instances_started_total',
      help: 'Instances started by requests',
      labelNames: ['process', 'facility'],
      registers,
    }),
    messages: new Counter({
      name: 'careloop_messages_total',
      help: 'Published messages, by outcome',
      labelNames: ['result'],
      registers,
    }),
  };
}
