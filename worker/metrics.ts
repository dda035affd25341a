/** Prometheus metrics of the worker. Labels are activity names and results, never ids or people. */
import type { ActivityInboundCallsInterceptor, Worker, WorkerInterceptors } from '@temporalio/worker';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { countWaitingMessages } from '../store/messaging/messages.ts';
import { countLetters } from '../store/messaging/outbox-lists.ts';

export interface WorkerMetrics {
  registry: Registry;
  interceptors: WorkerInterceptors;
  letters: Counter<'audience' | 'result'>;
  reconciled: Counter<'found'>;
  /** BPMN messages, not letters to people. */
  bpmnMessages: Counter<'result'>;
  endedOutside: Counter<string>;
  schedules: Gauge<'state'>;
  watch(worker: Worker | undefined): void;
}

export function createMetrics(): WorkerMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  let watched: Worker | undefined;
  const activities = new Histogram({
    name: 'careloop_activity_seconds',
    help: 'Time an attempt of an activity took',
    labelNames: ['activity', 'result'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  new Gauge({
    name: 'careloop_worker_running',
    help: '1 while the worker takes tasks from Temporal',
    registers,
    collect() {
      this.set(watched?.getState() === 'RUNNING' ? 1 : 0);
    },
  });
  new Gauge({
    name: 'careloop_worker_cached_workflows',
    help: 'Instances whose state is in memory',
    registers,
    collect() {
      this.set(watched?.getStatus().numCachedWorkflows ?? 0);
    },
  });
  new Gauge({
    name: 'careloop_worker_in_flight',
    help: 'Work under way, by kind',
    labelNames: ['kind'],
    registers,
    collect() {
      const status = watched?.getStatus();
      this.set({ kind: 'workflow' }, status?.numInFlightWorkflowActivations ?? 0);
      this.set({ kind: 'activity' }, status?.numInFlightActivities ?? 0);
    },
  });
  new Gauge({
    name: 'careloop_messages_waiting',
    help: 'BPMN messages that wait for somebody to take them',
    registers,
    async collect() {
      const waiting = await countWaitingMessages().catch(() => undefined);
      if (waiting === undefined) this.reset();
      else this.set(waiting);
    },
  });
  new Gauge({
    name: 'careloop_outbox_letters',
    help: 'Letters to people that wait, of which nobody knows, and those given up',
    labelNames: ['status'],
    registers,
    async collect() {
      for (const status of ['queued', 'unknown', 'failed'] as const) {
        const count = await countLetters({ status }).catch(() => undefined);
        if (count === undefined) this.remove({ status });
        else this.set({ status }, count);
      }
    },
  });
  return {
    registry,
    watch: (worker) => {
      watched = worker;
    },
    letters: new Counter({
      name: 'careloop_outbox_messages_total',
      help: 'Letters handed to a gateway, by what it answered',
      labelNames: ['audience', 'result'],
      registers,
    }),
    reconciled: new Counter({
      name: 'careloop_outbox_reconciled_total',
      help: 'Letters queried at night because of a missing receipt, by what the gateway returned',
      labelNames: ['found'],
      registers,
    }),
    bpmnMessages: new Counter({
      name: 'careloop_messages_total',
      help: 'BPMN messages by what became of them; here those that nobody took in time',
      labelNames: ['result'],
      registers,
    }),
    endedOutside: new Counter({
      name: 'careloop_instances_ended_outside_total',
      help: 'Instances that an operator ended in Temporal',
      registers,
    }),
    schedules: new Gauge({
      name: 'careloop_schedules',
      help: 'Timers that begin processes, by whether they can',
      labelNames: ['state'],
      registers,
    }),
    interceptors: {
      activity: [
        (context) => {
          const inbound: ActivityInboundCallsInterceptor = {
            async execute(input, next) {
              const end = activities.startTimer({ activity: context.info.activityType });
              try {
                const result = await next(input);
                end({ result: 'ok' });
                return result;
              } catch (error) {
                end({ result: 'failed' });
                throw error;
              }
            },
          };
          return { inbound };
        },
      ],
    },
  };
}
