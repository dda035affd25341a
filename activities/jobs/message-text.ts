/** The texts of messages to people, as the definition of an instance brings them (`messages.json`), filled in. */

import { fillIn, placeholdersOf } from '../../engine/messages/message-templates.ts';
import { valueFault } from '../../engine/messages/template-variables.ts';
import { ownValue } from '../../engine/model/own-property.ts';
import type { MessageText, Plan, Variables } from '../../engine/model/plan.ts';
import { findPinnedPlan } from '../../store/definitions/plans.ts';
import { badInput, type JobContext } from './job.ts';

/**
 * @param values what its placeholders may name, besides `businessKey`
 * @throws `BadInput` when there is no such text, or what it names in the language of the letter was not given or does not fit
 */
export async function messageText(
  { definition, businessKey }: JobContext,
  ask: { template: string; language: 'zh' | 'en'; values: Variables },
): Promise<MessageText> {
  const { key, version, hash } = definition;
  const { template, language, values } = ask;
  const found = await findPinnedPlan<Plan>(key, version, hash);
  const templates = found?.messageTemplates ?? {};
  const words = ownValue(templates, template);
  if (!words) throw badInput(`${key} version ${version} has no message text "${template}".`);
  const all: Variables = { businessKey, ...values };
  const chosen = words[language] ?? words.zh;
  const { text, missing } = fillIn(chosen, all);
  if (missing.length > 0) throw badInput(`The message text "${template}" needs ${missing.join(', ')}.`);
  const faults = placeholdersOf({ zh: chosen }).flatMap((name) => valueFault(words, name, all[name] ?? null) ?? []);
  if (faults.length > 0) throw badInput(`The message text "${template}": ${faults.join(', ')}.`);
  return text;
}

/** What a text may name, and what the gateway is given beside it: ids, numbers and dates. */
export function figuresOf(input: Record<string, unknown>): Variables {
  return Object.fromEntries(
    Object.entries(input).flatMap(([name, value]) =>
      typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[name, value]] : [],
    ),
  );
}
