/** The words of the console in the language of the person. Keys and the values a text needs are checked by the compiler. */
import { createContext, useContext } from 'react';
import type { zh } from './zh/index.ts';

type Texts = Record<string, string>;
export type CatalogueOf<Source extends Texts> = { [K in keyof Source]: string };
export type WordKey = keyof typeof zh;
export type Catalogue = CatalogueOf<typeof zh>;
export type Language = 'zh' | 'en';

/** `{n}` and `{name}` in a text are what it must be given; `{n:day|days}` is a word in the singular or the plural by the number given as n. */
type Parameters<T extends string> = T extends `${string}{${infer Name}}${infer Rest}` ? Name | Parameters<Rest> : never;
type Arguments<Source extends Texts, K extends keyof Source> = [Parameters<Source[K]>] extends [never]
  ? []
  : [Record<Parameters<Source[K]>, string | number>];
export type TranslateOf<Source extends Texts> = <K extends keyof Source>(
  key: K,
  ...args: Arguments<Source, K>
) => string;
export type Translate = TranslateOf<typeof zh>;

const hole = /\{(\w+)(?::([^{}|]*)\|([^{}|]*))?\}/g;

export function translator<Source extends Texts>(catalogue: CatalogueOf<Source>): TranslateOf<Source> {
  return (key, ...args) => {
    const given = args[0] as Record<string, string | number> | undefined;
    return catalogue[key].replaceAll(hole, (whole, name: string, singular?: string, plural?: string) => {
      const value = given?.[name];
      if (value === undefined) return whole;
      return (Number(value) === 1 ? singular : plural) ?? String(value);
    });
  };
}

export interface WordsInUse<Source extends Texts = typeof zh> {
  t: TranslateOf<Source>;
  /** To be joined with words of a document's own. */
  catalogue: Catalogue;
  language: Language;
  /** Of a text that the server gives in both languages. */
  pick(words: { zh: string; en: string }): string;
  /** Of a name that may lack its English form. */
  named(one: { name: string; englishName?: string | undefined }): string;
  /** Things one after the other, with what the language puts between them. */
  listed(things: readonly (string | number)[]): string;
  setLanguage(language: Language): void;
}

export const WordsContext = createContext<WordsInUse | undefined>(undefined);

export function useWords(): WordsInUse {
  const words = useContext(WordsContext);
  if (!words) throw new Error('useWords outside of WordsContext');
  return words;
}
