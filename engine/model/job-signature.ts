/** What a diagram must know of a job type to use it: what goes in, what comes out, which errors it throws. As JSON Schema, so plain data. */
import type { Json, LocalizedText } from './plan.ts';

/** The part of JSON Schema (draft 2020-12) that job types use. */
export interface JsonSchema {
  type?: 'string' | 'number' | 'integer' | 'boolean' | 'array' | 'object' | 'null';
  description?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  additionalProperties?: boolean | JsonSchema;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  enum?: Json[];
  const?: Json;
  default?: Json;
  minimum?: number;
  exclusiveMinimum?: number;
  maximum?: number;
  minLength?: number;
  /** Of a text, or of a list written as one with commas: what its value names (`receiver`: a role, or `patient`). Ours. */
  reference?: 'role' | 'receiver' | 'message-template';
  /** Our extension, of a message template: receiver and lane, if the job has no inputs for them. */
  sends?: { to: string; lane: string };
}

export interface JobSignature {
  /** An object; closed unless it allows additional properties. */
  input: JsonSchema;
  output: JsonSchema;
  /** Inputs that the diagram may give as a task header, too; a header counts more than an input. */
  headers: string[];
  /** BPMN errors it throws, by code, with when it does so. */
  errors: Record<string, string>;
}

/** How an attempt is carried out. Durations are ISO 8601. */
export type JobExecution =
  /** A local activity: takes milliseconds and may be repeated; a few seconds at most. */
  | { kind: 'local' }
  /** An activity of its own in the history. */
  | { kind: 'activity'; startToCloseTimeout: string };

/** A job type that Careloop's own worker does. */
export interface BuiltInJob extends JobSignature {
  /** One sentence for process designers. */
  description: LocalizedText;
  /** Name of its activity. */
  activity: string;
  /** Reserves, pays or releases. */
  movesMoney?: true;
  execution: JobExecution;
  /** Pauses between attempts, doubled each time; how many there are says the diagram. ISO 8601. */
  retry: { initialInterval: string; maximumInterval: string };
}
