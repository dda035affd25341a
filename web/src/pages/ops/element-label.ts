/** An element as it is chosen from a list: by name, with the id for elements of the same name. */
import type { Language } from '../../words/index.ts';

export function elementLabel({ id, name }: { id: string; name: string }, language: Language): string {
  if (name === id) return id;
  return language === 'zh' ? `${name}（${id}）` : `${name} (${id})`;
}
