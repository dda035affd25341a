/** What a definition declares of itself, as clients read it: enough to list its instances and to start one. */
import { keyPatternText } from '../../../engine/compile/key-pattern.ts';
import type { Plan } from '../../../engine/model/plan.ts';
import { formView } from '../forms/form-view.ts';

/** @param startFormSchema as it was deployed */
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
