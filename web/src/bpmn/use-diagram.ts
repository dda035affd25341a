/** The diagram of a version, with the names of its elements in the language of the person. */
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { diagramQuery, profileQuery } from '../api/queries.ts';
import { useWords } from '../words/index.ts';
import { withNames } from './translate.ts';

export function useDiagram(process: string, version: number): { data: string | undefined; error: Error | null } {
  const { language } = useWords();
  const diagram = useQuery(diagramQuery(process, version));
  const profile = useQuery({ ...profileQuery(process), enabled: language === 'en' });
  const names = language === 'en' ? profile.data?.englishNames : undefined;
  const named = language !== 'en' || !profile.isPending;
  const data = useMemo(
    () => (diagram.data === undefined || !named ? undefined : names ? withNames(diagram.data, names) : diagram.data),
    [diagram.data, names, named],
  );
  return { data, error: diagram.error };
}
