/** docs/job-types.md: what each built-in job type takes, answers and throws, from its schemas. */
import { usualRetry } from '../activities/jobs/job.ts';
import type { BuiltInJob, JsonSchema } from '../engine/model/job-signature.ts';

export function jobTypesPage(jobs: Readonly<Record<string, BuiltInJob>>): string {
  const sections = Object.entries(jobs).map(([type, job]) => sectionOf(type, job));
  return `# Built-in job types

What a service, send, script or rule task, a throwing event or a listener may name in \`zeebe:taskDefinition type\` without a worker of
your own; other types are in [job-workers.md](job-workers.md). Inputs come from the input mappings, or, where there are none, from the
variables of that name. An input marked *header* may be a task header (\`zeebe:taskHeaders\`) instead, and the header counts. A blank
input counts as absent. What a job answers is for the output mappings. A failed attempt is repeated after half a second, then after
twice as long each time, up to 30 seconds; how often says the diagram (\`retries\`, 3 attempts in all where it says nothing).

A deployment checks diagrams against this table: refused are a required input that is missing, a header that does not exist, a constant
of the wrong type, an unknown role and an unknown message text; warned of are an input the job does not take, a variable of an output
mapping that it never answers, and an error event for a code that it never throws. \`GET /api/job-types\` answers the same as JSON Schema,
with the definitions that use each type.

${sections.join('\n\n')}

## Message texts
The texts of messages to people lie beside the diagram, in \`messages.json\`, and are deployed and pinned with it:

\`\`\`json
{
  "leave-granted": {
    "zh": { "subject": "请假已批准", "body": "您的请假（{days} 天）已批准。" },
    "en": { "subject": "Leave granted", "body": "Your leave ({days} days) is granted." }
  }
}
\`\`\`

\`{days}\` stands for an input of the task (a text, number or truth value); \`{businessKey}\` is always there. Chinese is required, English
is taken where the task asks for it (\`language\`) and the text has it. Over the API they are the member \`messages\` of the deployment.

## Adding a job type
1. A file \`activities/jobs/<job-type>.ts\` that calls \`defineJob\`: type, description, \`local\` or \`activity\` with its time-out, input and
   output as zod schemas, headers, BPMN errors, the work.
2. Its name in the list of \`activities/jobs/index.ts\`.
3. \`npm run job-types\`, which derives this page and \`activities/jobs/catalogue.ts\` (the registry that workflows, deployments and the API read).

Written by \`npm run job-types\`; a test keeps it up to date.
`;
}

function sectionOf(type: string, job: BuiltInJob): string {
  const { execution, retry, headers, errors } = job;
  const description = job.description.en;
  const how =
    execution.kind === 'local'
      ? 'A local activity: an attempt takes a few seconds at most.'
      : `An activity: an attempt takes \`${execution.startToCloseTimeout}\` at most.`;
  const { initialInterval, maximumInterval } = retry;
  const pauses =
    initialInterval === usualRetry.initialInterval && maximumInterval === usualRetry.maximumInterval
      ? ''
      : ` Repeated after \`${initialInterval}\`, up to \`${maximumInterval}\`.`;
  const inputs = rowsOf(job.input).map(
    ({ name, kind, required, words }) =>
      `| \`${name}\`${headers.includes(name) ? ' *header*' : ''} | ${kind} | ${required ? 'yes' : ''} | ${words} |`,
  );
  const outputs = rowsOf(job.output).map(({ name, kind, words }) => `| \`${name}\` | ${kind} | ${words} |`);
  const thrown = Object.entries(errors).map(([code, when]) => `| \`${code}\` | ${when} |`);
  return [
    `## \`${type}\``,
    `${description} ${how}${pauses}`,
    ['| input | type | required | |', '|---|---|---|---|', ...inputs].join('\n'),
    ...(isOpen(job.input) ? ['It takes any other variable, too.'] : []),
    ['| answer | type | |', '|---|---|---|', ...outputs].join('\n'),
    ...(thrown.length > 0 ? [['| BPMN error | when |', '|---|---|', ...thrown].join('\n')] : []),
  ].join('\n\n');
}

const isOpen = ({ additionalProperties }: JsonSchema): boolean =>
  additionalProperties !== undefined && additionalProperties !== false;

function rowsOf({ properties = {}, required = [] }: JsonSchema) {
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    kind: kindOf(schema),
    required: required.includes(name),
    words: [
      schema.description ?? '',
      ...(schema.default === undefined || isEmpty(schema.default) ? [] : [`Default \`${schema.default}\`.`]),
    ]
      .join(' ')
      .trim(),
  }));
}

const isEmpty = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

function kindOf(schema: JsonSchema): string {
  if (schema.reference === 'message-template') return 'id of a message text';
  if (schema.enum) return schema.enum.map((value) => `\`${JSON.stringify(value)}\``).join(' or ');
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.anyOf) return schema.anyOf.map(kindOf).join(' or ');
  if (schema.type === 'array') return `list of ${schema.items ? `${kindOf(schema.items)}s` : 'anything'}`;
  if (schema.type === 'integer') return schema.exclusiveMinimum === 0 ? 'whole number above 0' : 'whole number';
  return schema.type === 'string' ? 'text' : (schema.type ?? 'anything');
}
