/** The words of the modeler and its panel: bpmn-js's Chinese, ours before it, English as it is. */
import theirs from 'bpmn-js-i18n/translations/zn.js';
import type { Language } from '../../words/index.ts';
import { chineseTerms } from './chinese-terms.ts';

export function translateIn(language: Language): BpmnModule {
  const known = (term: string): string => (language === 'zh' ? (chineseTerms[term] ?? theirs[term] ?? term) : term);
  const translate = (term: string, given: Record<string, string> = {}): string =>
    known(term).replace(/\{([^}]+)\}/g, (whole, name: string) => given[name] ?? whole);
  return { translate: ['value', translate] };
}
