/** Prometheus metrics: how long requests take and what became of acts. Labels are route patterns and codes, never ids or people. */
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';

export interface Metrics {
  registry: Registry;
  requests: Histogram<'method' | 'route' | 'status'>;
  updates: Counter<'update' | 'result'>;
  refusals: Counter<'code'>;
  started: Counter<'process' | 'facility'>;
  messages: Counter<'result'>;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    requests: new Histogram({
      name: 'careloop_http_request_seconds',
      help: 'Time from request to answer',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    updates: new Counter({
      name: 'careloop_updates_total',
      help: 'Updates sent to processes, by what became of them',
      labelNames: ['update', 'result'],
      registers,
    }),
    refusals: new Counter({
      name: 'careloop_refusals_total',
      help: 'Requests answered with a problem, by code',
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
      help: 'Messages to correlate, by what became of them',
      labelNames: ['result'],
      registers,
    }),
  };
}
