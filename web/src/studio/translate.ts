/** The words of the editors of bpmn.io in the language of the person: the terms given, English as it is. */
import type { Language } from '../words/index.ts';

export function translateIn(language: Language, chinese: Readonly<Record<string, string>>): BpmnModule {
  const known = (term: string): string => (language === 'zh' ? (chinese[term] ?? term) : term);
  const translate = (term: string, given: Record<string, string> = {}): string =>
    known(term).replace(/\{\s*([^}\s]+)\s*\}/g, (whole, name: string) => given[name] ?? whole);
  return { translate: ['value', translate] };
}
