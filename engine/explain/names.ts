/** Names in sentences: of roles as the plan knows them, of colleagues and processes as the asker does. */
import type { LocalizedText, Plan } from '../model/plan.ts';
import type { KnownNames } from '../model/types.ts';

export interface Names {
  role(id: string): LocalizedText;
  person(id: string): LocalizedText;
  process(key: string): LocalizedText;
  element(id: string): LocalizedText;
}

/** Unknown ids are displayed as they are. */
export function namesFor({ roleNames, elements, englishNames }: Plan, { people, processes }: KnownNames = {}): Names {
  const same = (text: string): LocalizedText => ({ zh: text, en: text });
  return {
    role: (id) => roleNames?.[id] ?? same(id),
    person: (id) => same(people?.[id] ?? id),
    process: (key) => processes?.[key] ?? same(key),
    element(id) {
      const zh = elements[id]?.name ?? id;
      return { zh, en: englishNames?.[id] ?? zh };
    },
  };
}
