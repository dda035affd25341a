/** Texts of messages to people that a definition brings (`messages.json`): `{name}` stands for a value that the job is given. */
import { ownValue } from '../model/own-property.ts';
import type { Json, MessageTemplate, MessageText } from '../model/plan.ts';

const placeholder = /\{([\p{L}_][\p{L}\p{N}_]*)\}/gu;

/** Names its texts need, in any language. */
export function placeholdersOf({ zh, en }: MessageTemplate): string[] {
  const texts = [zh, en].flatMap((words) => (words ? [words.subject, words.body] : []));
  return [...new Set(texts.flatMap((text) => [...text.matchAll(placeholder)].map(([, name = '']) => name)))];
}

export function fillIn(
  { subject, body }: MessageText,
  values: Readonly<Record<string, Json>>,
): { text: MessageText; missing: string[] } {
  const missing = new Set<string>();
  const fill = (text: string): string =>
    text.replace(placeholder, (_, name: string) => {
      const value = ownValue(values, name);
      if (value === undefined || value === null) missing.add(name);
      return String(value);
    });
  return { text: { subject: fill(subject), body: fill(body) }, missing: [...missing] };
}
