/** The words of the console and those of the studio, as the studio's pages use them. */
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { type TranslateOf, translator, useWords, type WordsInUse } from '../words/index.ts';
import { type StudioSource, studioCatalogues } from '../words/studio-catalogue.ts';
import type { zh } from '../words/zh/index.ts';

type Source = typeof zh & StudioSource;
export type StudioTranslate = TranslateOf<Source>;
export type StudioWordKey = keyof Source;

const StudioWordsContext = createContext<WordsInUse<Source> | undefined>(undefined);

export function StudioWords({ children }: { children: ReactNode }) {
  const words = useWords();
  const all = useMemo(
    () => ({ ...words, t: translator<Source>({ ...words.catalogue, ...studioCatalogues[words.language] }) }),
    [words],
  );
  return <StudioWordsContext value={all}>{children}</StudioWordsContext>;
}

export function useStudioWords(): WordsInUse<Source> {
  const words = useContext(StudioWordsContext);
  if (!words) throw new Error('useStudioWords outside of StudioWords');
  return words;
}
