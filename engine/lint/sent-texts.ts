/** The texts of a definition that a task sends to patients, as far as constants of the diagram tell. */
import { childrenOf, isA, type ModdleElement, text } from '../compile/element.ts';
import { extensionOf } from '../compile/extensions.ts';
import { headersIn } from '../compile/jobs.ts';
import { constantOf } from '../feel/constant-expressions.ts';
import type { JsonSchema } from '../model/job-signature.ts';
import { ownValue } from '../model/own-property.ts';
import type { Json, MessageTemplate } from '../model/plan.ts';
import type { Scene } from './rule.ts';

export interface SentText {
  /** Of `messages.json`. */
  id: string;
  template: MessageTemplate;
  /** `unknown`: worked out while it runs. */
  isMarketing: boolean | 'unknown';
}

type Inputs = Readonly<Record<string, JsonSchema>>;
/** What a task gives its job, by name; undefined: worked out while it runs. */
type Given = ReadonlyMap<string, Json | undefined>;

export function textsToPatients(node: ModdleElement, { options }: Scene): SentText[] {
  const { jobSignatures, messageTemplates } = options;
  const job = isA(node, 'bpmn:FlowNode') ? extensionOf(node, 'zeebe:TaskDefinition') : undefined;
  const signature = ownValue(jobSignatures, (job && text(job, 'type')) ?? '');
  const inputs = signature?.input.properties ?? {};
  const [field, schema] = Object.entries(inputs).find(([, { reference }]) => reference === 'message-template') ?? [];
  if (field === undefined || !schema || !messageTemplates) return [];
  const given = givenBy(node);
  const { to = constantInput('to', given, inputs), lane = constantInput('lane', given, inputs) } = schema.sends ?? {};
  if (!namesPatient(to)) return [];
  const id = constantInput(field, given, inputs);
  const ids = typeof id === 'string' ? [id] : id === undefined && given.has(field) ? Object.keys(messageTemplates) : [];
  const isMarketing = lane === undefined ? 'unknown' : lane === 'marketing';
  return ids.flatMap((one) => {
    const template = ownValue(messageTemplates, one);
    return template ? [{ id: one, template, isMarketing }] : [];
  });
}

/** A list, or one text with commas. */
const namesPatient = (to: Json | undefined): boolean =>
  (Array.isArray(to) ? to : [to]).some(
    (one) => typeof one === 'string' && one.split(',').some((part) => part.trim() === 'patient'),
  );

function constantInput(name: string, given: Given, inputs: Inputs): Json | undefined {
  return given.has(name) ? given.get(name) : (ownValue(inputs, name)?.default as Json | undefined);
}

function givenBy(node: ModdleElement): Given {
  const mapping = extensionOf(node, 'zeebe:IoMapping');
  const inputs = (mapping ? childrenOf(mapping, 'inputParameters') : []).map(
    (input) => [text(input, 'target') ?? '', constantIn(text(input, 'source') ?? '')] as const,
  );
  return new Map([...inputs, ...Object.entries(headersIn(extensionOf(node, 'zeebe:TaskHeaders')) ?? {})]);
}

function constantIn(source: string): Json | undefined {
  if (!source.startsWith('=')) return source;
  const found = constantOf(source.slice(1));
  return found?.ok ? found.value : undefined;
}
