/**
 * The job types built in. This list is all that names them: the activities and their types are derived here, catalogue.ts and
 * docs/job-types.md by `npm run job-types`.
 */
import { z } from 'zod';
import type { BuiltInJob, JsonSchema } from '../../engine/model/job-signature.ts';
import { drawPatients } from './draw-patients.ts';
import { fileCase } from './file-case.ts';
import { findStaff } from './find-staff.ts';
import { greetBirthdays } from './greet-birthdays.ts';
import type { Job, JobType } from './job.ts';
import { lookAtPatient } from './look-at-patient.ts';
import { openComplaint } from './open-complaint.ts';
import { orderPayment } from './order-payment.ts';
import { recordSutures } from './record-sutures.ts';
import { releaseRefund } from './release-refund.ts';
import { reserveRefund } from './reserve-refund.ts';
import { satisfactionFigures } from './satisfaction-figures.ts';
import { sendMessage } from './send-message.ts';

const jobTypes = [
  sendMessage,
  findStaff,
  fileCase,
  reserveRefund,
  releaseRefund,
  orderPayment,
  lookAtPatient,
  openComplaint,
  recordSutures,
  satisfactionFigures,
  drawPatients,
  greetBirthdays,
] as const;

type CamelCase<Type extends string> = Type extends `${infer Head}-${infer Rest}`
  ? `${Head}${Capitalize<CamelCase<Rest>>}`
  : Type;

type JobTypeName = (typeof jobTypes)[number]['type'];

/** Jobs by the camelCase name of their type. */
export type JobActivities = { [Type in JobTypeName as CamelCase<Type>]: Job };

const activityOf = (type: string): string => type.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

export const jobActivities = Object.fromEntries(
  jobTypes.map(({ type, run }) => [activityOf(type), run]),
) as JobActivities;

/** The job types as plain data: what catalogue.ts holds. */
export function describeJobs(): Record<string, BuiltInJob> {
  return Object.fromEntries(jobTypes.map((job) => [job.type, describe(job)]));
}

function describe(job: JobType): BuiltInJob {
  const { type, description, movesMoney, execution, retry, input, output, headers, errors } = job;
  return {
    description,
    activity: activityOf(type),
    ...(movesMoney && { movesMoney }),
    execution,
    retry,
    input: schemaOf(input, 'input'),
    output: schemaOf(output, 'output'),
    headers: [...headers],
    errors,
  };
}

function schemaOf(schema: JobType['input'], io: 'input' | 'output'): JsonSchema {
  const { $schema: _, ...described } = z.toJSONSchema(schema, { io });
  return JSON.parse(JSON.stringify(described, withoutSafeLimits)) as JsonSchema;
}

/** That a whole number can be written at all need not be said of each. */
const withoutSafeLimits = (_name: string, value: unknown): unknown =>
  typeof value === 'number' && Math.abs(value) === Number.MAX_SAFE_INTEGER ? undefined : value;
