/** The declarations of a definition that clients need to list and start its instances. */
import { keyPatternText } from '../../../engine/compile/key-pattern.ts';
import type { Plan } from '../../../engine/model/plan.ts';
import { formView } from '../forms/form-view.ts';

/** @param startFormSchema as deployed */
export function profileView({ key, profile, forms, englishNames, title }: Plan, startFormSchema?: unknown) {
  const { businessKeyPattern, columns = [], startForm } = profile ?? {};
  const form = startForm === undefined ? undefined : forms[startForm];
  const englishName = englishNames?.[key];
  return {
    ...(englishName !== undefined && { englishName }),
    ...(englishNames && { englishNames }),
    ...(title && { title: 'feel' in title ? `=${title.feel}` : title.literal }),
    candidateStarterGroups: profile?.candidateStarterGroups ?? [],
    leaderGroups: profile?.leaderGroups ?? [],
    ...(businessKeyPattern && { businessKeyPattern: keyPatternText(businessKeyPattern) }),
    stages: profile?.stages ?? [],
    columns: columns.map(({ value, ...column }) => ({
      ...column,
      value: 'feel' in value ? `=${value.feel}` : value.literal,
    })),
    rules: profile?.rules ?? [],
    startForm: form ? formView(form, startFormSchema) : null,
  };
}
