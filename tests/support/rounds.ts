/** What a scheduler goes through in its life, for the test and for the golden histories: counted out, paused, failing, replaced, ended. */
import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { FacilityModel, findFacility, saveFacility } from '../../store/organisation/facilities.ts';
import type { ScheduleRow } from '../../store/runtime/schedule-rows.ts';
import { findSchedule } from '../../store/runtime/schedules.ts';
import {
  deployedSignal,
  type ScheduleAct,
  type ScheduleAnswer,
  type ScheduleInput,
  schedulerStart,
  scheduleWorkflow,
} from '../../workflows/schedules/schedule-messages.ts';
import { eventually, type Runtime } from './runtime.ts';

const definition = (key: string, events: string, name: string) => `<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:careloop="https://careloop.dev/schema/1.0"
  id="d" targetNamespace="https://careloop.dev/tests">
  <bpmn:process id="${key}" name="${name}" isExecutable="true">
    <bpmn:startEvent id="Begin" name="到点" careloop:facilities="BJ">${events}</bpmn:startEvent>
    <bpmn:sequenceFlow id="f1" sourceRef="Begin" targetRef="Look" />
    <bpmn:task id="Look" name="巡视" />
    <bpmn:sequenceFlow id="f2" sourceRef="Look" targetRef="End" />
    <bpmn:endEvent id="End" name="完成" />
  </bpmn:process>
</bpmn:definitions>`;

const timer = (inside: string) => `<bpmn:timerEventDefinition id="t">${inside}</bpmn:timerEventDefinition>`;
export const roundsTwice = timer('<bpmn:timeCycle>R2/PT1S</bpmn:timeCycle>');
export const sixRounds = timer('<bpmn:timeCycle>R6/PT1S</bpmn:timeCycle>');
export const longPast = timer('<bpmn:timeDate>2026-01-05T09:00:00+08:00</bpmn:timeDate>');

const by = { id: 'ops' };
const id = 'Begin@BJ';

export interface Rounds {
  key: string;
  handle: WorkflowHandle;
  /** A version with these event definitions, and the scheduler told of it. */
  deploy(events: string): Promise<void>;
  row(ready: (row: ScheduleRow) => boolean): Promise<ScheduleRow>;
  act(act: ScheduleAct, updateId?: string): Promise<ScheduleAnswer>;
}

/** A definition with its scheduler running. */
export async function startRounds(
  runtime: Runtime,
  events: string,
  { key = `rounds${randomUUID().slice(0, 8)}`, ...about }: Partial<ScheduleInput> & { key?: string } = {},
): Promise<Rounds> {
  let version = 1;
  await runtime.deploy(definition(key, events, `巡视 ${version}`));
  const handle = await runtime.client.workflow.signalWithStart(scheduleWorkflow, {
    ...schedulerStart(key, runtime.taskQueue),
    args: [{ process: key, ...about }],
  });
  return {
    key,
    handle: runtime.client.workflow.getHandle(handle.workflowId),
    async deploy(next) {
      version += 1;
      await runtime.deploy(definition(key, next, `巡视 ${version}`));
      await handle.signal(deployedSignal);
    },
    row: (ready) =>
      eventually(async () => {
        const row = await findSchedule(key, id);
        return row && ready(row) && row;
      }),
    act: (act, updateId) =>
      runtime.client.workflow
        .getHandle(handle.workflowId)
        .executeUpdate<ScheduleAnswer, [object]>(act, { args: [{ id, by }], ...(updateId && { updateId }) }),
  };
}

/** While the work is done, there is no such facility. */
export async function withoutFacility(code: string, work: () => Promise<void>): Promise<void> {
  const facility = await findFacility(code);
  if (!facility) throw new Error(`There is no facility ${code}.`);
  await FacilityModel.deleteOne({ _id: code });
  try {
    await work();
  } finally {
    await saveFacility(facility);
  }
}

/** The whole life; it has ended then. */
export async function wholeLife(rounds: Rounds): Promise<void> {
  await rounds.row((row) => row.fired === 2 && row.owed.length === 0);
  await rounds.act('pause');
  await rounds.act('resume');
  await withoutFacility('BJ', async () => {
    await rounds.act('trigger');
    await rounds.row((row) => row.failure !== null);
  });
  await rounds.row((row) => row.failure === null && row.last?.by === 'ops');
  await rounds.deploy(longPast);
  await rounds.row((row) => row.version === 2 && row.fired === 1 && row.owed.length === 0);
  await rounds.deploy('');
  await rounds.handle.result();
}
