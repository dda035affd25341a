/** The texts of a definition that a task sends to patients, as far as the diagram says so without being run. */
import { childrenOf, isA, type ModdleElement, text } from '../compile/element.ts';
import { extensionOf } from '../compile/extensions.ts';
import { headersIn } from '../compile/jobs.ts';
import type { JsonSchema } from '../model/job-signature.ts';
import type { MessageTemplate } from '../model/plan.ts';
import type { Scene } from './rule.ts';

export interface SentText {
  /** Of `messages.json`. */
  id: string;
  template: MessageTemplate;
  isMarketing: boolean;
}

export function textsToPatients(node: ModdleElement, { options }: Scene): SentText[] {
  const { jobSignatures, messageTemplates } = options;
  const job = isA(node, 'bpmn:FlowNode') ? extensionOf(node, 'zeebe:TaskDefinition') : undefined;
  const type = job && text(job, 'type');
  const signature =
    type !== undefined && jobSignatures && Object.hasOwn(jobSignatures, type) ? jobSignatures[type] : undefined;
  const inputs = signature?.input.properties ?? {};
  const [field, schema] = Object.entries(inputs).find(([, { reference }]) => reference === 'message-template') ?? [];
  if (field === undefined || !schema || !messageTemplates) return [];
  const given = constantsOf(node);
  const { to = constantOf('to', given, inputs), lane = constantOf('lane', given, inputs) } = schema.sends ?? {};
  if (!(to ?? '').split(',').some((one) => one.trim() === 'patient')) return [];
  const named = constantOf(field, given, inputs);
  const isOpen = given.get(field) === undefined && given.has(field);
  const ids = isOpen ? Object.keys(messageTemplates) : named !== undefined ? [named] : [];
  return ids.flatMap((id) => {
    const template = Object.hasOwn(messageTemplates, id) ? messageTemplates[id] : undefined;
    return template ? [{ id, template, isMarketing: lane === 'marketing' }] : [];
  });
}

const constantOf = (
  name: string,
  given: ReadonlyMap<string, string | undefined>,
  inputs: Readonly<Record<string, JsonSchema>>,
): string | undefined => {
  if (given.has(name)) return given.get(name);
  const byDefault = inputs[name]?.default;
  return typeof byDefault === 'string' ? byDefault : undefined;
};

/** What a task gives its job, by name; undefined: worked out while it runs. */
function constantsOf(node: ModdleElement): Map<string, string | undefined> {
  const mapping = extensionOf(node, 'zeebe:IoMapping');
  const inputs = (mapping ? childrenOf(mapping, 'inputParameters') : []).map((input) => {
    const source = text(input, 'source') ?? '';
    const quoted = /^="([^"\\]*)"$/.exec(source)?.[1];
    return [text(input, 'target') ?? '', source.startsWith('=') ? quoted : source] as const;
  });
  return new Map([...inputs, ...Object.entries(headersIn(extensionOf(node, 'zeebe:TaskHeaders')) ?? {})]);
}
