/** Definition of a job type. Each file beside this one defines one completely: input and output, execution, BPMN errors, the work. */

import { ApplicationFailure } from '@temporalio/common';
import type { z } from 'zod';
import type { JobExecution } from '../../engine/model/job-signature.ts';
import { ownValue } from '../../engine/model/own-property.ts';
import type { Json, LocalizedText, Variables } from '../../engine/model/plan.ts';
import type { TimeScale } from '../../engine/time/time-scale.ts';
import type { Lineage } from '../../store/runtime/rows.ts';

/** What a job gets besides its input: whose work it is (that is never read from variables), and enough to be idempotent. */
export interface JobContext {
  /** Workflow id. */
  instance: string;
  /** When it began, in process time: keys of waits count anew in each life of an id. */
  startedAt?: string;
  businessKey: string;
  facility: string;
  /** Workflow id of the instance that called it. */
  caller?: string;
  /** Where it comes from itself (store/runtime/rows.ts). */
  lineage?: Lineage;
  /** Where its rules come from; absent: what is in force at its facility. */
  ruleSet?: { key: string; version: number };
  /** The definition it runs by. */
  definition: { key: string; version: number; hash: string };
  element: string;
  key: string;
  /** Process time, ISO 8601 UTC. */
  now: string;
  /** Of process time, where it is not real time. */
  clock?: TimeScale;
  headers: Record<string, string>;
}

/** A job as an activity. A BPMN error is an ApplicationFailure of type `BpmnError`, details = [code, variables]. */
export type Job = (input: Variables, context: JobContext) => Promise<Variables>;

type ObjectSchema = z.ZodObject<z.ZodRawShape, z.core.$ZodObjectConfig>;

export interface JobType<Type extends string = string> {
  /** As diagrams name it in `zeebe:taskDefinition type`. */
  type: Type;
  description: LocalizedText;
  movesMoney: boolean;
  execution: JobExecution;
  retry: { initialInterval: string; maximumInterval: string };
  input: ObjectSchema;
  output: ObjectSchema;
  headers: readonly string[];
  errors: Record<string, string>;
  run: Job;
}

export interface JobDefinition<
  Type extends string,
  Input extends ObjectSchema,
  Output extends ObjectSchema,
  Code extends string,
> {
  type: Type;
  /** One sentence for process designers. */
  description: LocalizedText;
  /** Reserves, pays or releases: an operator cannot skip it. */
  movesMoney?: true;
  execution: JobExecution;
  /** Pauses between attempts, ISO 8601; absent: half a second, doubled up to 30 s. */
  retry?: JobType['retry'];
  /** Whatever else the diagram hands over is left out, unless the schema is loose. */
  input: Input;
  output: Output;
  /** Inputs that may come as a task header, too; a header counts more. */
  headers?: readonly (keyof z.input<Input> & string)[];
  /** BPMN errors by code, with when they are thrown. */
  errors?: Record<Code, string>;
  /** @throws what `bpmnError` makes, for an error event of the diagram to catch; any other error is tried again */
  work(
    input: z.output<Input>,
    context: JobContext,
    bpmnError: (code: Code, message: string, variables?: Variables) => ApplicationFailure,
  ): Promise<z.input<Output> & Variables>;
}

export const usualRetry = { initialInterval: 'PT0.5S', maximumInterval: 'PT30S' };

export function defineJob<
  const Type extends string,
  Input extends ObjectSchema,
  Output extends ObjectSchema,
  Code extends string = never,
>(definition: JobDefinition<Type, Input, Output, Code>): JobType<Type> {
  const { type, description, execution, retry = usualRetry, input, output, headers = [], work } = definition;
  return {
    type,
    description,
    movesMoney: definition.movesMoney ?? false,
    execution,
    retry,
    input,
    output,
    headers,
    errors: definition.errors ?? {},
    run(given, context) {
      const merged = { ...given, ...headersIn(context.headers, headers) };
      const parsed = input.safeParse(withoutBlanks(merged, Object.keys(input.shape)));
      if (!parsed.success) throw badInput(`${type}: ${parsed.error.issues.map(inWords).join('; ')}`);
      return work(parsed.data as z.output<Input>, context, bpmnError);
    },
  };
}

/** The diagram gives the job something of the wrong kind: an incident at once, no retry helps. */
export function badInput(message: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, 'BadInput');
}

function bpmnError(code: string, message: string, variables: Variables = {}): ApplicationFailure {
  return ApplicationFailure.nonRetryable(message, 'BpmnError', code, variables);
}

function headersIn(headers: Record<string, string>, names: readonly string[]): Variables {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = ownValue(headers, name);
      return value ? [[name, value]] : [];
    }),
  );
}

/** A field that was left empty in a form is null or an empty text: the same as not given. */
function withoutBlanks(variables: Variables, names: string[]): Variables {
  const isBlank = (value: Json | undefined) => value === null || value === '' || value === undefined;
  return Object.fromEntries(
    Object.entries(variables).filter(([name, value]) => !names.includes(name) || !isBlank(value)),
  );
}

const inWords = ({ path, message }: z.core.$ZodIssue): string => `${path.join('.')}: ${message}`;
