/** Checks each task, event and listener against its job type: inputs, headers, constants, outputs, BPMN errors. */

import { type JobUse, jobsOf } from '../analysis/jobs.ts';
import { checkExpression } from '../feel/check.ts';
import { constantOf } from '../feel/constant-expressions.ts';
import { nearest } from '../feel/nearest-name.ts';
import { placeholdersOf } from '../messages/message-templates.ts';
import type { JobSignature, JsonSchema } from '../model/job-signature.ts';
import { ownValue } from '../model/own-property.ts';
import type { Expression, JobWorker, Json, Mapping, Plan, Problem } from '../model/plan.ts';
import { expectedInstead } from './json-schema.ts';
import { givenVariables } from './written-variables.ts';

export interface JobUseOptions {
  /** By type, of built-in ones. */
  jobSignatures?: Readonly<Record<string, JobSignature>>;
  /** Registered ones: of these only what they answer can be known. */
  workers?: Readonly<Record<string, JobWorker>>;
  /** Ids of the roles that exist; absent: not checked. */
  roles?: readonly string[];
}

type Fault = Pick<Problem, 'severity' | 'code' | 'message' | 'hint'>;

interface Use extends JobUse {
  type: string;
  signature: JobSignature;
  inputs: Mapping[];
  outputs: Mapping[];
  headers: Record<string, string>;
  /** What it is given as a constant, by name of the input. */
  constants: Map<string, Json>;
}

export function jobUseProblems(plan: Plan, options: JobUseOptions): Problem[] {
  return jobsOf(plan).flatMap((one) => {
    const { element, job } = one;
    if (!('literal' in job.type)) return [];
    return faultsOf(one, job.type.literal, plan, options).map((fault) => ({
      ...fault,
      element: element.id,
      ...(element.name !== undefined && { elementName: element.name }),
    }));
  });
}

function faultsOf(one: JobUse, type: string, plan: Plan, { jobSignatures, workers, roles }: JobUseOptions): Fault[] {
  const signature = ownValue(jobSignatures, type);
  if (!signature) {
    const outputs = ownValue(workers, type)?.outputs;
    return outputs ? unknownOutputs(useOf(one, type, answering(outputs)), plan) : [];
  }
  const use = useOf(one, type, signature);
  return [
    ...missingInputs(use),
    ...unknownHeaders(use),
    ...unknownInputs(use),
    ...constantFaults(use, plan, roles),
    ...unknownOutputs(use, plan),
    ...errorsNeverThrown(use, plan),
  ];
}

const answering = (outputs: readonly string[]): JobSignature => ({
  input: { type: 'object', additionalProperties: true },
  output: { type: 'object', properties: Object.fromEntries(outputs.map((name) => [name, {}])) },
  headers: [],
  errors: {},
});

function useOf(one: JobUse, type: string, signature: JobSignature): Use {
  const { element, job, listener } = one;
  const inputs = !listener && 'inputs' in element ? (element.inputs ?? []) : [];
  const outputs = !listener && 'outputs' in element ? (element.outputs ?? []) : [];
  const ofElement = listener && 'job' in element ? element.job?.headers : undefined;
  const headers = { ...ofElement, ...job.headers };
  const constants = new Map<string, Json>();
  for (const { source, target } of inputs) {
    const value = constantIn(source);
    if (value !== undefined && value !== null && value !== '') constants.set(target, value);
  }
  for (const name of signature.headers) {
    const value = ownValue(headers, name);
    if (value) constants.set(name, value);
  }
  return { ...one, type, signature, inputs, outputs, headers, constants };
}

function constantIn(source: Expression): Json | undefined {
  if ('literal' in source) return source.literal;
  const found = constantOf(source.feel);
  return found?.ok ? found.value : undefined;
}

const head = (path: string): string => path.split('.')[0] ?? path;

const inputsOf = ({ signature }: Use): Record<string, JsonSchema> => signature.input.properties ?? {};

/** Names from its mappings and data; undefined without mappings, when it sees every variable. */
function namesGiven({ element, inputs, listener }: Use): Set<string> | undefined {
  if (listener || inputs.length === 0) return undefined;
  const loop = 'loop' in element && element.loop?.type === 'multi' ? [element.loop.inputElement ?? []].flat() : [];
  const data = 'dataInputs' in element ? (element.dataInputs ?? []).map(({ target }) => target) : [];
  return new Set([...inputs.map(({ target }) => head(target)), ...loop, ...data, 'loopCounter']);
}

function missingInputs(use: Use): Fault[] {
  const { type, signature, headers } = use;
  const given = namesGiven(use);
  if (!given) return [];
  const missing = (signature.input.required ?? []).filter(
    (name) => !given.has(name) && !(signature.headers.includes(name) && headers[name]),
  );
  return missing.map((name) => {
    const how = signature.headers.includes(name) ? 'an input mapping or a task header' : 'an input mapping';
    const written = nearest(name, given);
    return {
      severity: 'error',
      code: 'job-input-missing',
      message: `The job "${type}" needs "${name}" (${describe(inputsOf(use)[name])}).`,
      hint: written === undefined ? `Add ${how} for ${name}.` : `Write "${name}" instead of "${written}".`,
    };
  });
}

const describe = (schema: JsonSchema | undefined): string => schema?.description?.replace(/\.$/, '') ?? 'required';

/** The one that was probably meant, as a hint. */
function meant(name: string, among: Iterable<string>): string | undefined {
  const found = nearest(name, among);
  return found === undefined ? undefined : `Write "${found}".`;
}

/** Headers of an element also go to its listeners, where unknown ones are not a mistake. */
function unknownHeaders({ element, job, type, signature, listener }: Use): Fault[] {
  if (!listener && element.listeners) return [];
  return Object.keys(job.headers ?? {})
    .filter((name) => !signature.headers.includes(name))
    .map((name) => {
      const known = signature.headers.length > 0 ? `It reads ${signature.headers.join(', ')}.` : 'It reads no headers.';
      return {
        severity: 'error',
        code: 'unknown-job-header',
        message: `The job "${type}" reads no header "${name}".`,
        hint: meant(name, signature.headers) ?? `${known} Give other values as input mappings, or leave it out.`,
      };
    });
}

const isOpen = ({ additionalProperties }: JsonSchema): boolean =>
  additionalProperties !== undefined && additionalProperties !== false;

function unknownInputs(use: Use): Fault[] {
  const { type, signature, inputs } = use;
  if (isOpen(signature.input)) return [];
  const known = Object.keys(inputsOf(use));
  return [...new Set(inputs.map(({ target }) => head(target)))]
    .filter((name) => !known.includes(name))
    .map((name) => ({
      severity: 'warning',
      code: 'unknown-job-input',
      message: `The job "${type}" takes no input "${name}".`,
      hint: `It takes ${known.join(', ')}.`,
    }));
}

function constantFaults(use: Use, plan: Plan, roles: readonly string[] | undefined): Fault[] {
  return [...use.constants].flatMap(([name, value]): Fault[] => {
    const schema = ownValue(inputsOf(use), name);
    if (!schema) return [];
    const expected = expectedInstead(schema, value);
    if (expected !== undefined)
      return [
        {
          severity: 'error',
          code: 'job-input-type',
          message: `The job "${use.type}" takes as "${name}" ${expected}, but gets ${JSON.stringify(value)}.`,
          hint:
            typeof value === 'string' && !expected.includes('text') ? 'Write FEEL, beginning with "=".' : 'Correct it.',
        },
      ];
    if (schema.reference === 'message-template' && typeof value === 'string') return textFaults(use, plan, value);
    return roles ? roleFaults(use, name, schema, value, roles) : [];
  });
}

/** Receivers of messages besides roles. */
const otherReceivers = ['patient'];

function roleFaults(
  { type }: Use,
  name: string,
  { reference }: JsonSchema,
  value: Json,
  roles: readonly string[],
): Fault[] {
  if (reference !== 'role' && reference !== 'receiver') return [];
  const known = reference === 'role' ? roles : [...roles, ...otherReceivers];
  const named = (Array.isArray(value) ? value : [value]).flatMap((one) =>
    typeof one === 'string' ? one.split(',').flatMap((part) => part.trim() || []) : [],
  );
  return named
    .filter((role) => !known.includes(role))
    .map((role) => ({
      severity: 'error',
      code: 'unknown-role',
      message: `The job "${type}" gets "${role}" as "${name}", which is no role.`,
      hint: meant(role, known) ?? `Write the id of a role: ${[...known].sort().join(', ')}.`,
    }));
}

function textFaults(use: Use, plan: Plan, id: string): Fault[] {
  const templates = plan.messageTemplates ?? {};
  const template = ownValue(templates, id);
  if (!template) {
    const known = Object.keys(templates).sort();
    const others = known.length > 0 ? `, or use one of: ${known.join(', ')}` : '';
    return [
      {
        severity: 'error',
        code: 'unknown-message-template',
        message: `There is no message text "${id}".`,
        hint: meant(id, known) ?? `Add it to messages.json beside the diagram${others}.`,
      },
    ];
  }
  const given = namesGiven(use);
  if (!given) return [];
  return placeholdersOf(template)
    .filter((name) => name !== 'businessKey' && !given.has(name) && !use.constants.has(name))
    .map((name) => ({
      severity: 'error',
      code: 'message-text-value-missing',
      message: `The message text "${id}" names {${name}}, which the task does not give.`,
      hint: `Add an input mapping to ${name}, or leave it out of the text.`,
    }));
}

function unknownOutputs(use: Use, plan: Plan): Fault[] {
  const { type, signature, outputs } = use;
  if (isOpen(signature.output)) return [];
  const answered = Object.keys(signature.output.properties ?? {});
  const given = namesGiven(use) ?? new Set<string>();
  const read = outputs.flatMap(({ source }) => ('feel' in source ? checkExpression(source.feel).freeVariables : []));
  const doubtful = [...new Set(read)].filter((name) => !answered.includes(name) && !given.has(name));
  if (doubtful.length === 0) return [];
  const elsewhere = namesIn(plan, outputs);
  return doubtful
    .filter((name) => !elsewhere.has(name))
    .map((name) => ({
      severity: 'warning',
      code: 'unknown-job-output',
      message: `An output mapping reads "${name}", which the job "${type}" does not answer and nothing else here names.`,
      hint: meant(name, answered) ?? `It answers ${answered.join(', ') || 'nothing'}.`,
    }));
}

/** Properties of a plan whose value is the name of a variable, or a path that begins with one. */
const naming = new Set([
  'target',
  'resultVariable',
  'inputElement',
  'outputCollection',
  'into',
  'codeVariable',
  'messageVariable',
  'key',
]);

/** Variables that anything in the plan reads or writes, but for these mappings. */
function namesIn(plan: Plan, except: Mapping[]): Set<string> {
  const names = new Set(givenVariables);
  const look = (value: unknown): void => {
    if (value === except) return;
    if (Array.isArray(value)) for (const one of value) look(one);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    for (const [property, one] of Object.entries(value)) {
      if (typeof one !== 'string') look(one);
      else if (property === 'feel') for (const name of checkExpression(one).freeVariables) names.add(name);
      else if (naming.has(property)) names.add(head(one));
    }
  };
  look([plan.elements, plan.flows, plan.forms, plan.profile ?? {}]);
  for (const element of Object.values(plan.elements))
    if ('data' in element) for (const { name } of element.data ?? []) names.add(name);
  return names;
}

/** Error events at its border for codes that the job never throws. Listeners may throw others: then nothing is said. */
function errorsNeverThrown({ element, type, signature, listener }: Use, plan: Plan): Fault[] {
  if (listener || !('boundary' in element) || element.listeners) return [];
  const thrown = Object.keys(signature.errors);
  const caught = (element.boundary ?? []).flatMap((id) => {
    const event = plan.elements[id];
    if (event?.kind !== 'boundaryEvent') return [];
    return event.events.flatMap((one) =>
      one.type === 'error' && one.code && 'literal' in one.code ? [one.code.literal] : [],
    );
  });
  return caught
    .filter((code) => !thrown.includes(code))
    .map((code) => ({
      severity: 'warning',
      code: 'error-never-thrown',
      message: `An error event waits for "${code}", which the job "${type}" never throws.`,
      hint: thrown.length > 0 ? `It throws ${thrown.join(', ')}.` : 'It throws no BPMN errors.',
    }));
}
