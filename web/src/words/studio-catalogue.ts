/** Words that only the studio needs, in both languages; the pages of the console are loaded without them. */
import { studio as englishStudio } from './en/studio.ts';
import { texts as englishTexts } from './en/texts.ts';
import type { CatalogueOf, Language } from './index.ts';
import { studio } from './zh/studio.ts';
import { texts } from './zh/texts.ts';

const chinese = { ...studio, ...texts } as const;

export type StudioSource = typeof chinese;
export const studioCatalogues: Record<Language, CatalogueOf<StudioSource>> = {
  zh: chinese,
  en: { ...englishStudio, ...englishTexts },
};
