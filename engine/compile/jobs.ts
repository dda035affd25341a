/** Jobs of elements: `zeebe:taskDefinition` with its headers. */
import { ownValue } from '../model/own-property.ts';
import type { JobDefinition } from '../model/plan.ts';
import type { Compilation } from './context.ts';
import { childrenOf, type ModdleElement, text } from './element.ts';
import { valueExpression } from './expressions.ts';
import type { Extensions } from './extensions.ts';

export function headersOf(extensions: Extensions): Record<string, string> | undefined {
  return headersIn(extensions.get('zeebe:TaskHeaders'));
}

export function headersIn(headers: ModdleElement | undefined): Record<string, string> | undefined {
  const entries = (headers ? childrenOf(headers, 'values') : []).flatMap((header) => {
    const key = text(header, 'key');
    return key ? [[key, text(header, 'value') ?? ''] as const] : [];
  });
  return entries.length > 0 ? Object.fromEntries(entries) : undefined;
}

/** The registration of the job type is stored in the plan; an unknown type refuses the diagram. */
function pinWorker(element: ModdleElement, type: string, c: Compilation): void {
  const { jobTypes, workers = {} } = c.options;
  if (jobTypes?.includes(type)) return;
  const worker = ownValue(workers, type) ?? workers['*'];
  if (worker) c.plan.workers = { ...c.plan.workers, [type]: worker };
  else if (jobTypes) {
    const known = [...jobTypes, ...Object.keys(workers)].sort().join(', ');
    c.report.error(element, 'unknown-job-type', `No worker knows the job type "${type}".`, {
      hint: `Say which task queue does it (PUT /api/job-types/${encodeURIComponent(type)}), or use one of: ${known}.`,
    });
  }
}

/** @returns undefined after reporting that there is none */
export function jobOf(element: ModdleElement, extensions: Extensions, c: Compilation): JobDefinition | undefined {
  const definition = extensions.get('zeebe:TaskDefinition');
  const job = definition && jobFrom(definition, 'Job', element, c);
  if (!job) {
    c.report.error(element, 'no-job-type', 'It does not say which job does its work.', {
      hint: 'Give zeebe:taskDefinition a type.',
    });
    return undefined;
  }
  const headers = headersOf(extensions);
  return { ...job, ...(headers && { headers }) };
}

/**
 * Type and retries, in any of their notations.
 * @param what the purpose of the job, for error messages
 * @returns undefined without a type, to be reported by the caller
 */
export function jobFrom(
  definition: ModdleElement,
  what: string,
  element: ModdleElement,
  c: Compilation,
): JobDefinition | undefined {
  const type = valueExpression(text(definition, 'type'), element, `${what} type`, c.report);
  if (!type) return undefined;
  if ('literal' in type) pinWorker(element, type.literal, c);
  const retries = valueExpression(text(definition, 'retries'), element, `${what} retries`, c.report);
  if (retries && 'literal' in retries && !/^\d+$/.test(retries.literal))
    c.report.error(element, 'bad-retries', `"${retries.literal}" is no number of retries.`, {
      hint: 'Give a whole number.',
    });
  return { type, ...(retries && { retries }) };
}
